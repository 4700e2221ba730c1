import type { Assessments, Decision } from "../ir/decision.js";
import { digest } from "../ir/digest.js";
import type { Knowledge } from "../ir/knowledge.js";
import { showFields } from "../ir/type.js";
import { placeOf } from "../validators/case.js";
import { decide, type Findings, stoppedBy } from "./decide.js";
import { type Evaluation, evaluationJson } from "./evaluation.js";
import type { Misfit } from "./fit.js";
import type { Plain } from "./plain.js";
import { type PreparedPolicy, salted } from "./proposal-case.js";

/** What does not fit is outside; the others have nothing to judge and are left open. */
const findings: Findings = {
  scope: "outside",
  grounding: "unverified",
  reversibility: "indeterminate",
  discernment: "clear",
};

const clearance = decide(findings.scope, findings.grounding, findings.reversibility, findings.discernment);

/** Of what is no proposal, or fits no tool. */
export class MisfitEvaluation implements Evaluation {
  readonly clearance = clearance;
  readonly findings = findings;
  readonly asks = [];
  readonly values = null;
  readonly trust = 0;
  readonly #prepared: PreparedPolicy;
  readonly #misfit: Misfit;
  readonly #knowledge: Knowledge;
  #decision: Decision | undefined;

  constructor(prepared: PreparedPolicy, misfit: Misfit, knowledge: Knowledge) {
    this.#prepared = prepared;
    this.#misfit = misfit;
    this.#knowledge = knowledge;
  }

  /** Nobody knows what class it would have had: where it is recorded as made, it counts as the gravest. */
  get classes(): readonly (string | null)[] {
    const { layers, classes } = this.#prepared.policy;
    return layers.map((layer) => (layer.reversibility && classes.at(-1)?.name) ?? null);
  }

  get decision(): Decision {
    this.#decision ??= this.#tell();
    return this.#decision;
  }

  #tell(): Decision {
    const { policy, digest: own } = this.#prepared;
    const problems = [...this.#misfit.problems];
    return {
      decision: this.clearance,
      proposal: digestOfAnything(this.#misfit.sent, this.#knowledge),
      action: null,
      policy: { name: policy.name, digest: own },
      assessments: assessmentsOf(problems),
      stoppedBy: stoppedBy(findings, this.clearance),
      remedies: problems.map((problem) => ({
        kind: "narrow-action",
        validator: "scope",
        ...this.#toolPlace(),
        satisfy: `${problem}; propose a declared tool with arguments of its types`,
      })),
      report: null,
    };
  }

  /** Where the signature stands that the arguments do not fit. */
  #toolPlace(): { rule?: string; at?: string; text?: string } {
    const { policy } = this.#prepared;
    const tool = policy.tools.find((one) => one.name === this.#misfit.tool);
    if (tool === undefined) return {};
    const rule = `tool:${tool.name}`;
    const text = `tool ${tool.name}(${showFields(tool.params)})`;
    return { rule, ...placeOf(policy, rule), text };
  }

  toJSON(): ReturnType<typeof evaluationJson> {
    return evaluationJson(this);
  }
}

const assessmentsOf = (problems: string[]): Assessments => ({
  scope: { validator: "ARYEH", finding: findings.scope, rules: [], unknowns: [], problems },
  grounding: {
    validator: "SHOR",
    finding: findings.grounding,
    confidence: 0,
    support: null,
    checks: [],
    unknowns: [],
    claims: [],
  },
  reversibility: {
    validator: "NESHER",
    finding: findings.reversibility,
    class: null,
    mildest: null,
    awaiting: [],
    rules: [],
    unknowns: [],
    undo: [],
  },
  discernment: {
    validator: "PANIM ADAM",
    finding: findings.discernment,
    ambiguity: 0,
    threshold: 0,
    components: [],
    refusedBy: [],
  },
});

/** A digest of what was sent, however odd; the order of keys has no meaning. */
function digestOfAnything(sent: Plain, { salt }: Knowledge): string {
  return digest({ malformed: sent.ok ? JSON.stringify(sent.value) : sent.problem, ...salted(salt) });
}
