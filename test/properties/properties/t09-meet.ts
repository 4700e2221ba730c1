import fc from "fast-check";
import type { Decision, Engine } from "../../../src/index.js";
import { type Draw, drawn } from "../generate/choices.js";
import { type FileModel, textsOf } from "../generate/model.js";
import { extensionOf, narrowingOf, policyOf } from "../generate/policy.js";
import { shown, type Telling, tellingsOf } from "../generate/scenario.js";
import { engineOf, judge, statementIds } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { property } from "../support/property.js";

/** Three layers above one commission, and the ways of putting them together. */
interface Meets {
  readonly meet: (...joined: readonly Joined[]) => Engine;
  readonly layers: readonly [FileModel, FileModel, FileModel];
  readonly tellings: readonly Telling[];
}

/** A layer, or several that are joined first. */
type Joined = FileModel | readonly Joined[];

function meetsOf(draw: Draw): Meets {
  const model = policyOf(draw, 0);
  const layer = (index: number): FileModel =>
    draw.span(
      () => extensionOf(draw, { world: model.world, index, below: model.entry, mayDeclareClass: false }).file,
    );
  const layers = [layer(1), layer(2), layer(3)] as const;
  const meet = (...joined: readonly Joined[]): Engine => {
    const made: FileModel[] = [...model.files];
    const add = (one: Joined): string => {
      const file = "path" in one ? one : joining(one.map(add), made.length);
      if (!made.some((other) => other.path === file.path)) made.push(file);
      return file.path;
    };
    const top = add(joined);
    return engineOf(top, textsOf(made));
  };
  const { policy } = meet(...layers);
  return {
    meet,
    layers,
    tellings: tellingsOf(draw, policy, model.tiers, { stories: 6, proposals: 10 }),
  };
}

const joining = (paths: readonly string[], index: number): FileModel => ({
  path: `join${index}.reshimu`,
  name: "test.join",
  extends: paths,
  declarations: [],
});

const meets = drawn((draw) => {
  const made = meetsOf(draw);
  const texts = textsOf(made.layers);
  return {
    ...made,
    [fc.toStringMethod]: () =>
      `${JSON.stringify(made.meet(made.layers[0]).policy.layers[0])}\n${shown(texts, made.tellings)}`,
  };
});

/** What a decision comes to, without which of the equal statements of several layers is told first. */
const essence = ({
  decision,
  stoppedBy,
  assessments: { scope, grounding, reversibility, discernment },
}: Decision) => ({
  decision,
  stoppedBy,
  scope: scope.finding,
  grounding: [grounding.finding, grounding.confidence, grounding.support],
  reversibility: [reversibility.finding, reversibility.class, reversibility.awaiting],
  discernment: [discernment.finding, discernment.ambiguity, discernment.threshold],
});

function sameMeet({ tellings }: Pick<Meets, "tellings">, what: string, one: Engine, other: Engine): void {
  const statements = statementIds(one.policy);
  for (const { story, proposals } of tellings)
    for (const proposal of proposals) {
      const a = judge(one, story, proposal, { statements });
      const b = judge(other, story, proposal, { statements });
      compared();
      mustBeSame(what, essence(b.evaluation.decision), essence(a.evaluation.decision), a);
    }
}

/** A policy, and narrowings of it: each is one more layer, put on when the policy has been built. */
const narrowings = drawn((draw) => {
  const model = policyOf(draw, 1);
  const layers = [1, 2, 3].map((index) => draw.span(() => narrowingOf(draw, model.world, index)));
  const on = (...order: readonly number[]): Engine =>
    engineOf(model.entry, textsOf([...model.files, ...order.map((index) => layers[index] as FileModel)]));
  const tellings = tellingsOf(draw, on().policy, model.tiers, { stories: 4, proposals: 8 });
  return {
    on,
    tellings,
    [fc.toStringMethod]: () => shown(textsOf([...model.files, ...layers]), tellings),
  };
});

export const t09 = [
  property({
    id: "T9.narrowings",
    says: "meet: narrowings are put on in any order with the same outcome",
    share: 0.2,
    of: narrowings,
    check: ({ on, tellings }) => {
      const one = on(0, 1, 2);
      for (const other of [on(2, 1, 0), on(1, 2, 0)]) sameMeet({ tellings }, "in any order", one, other);
    },
  }),
  property({
    id: "T9",
    says: "meet: layers are put together in any order, in any grouping, and once or twice, with the same outcome",
    // Nine policies are compiled for one run.
    share: 0.15,
    of: meets,
    check: (made) => {
      const {
        meet,
        layers: [a, b, c],
      } = made;
      const flat = meet(a, b, c);
      mustBeSame("commutative, to the digest", meet(c, a, b).digest, flat.digest);
      sameMeet(made, "commutative", flat, meet(b, c, a));
      sameMeet(made, "associative", meet([a, b], c), meet(a, [b, c]));
      sameMeet(made, "grouping does not matter", flat, meet([a, b], c));
      sameMeet(made, "idempotent", meet(a, b), meet([a, b], [b, a]));
    },
  }),
];
