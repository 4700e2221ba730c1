import type { Json } from "../../../src/ir/json.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import type { Case, JsonObject } from "../cases.js";
import type { Answer } from "../run.js";
import type { Line } from "./cli.js";
import { toldDecision } from "./decision.js";
import { defaultNow } from "./setting.js";

/** Cases that one run of eval decides. */
export interface Batch {
  readonly policy: Json | PolicyIr;
  /** Files beside the policy: what sources say. */
  readonly files: { readonly [name: string]: string };
  readonly options: readonly string[];
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly one: Case;
  /** Lines of input. */
  readonly lines: readonly string[];
  /** How many lines of output they give. */
  readonly outputs: number;
  readonly read: (lines: readonly Line[]) => Answer;
}

export type Uncovered = (one: Case, why: string) => void;

/** What of a setting eval can be told: by an option, by a record, or by what sources say. */
const tellable = ["now", "tier", "actor", "givens", "said", "facts", "confirmations"];

export function batchesOfDecisions(cases: readonly Case[], uncovered: Uncovered): Batch[] {
  const groups = new Map<
    string,
    { options: string[]; files: Batch["files"]; policy: Json; entries: Entry[] }
  >();
  for (const [place, one] of cases.entries()) {
    if (one.kind !== "decision" && one.kind !== "layers") continue;
    const setting = (one.data.knowledge ?? {}) as JsonObject;
    const policy = one.policies[one.data.policy as string] as unknown as PolicyIr;
    const why = reasonAgainst(one, setting, policy);
    if (why !== undefined) {
      uncovered(one, why);
      continue;
    }
    const options = optionsOf(setting);
    const files = filesOf(setting);
    const key = JSON.stringify([one.file, one.data.policy, options, files]);
    const group = groups.get(key) ?? { options, files, policy: policy as unknown as Json, entries: [] };
    groups.set(key, group);
    group.entries.push(entryOf(one, `case-${place}`, setting));
  }
  return [...groups.values()];
}

function reasonAgainst(one: Case, setting: JsonObject, policy: PolicyIr): string | undefined {
  const untold = Object.keys(setting).find((name) => !tellable.includes(name));
  if (untold !== undefined) return `eval is not told \`${untold}\` as such`;
  if (one.data.proposal === undefined) return "a proposal that is no JSON is no line";
  const proposal = one.data.proposal as JsonObject | null;
  if (typeof proposal !== "object" || proposal === null || Array.isArray(proposal))
    return "a line is an object";
  if (proposal.session !== undefined || proposal.actor !== undefined)
    return "names its session or actor, which are eval's here";
  if (
    policy.intent?.givens.some(
      (given) =>
        given.value === undefined &&
        given.asks === undefined &&
        !Object.hasOwn((setting.givens ?? {}) as object, given.name),
    )
  )
    return "no session opens without this given";
  if (JSON.stringify(policy).includes('"per":8')) return "a limit per duration would count the other cases";
  if (setting.tier !== undefined && !policy.tiers.some(({ name }) => name === setting.tier))
    return "no session opens at a tier that is not declared";
  return reasonAgainstWords(setting, policy) ?? reasonAgainstFacts(setting);
}

function reasonAgainstWords(setting: JsonObject, policy: PolicyIr): string | undefined {
  const words = (setting.confirmations ?? []) as unknown as JsonObject[];
  if (words.some(({ of }) => of !== undefined)) return "eval confirms the last decision, no other";
  if (words.some(({ by }) => !policy.principals.some(({ name }) => name === by)))
    return "eval takes no word of somebody who is no principal";
  if (words.some(({ answer }, i) => answer === false && i < words.length - 1))
    return "after a no nothing is left to confirm";
  const givens = Object.entries((setting.givens ?? {}) as JsonObject);
  const misfit = givens.some(
    ([name, value]) =>
      policy.intent?.givens.find((given) => given.name === name)?.type === "bool" &&
      typeof value !== "boolean",
  );
  return misfit ? "no session opens with a given of another type" : undefined;
}

function reasonAgainstFacts(setting: JsonObject): string | undefined {
  const facts = (setting.facts ?? []) as unknown as { answers: { args?: Json[]; by: JsonObject }[] }[];
  const said = facts.flatMap(({ answers }) => answers);
  if (said.some(({ args }) => args !== undefined)) return "a fact with arguments";
  const sources = said.flatMap(({ by }) => Object.entries(by as { [source: string]: JsonObject }));
  const silent = sources.flatMap(([source, { silent: is }]) => (is === undefined ? [] : [source]));
  return sources.some(([source, { silent: is }]) => is === undefined && silent.includes(source))
    ? "a source that answers one fact and not another"
    : undefined;
}

function optionsOf(setting: JsonObject): string[] {
  const actor = (setting.actor ?? {}) as { id?: string; roles?: string[] };
  const givens = Object.entries((setting.givens ?? {}) as JsonObject);
  return [
    "--now",
    (setting.now ?? defaultNow) as string,
    ...(setting.tier === undefined ? [] : ["--tier", setting.tier as string]),
    ...(actor.id === undefined ? [] : ["--actor", actor.id]),
    ...(actor.roles ?? []).flatMap((role) => ["--role", role]),
    ...givens.flatMap(([name, value]) => [
      "--given",
      `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    ]),
  ];
}

/** A file of each source that says something; one that is silent, or was not asked, has none. */
function filesOf(setting: JsonObject): { [name: string]: string } {
  const told: { [source: string]: { [fact: string]: Json } } = {};
  for (const { name, answers } of (setting.facts ?? []) as unknown as {
    name: string;
    answers: { by: { [source: string]: JsonObject } }[];
  }[])
    for (const [source, said] of answers.flatMap(({ by }) => Object.entries(by)))
      if (said.silent === undefined) told[source] = { ...told[source], [name]: said.value as Json };
  return Object.fromEntries(
    Object.entries(told).map(([source, value]) => [`${source}.json`, JSON.stringify(value)]),
  );
}

function entryOf(one: Case, session: string, setting: JsonObject): Entry {
  const said = (setting.said ?? []) as unknown as JsonObject[];
  const words = (setting.confirmations ?? []) as unknown as JsonObject[];
  return {
    one,
    lines: [
      ...said.map((word) => ({ said: word, session })),
      { ...(one.data.proposal as JsonObject), session },
      ...words.map((confirm) => ({ confirm, session })),
    ].map((line) => JSON.stringify(line)),
    outputs: 1 + words.length,
    read: (lines) => {
      const last = lines.at(-1) as Line;
      return "error" in last
        ? { uncovered: `eval refuses the line: ${last.error.message}` }
        : { answer: toldDecision(last) };
    },
  };
}
