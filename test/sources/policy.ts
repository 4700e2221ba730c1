import type { FactAnswer, SourceAnswer } from "../../src/ir/knowledge.js";
import type { Json } from "../../src/ir/json.js";
import type { FactIr, PolicyIr, WorldSourceIr } from "../../src/ir/policy.js";
import { openSources, type Sources } from "../../src/sources/ask.js";

type Policy = Pick<PolicyIr, "sources" | "facts">;

export const source = (
  kind: WorldSourceIr["kind"],
  locator: string,
  more: Partial<WorldSourceIr> = {},
): WorldSourceIr => ({
  name: "s",
  kind,
  locator,
  trust: 0.9,
  ...more,
});

export const fact = (
  type: FactIr["type"],
  params: FactIr["params"],
  lookup?: string,
  from = "s",
): FactIr => ({
  name: "f",
  optional: false,
  params,
  type,
  from: [lookup === undefined ? { source: from } : { source: from, lookup }],
});

/** Opens the sources for one piece of work. */
export async function withSources<T>(
  policy: Policy,
  root: string,
  use: (sources: Sources) => Promise<T>,
): Promise<T> {
  const sources = openSources(policy, { root });
  try {
    return await use(sources);
  } finally {
    await sources.close();
  }
}

/** What the only source of the fact `f` says. */
export async function askF(policy: Policy, root: string, args: readonly Json[]): Promise<SourceAnswer> {
  const answers = await withSources(policy, root, (sources) => sources.ask([{ fact: "f", args }]));
  return onlyAnswer(answers[0]);
}

export function onlyAnswer(answer: FactAnswer | undefined): SourceAnswer {
  const [only, ...others] = answer?.answers ?? [];
  if (only === undefined || others.length > 0) throw new Error("one source was expected to answer");
  return only;
}

export function silenceOf(answer: SourceAnswer): string {
  if (!("silent" in answer)) throw new Error(`a value came: ${JSON.stringify(answer.value)}`);
  return answer.silent;
}
