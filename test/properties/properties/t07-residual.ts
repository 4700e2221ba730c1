import type { Predicate } from "../../../src/ir/predicate.js";
import { namesOfTypes } from "../../../src/ir/print-types.js";
import { prepare } from "../../../src/logic/prepare.js";
import { residualOf } from "../../../src/logic/residual.js";
import { covers } from "../../../src/logic/tools.js";
import { judge } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofProposals } from "../support/property.js";

export const t07Residual = ofProposals(
  {
    id: "T7.residual",
    says: "monotone knowledge: what is left of a condition once all that is known is put in says the same then, and as more is known",
    share: 0.3,
  },
  ({ engine, story }, proposal) => {
    const { earlier, ...last } = judge(engine, story, proposal);
    const { policy } = engine;
    const tool = policy.tools.find(({ name }) => name === last.evaluation.decision.action?.tool);
    const after = tool && engine.examine(proposal, last.knowledge)?.frame;
    if (tool === undefined || after === undefined) return;
    const params = new Map(tool.params.map(({ name }, slot) => [name, slot]));
    const names = namesOfTypes(policy, [tool.name]);
    for (const { knowledge } of [...earlier, last]) {
      const before = engine.examine(proposal, knowledge)?.frame;
      if (before === undefined) continue;
      for (const rule of conditionsOf(policy.layers, tool.name)) {
        const residual = residualOf(rule, { params, annotated: tool.annotated, frame: before, names });
        compared();
        const [one, other] = [rule, residual].map((each) => prepare(each, params, tool.annotated));
        for (const frame of [before, after])
          mustBeSame(
            `${JSON.stringify(rule)}: ${JSON.stringify(residual)}`,
            other?.value(frame),
            one?.value(frame),
          );
      }
    }
  },
);

type Layers = Parameters<typeof judge>[0]["policy"]["layers"];

const conditionsOf = (layers: Layers, tool: string): Predicate[] =>
  layers.flatMap(({ scope, grounding, reversibility, discernment }) => [
    ...[
      ...(scope?.permits ?? []),
      ...(scope?.forbids ?? []),
      ...(reversibility?.treats ?? []),
      ...(discernment?.grays ?? []),
    ].flatMap(({ tools, when }) => (covers(tools, tool) ? [when] : [])),
    ...(grounding?.grounds ?? []).flatMap(({ tools, condition }) => (covers(tools, tool) ? [condition] : [])),
  ]);
