import fc from "fast-check";
import type { Engine, PolicyIr } from "../../../src/index.js";
import { engineOf } from "../support/judge.js";
import { type Draw, drawn } from "./choices.js";
import { type Story, storyOf } from "./knowledge.js";
import { withMany } from "./many.js";
import { textsOf, type Texts } from "./model.js";
import { type PolicyModel, policyOf } from "./policy.js";
import { proposalOf } from "./proposal.js";

/** What a store knows, and what an agent proposes then. */
export interface Telling {
  readonly story: Story;
  readonly proposals: readonly unknown[];
}

/** A policy, and what is told and proposed under it: many things, since a policy is dear to make. */
export interface Scenario {
  readonly model: PolicyModel;
  readonly texts: Texts;
  readonly engine: Engine;
  readonly tellings: readonly Telling[];
}

/** The most of each. */
export interface ScenarioOptions {
  readonly extensions: number;
  readonly stories: number;
  /** On each story. */
  readonly proposals: number;
  /** Whether its statements are thousands. */
  readonly many?: true;
}

const usual: ScenarioOptions = { extensions: 2, stories: 7, proposals: 14 };

/** Scenarios that print as a person would read them. */
export const scenarios = (options: ScenarioOptions = usual): fc.Arbitrary<Scenario> =>
  drawn((draw) => scenarioOf(draw, options));

export function scenarioOf(draw: Draw, { extensions, many, ...most }: ScenarioOptions): Scenario {
  const plain = draw.span(() => policyOf(draw, extensions));
  const model = many ? withMany(draw, plain) : plain;
  const texts = textsOf(model.files);
  const engine = engineOf(model.entry, texts);
  const tellings = tellingsOf(draw, engine.policy, model.tiers, most);
  return { model, texts, engine, tellings, [fc.toStringMethod]: () => shown(texts, tellings) } as Scenario;
}

/** Stories under a policy, each with proposals. */
export function tellingsOf(
  draw: Draw,
  policy: PolicyIr,
  tiers: readonly string[],
  { stories, proposals }: Pick<ScenarioOptions, "stories" | "proposals">,
): Telling[] {
  return draw.list(
    1,
    stories,
    () => ({
      story: storyOf(draw, policy, tiers),
      proposals: draw.list(1, proposals, () => proposalOf(draw, policy), 93),
    }),
    93,
  );
}

/** A case as a person would read it. */
export function shown(texts: Texts, tellings: readonly Telling[]): string {
  const files = [...texts].map(([path, text]) => `--- ${path}\n${text}`);
  const told = tellings.map(
    ({ story, proposals }) =>
      `--- story\n${fc.stringify(story)}\n--- proposals\n${proposals.map((one) => fc.stringify(one)).join("\n")}`,
  );
  return `\n${[...files, ...told].join("\n")}\n`;
}
