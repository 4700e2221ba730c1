import fc from "fast-check";
import type { Engine } from "../../../src/index.js";
import { engineOf } from "../support/judge.js";
import { type Draw, drawn } from "./choices.js";
import { type Story, storyOf } from "./knowledge.js";
import { textsOf, type Texts } from "./model.js";
import { type PolicyModel, policyOf } from "./policy.js";
import { proposalOf } from "./proposal.js";

/** A policy, what a store knows, and what an agent proposes. */
export interface Scenario {
  readonly model: PolicyModel;
  readonly texts: Texts;
  readonly engine: Engine;
  readonly story: Story;
  readonly proposals: readonly unknown[];
}

export interface ScenarioOptions {
  readonly extensions: number;
  readonly proposals: number;
}

/** Scenarios that print as a person would read them. */
export function scenarios(
  { extensions, proposals }: ScenarioOptions = { extensions: 2, proposals: 3 },
): fc.Arbitrary<Scenario> {
  return drawn((draw) => scenarioOf(draw, extensions, proposals));
}

export function scenarioOf(draw: Draw, extensions: number, proposals: number): Scenario {
  const model = draw.span(() => policyOf(draw, extensions));
  const texts = textsOf(model.files);
  const engine = engineOf(model.entry, texts);
  const story = storyOf(draw, engine.policy, model.tiers);
  const proposed = draw.list(1, proposals, () => proposalOf(draw, engine.policy), 80);
  return {
    model,
    texts,
    engine,
    story,
    proposals: proposed,
    [fc.toStringMethod]: () => shown(texts, story, proposed),
  } as Scenario;
}

export function shown(texts: Texts, story: unknown, proposals: readonly unknown[]): string {
  const files = [...texts].map(([path, text]) => `--- ${path}\n${text}`);
  return `\n${files.join("\n")}\n--- story\n${fc.stringify(story)}\n--- proposals\n${proposals.map((one) => fc.stringify(one)).join("\n")}\n`;
}
