import type { Json } from "../../../src/ir/json.js";
import {
  type Descent,
  type FactAnswer,
  type Knowledge,
  type Observation,
  type PastAction,
  rootOf,
  type SourceAnswer,
} from "../../../src/ir/knowledge.js";
import type { FactIr, PolicyIr } from "../../../src/ir/policy.js";
import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import { normalise, parseDuration, parseTime } from "../../../src/ir/value.js";
import { covers } from "../../../src/logic/tools.js";
import { leavesOf } from "../../../src/sources/observed.js";
import type { JsonObject } from "../cases.js";

/** What a case says of its setting, read as policies and knowledge of this implementation (README.md, *Settings*). */

export const defaultNow = "2026-01-31T12:00:00Z";

export const instant = (text: Json | undefined): number =>
  parseTime(String(text ?? defaultNow), "UTC") ?? Number.NaN;

const milliseconds = (text: Json | undefined): number => parseDuration(String(text)) ?? Number.NaN;

/** A value of a type in normal form; one that has none stays as it is written. */
function read(type: TypeIr | undefined, value: Json, zone: string): Json {
  const normal = type === undefined ? undefined : normalise(type, value, zone);
  return normal?.ok ? normal.value : value;
}

const list = (value: Json | undefined): readonly JsonObject[] =>
  (value ?? []) as unknown as readonly JsonObject[];

const blocks = { scope: null, grounding: null, reversibility: null, discernment: null };

/** The policy in which a predicate, a fact or a traced value is asked about. */
export function policyOf(data: JsonObject): PolicyIr {
  const declared = (of: Json | undefined): [string, JsonObject][] =>
    Object.entries((of ?? {}) as { [name: string]: JsonObject });
  const facts = list(data.facts).map((fact) => ({
    optional: false,
    params: [],
    from: [{ source: "world" }],
    ...fact,
    answers: undefined,
  }));
  return {
    format: "reshimu-policy",
    version: 1,
    name: "case",
    zone: (data.zone ?? "UTC") as string,
    principals: ["owner", "board"].map((name) => ({ name, display: name })),
    intent: {
      bullets: ["Find what is there.", "Tell of it.", "Keep all else."].map((text, i) => ({
        name: `b${i}`,
        text,
      })),
      givens: declared(data.givens).map(([name, { type }]) => ({ name, type: type as TypeIr })),
    },
    tools: [
      { name: "act", params: (data.params ?? []) as unknown as FieldIr[] },
      ...toolsOf(list(data.history)),
    ],
    sources: [
      { name: "world", kind: "json", locator: "world.json", trust: 1 },
      ...list(data.sources).map((source) => toolSource(source)),
    ],
    facts: facts.map(({ answers: _, ...fact }) => fact as unknown as FactIr),
    claims: declared(data.claims).map(([name, { type }]) => ({ name, type: type as TypeIr })),
    classes: [],
    escalate: [],
    tiers: [],
    boundaries: [],
    layers: [{ name: "case", commission: true, ...blocks }],
    asserts: [],
    tests: [],
    spans: {},
  };
}

/** The tools of earlier actions, their parameters of the types that the arguments have as JSON. */
function toolsOf(history: readonly JsonObject[]): PolicyIr["tools"] {
  const tools = new Map<string, Map<string, TypeIr>>();
  for (const { tool, args } of history) {
    const params = tools.get(tool as string) ?? new Map<string, TypeIr>();
    tools.set(tool as string, params);
    for (const [name, value] of Object.entries((args ?? {}) as JsonObject)) params.set(name, typeOf(value));
  }
  return [...tools].map(([name, params]) => ({
    name,
    params: [...params].map(([param, type]) => ({ name: param, type, optional: true as const })),
  }));
}

const typeOf = (value: Json): TypeIr =>
  typeof value === "number"
    ? "decimal"
    : typeof value === "string"
      ? "string"
      : Array.isArray(value)
        ? { list: typeOf(value[0] ?? "") }
        : "json";

const toolSource = (source: JsonObject) =>
  ({
    kind: "tool",
    fields: [],
    asText: false,
    when: true,
    ...source,
  }) as unknown as PolicyIr["sources"][number];

/** The values that a case puts in for names, where it does. */
export function valuesOf(of: Json | undefined): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries((of ?? {}) as { [name: string]: JsonObject }).flatMap(([name, { value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Knowledge as a setting tells it; all that it does not tell is empty. */
export function knowledgeOf(policy: PolicyIr, setting: JsonObject): Knowledge {
  const now = instant(setting.now);
  const session = { id: "s", ...(setting.session as object | undefined) } as Knowledge["session"];
  const history = list(setting.history).map((action) => pastOf(policy, action, now, rootOf({ session })));
  const own = history.filter((action) => action.session === rootOf({ session })).length;
  return {
    now,
    session,
    ...(setting.tier === undefined ? {} : { tier: setting.tier as string }),
    actor: { id: "agent", roles: [], ...(setting.actor as object | undefined) },
    givens: (setting.givens ?? {}) as { [name: string]: Json },
    answers: answersOf(policy, list(setting.facts), now),
    history,
    observations: list(setting.observations).map((seen) => observationOf(policy, seen, own)),
    said: list(setting.said) as unknown as Knowledge["said"],
    rulings: [],
    confirmations: [],
    ...(setting.fidelity === undefined ? {} : { fidelity: setting.fidelity as number }),
    ...(setting.descent === undefined
      ? {}
      : { descent: { hops: [], ...(setting.descent as object) } as unknown as Descent }),
    ...(setting.problems === undefined ? {} : { problems: setting.problems as string[] }),
    ...(setting.lapsed === undefined ? {} : { lapsed: setting.lapsed as boolean }),
  };
}

function pastOf(policy: PolicyIr, action: JsonObject, now: number, session: string): PastAction {
  const tool = policy.tools.find((one) => one.name === action.tool);
  const args = Object.entries((action.args ?? {}) as { [name: string]: Json }).map(([name, value]) => [
    name,
    read(tool?.params.find((param) => param.name === name)?.type, value, policy.zone),
  ]);
  return {
    session: (action.session ?? session) as string,
    at: now - milliseconds(action.ago),
    tool: action.tool as string,
    args: Object.fromEntries(args) as { [name: string]: Json },
    classes: (action.classes ?? policy.layers.map(() => null)) as (string | null)[],
    observed: (action.observed ?? true) as boolean,
    trust: (action.trust ?? 1) as number,
  };
}

/** Unless a case names them, an output belongs to all sources that name its tool; it came after all that was done. */
function observationOf(policy: PolicyIr, seen: JsonObject, after: number): Observation {
  const naming = policy.sources.flatMap((source) =>
    source.kind === "tool" && covers(source.tools, seen.tool as string) ? [source.name] : [],
  );
  return {
    tool: seen.tool as string,
    sources: (seen.sources ?? naming) as string[],
    after: (seen.after ?? after) as number,
    leaves: leavesOf(seen.output as Json),
  };
}

function answersOf(policy: PolicyIr, facts: readonly JsonObject[], now: number): FactAnswer[] {
  return facts.flatMap(({ name, answers }) => {
    const declared = policy.facts.find((fact) => fact.name === name);
    return list(answers).map((answer): FactAnswer => {
      const args = (answer.args ?? []) as Json[];
      return {
        fact: name as string,
        args: args.map((value, i) => read(declared?.params[i]?.type, value, policy.zone)),
        answers:
          answer.by === undefined
            ? [{ source: "world", value: answer.value as Json }]
            : saidBy(answer.by, now),
      };
    });
  });
}

/** What sources said: `{source: {value, age?}}` or `{source: {silent}}`. */
export function saidBy(by: Json, now: number): SourceAnswer[] {
  return Object.entries(by as { [source: string]: JsonObject }).map(([source, said]) => {
    if (said.silent !== undefined) return { source, silent: said.silent as string };
    const value = said.value as Json;
    return said.age === undefined ? { source, value } : { source, value, at: now - milliseconds(said.age) };
  });
}
