import type { Json } from "../../../src/ir/json.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import { normalise } from "../../../src/ir/value.js";
import type { Case, JsonObject } from "../cases.js";
import type { Line } from "./cli.js";
import type { Batch, Entry, Uncovered } from "./cli-decisions.js";
import { defaultNow, policyOf } from "./setting.js";

/** Cases in groups of one key. */
function grouped(cases: readonly Case[], keyOf: (one: Case) => string): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

const tool = (place: number): string => `case-${place}`;

// ------------------------------------------------------------------ predicates

/** What of a predicate's setting one run cannot have in several ways. */
const untold = ["facts", "history", "session", "observations", "sources", "said"];

/** Each predicate is the condition of the only permit of a tool of its own: within, outside or unknown. */
export function batchesOfPredicates(cases: readonly Case[], uncovered: Uncovered): Batch[] {
  const fitting = cases.filter((one) => {
    if (one.kind !== "predicate") return false;
    const why = reasonAgainst(one);
    if (why !== undefined) uncovered(one, why);
    return why === undefined;
  });
  return grouped(fitting, ({ data }) => JSON.stringify([data.zone, data.now, data.actor])).map(
    predicateBatch,
  );
}

function reasonAgainst({ data }: Case): string | undefined {
  const name = Object.keys(data).find((key) => untold.includes(key));
  if (name !== undefined) return `eval is not told \`${name}\` as such`;
  const { value } = data;
  if (typeof value === "boolean") return undefined;
  const one = value as JsonObject;
  if (one.unknown === true) return undefined;
  return Object.hasOwn(one, "value") && typeof one.value !== "object"
    ? undefined
    : "a permit tells no list, record or absence";
}

function predicateBatch(cases: readonly Case[]): Batch {
  const { data } = cases[0] as Case;
  const parts = cases.map((one, place) => partOf(one, place));
  const base = policyOf({ zone: data.zone ?? "UTC" });
  const actor = (data.actor ?? {}) as { id?: string; roles?: string[] };
  return {
    policy: {
      ...base,
      escalate: [{ principal: "owner", within: 1000 }],
      intent: { bullets: base.intent?.bullets ?? [], givens: parts.flatMap(({ givens }) => givens) },
      tools: parts.map(({ params }, place) => ({ name: tool(place), params })),
      claims: parts.flatMap(({ claims }) => claims),
      layers: [
        {
          name: "case",
          commission: true,
          scope: { permits: parts.map(({ permit }) => permit), forbids: [], limits: [] },
          grounding: null,
          reversibility: null,
          discernment: null,
        },
      ],
    } as unknown as PolicyIr,
    files: {},
    options: [
      "--now",
      (data.now ?? defaultNow) as string,
      ...(actor.id === undefined ? [] : ["--actor", actor.id]),
      ...(actor.roles ?? []).flatMap((role) => ["--role", role]),
    ],
    entries: parts.map(({ entry }) => entry),
  };
}

/** One predicate: its names of givens and claims made its own, for one policy holds those of all. */
function partOf(one: Case, place: number) {
  const { data } = one;
  const own = (name: string): string => `${name}-${place}`;
  const declared = (of: Json | undefined) =>
    Object.entries((of ?? {}) as { [name: string]: { type: TypeIr; value?: Json } });
  const zone = (data.zone ?? "UTC") as string;
  const claims = declared(data.claims);
  const made = claims.flatMap(([name, { value }]) => (value === undefined ? [] : [[own(name), { value }]]));
  const proposal = {
    tool: tool(place),
    args: data.args ?? {},
    claims: Object.fromEntries(made) as Json,
    session: tool(place),
  };
  return {
    params: (data.params ?? []) as unknown as FieldIr[],
    givens: declared(data.givens).map(([name, { type, value }]) => ({
      name: own(name),
      type,
      asks: { principal: "owner", question: "What is it?" },
      ...(value === undefined ? {} : { value: inForce(type, value, zone) }),
    })),
    claims: claims.map(([name, { type }]) => ({ name: own(name), type })),
    permit: {
      id: `permit/${place.toString(16).padStart(12, "0")}`,
      tools: [tool(place)],
      serving: [],
      when: conditionOf(data, own),
    },
    entry: {
      one,
      lines: [JSON.stringify(proposal)],
      outputs: 1,
      read: ([line]: readonly Line[]) => ({ answer: { value: told(data.value as Json, line as Line) } }),
    } satisfies Entry,
  };
}

function inForce(type: TypeIr, value: Json, zone: string): Json {
  const normal = normalise(type, value, zone);
  return normal.ok ? normal.value : value;
}

/** A truth value is asked for as it is; another scalar by whether it equals what is expected. */
function conditionOf(data: JsonObject, own: (name: string) => string): Json {
  const predicate = renamed(data.predicate as Json, own);
  const expected = data.value as Json;
  const scalar =
    typeof expected === "object" && expected !== null && !Array.isArray(expected)
      ? expected.value
      : undefined;
  return scalar === undefined ? predicate : { "===": [predicate, scalar] };
}

function renamed(rule: Json, own: (name: string) => string): Json {
  if (typeof rule !== "object" || rule === null) return rule;
  if (Array.isArray(rule)) return rule.map((item) => renamed(item, own));
  const { val } = rule;
  if (Array.isArray(val) && (val[0] === "given" || val[0] === "claim"))
    return { val: [val[0], own(String(val[1])), ...val.slice(2)] };
  return Object.fromEntries(Object.entries(rule).map(([key, value]) => [key, renamed(value, own)]));
}

const findings: { readonly [finding: string]: Json } = {
  within: true,
  outside: false,
  unknown: { unknown: true },
};

function told(expected: Json, line: Line): Json {
  if ("error" in line) return { error: line.error.message };
  const value = findings[line.assessments.scope.finding] ?? null;
  const scalar = typeof expected === "object" && expected !== null && Object.hasOwn(expected, "value");
  return scalar && value === true ? expected : scalar ? { not: expected } : value;
}

// ------------------------------------------------------------------ values

/** Each value is the argument of a tool of its own; the action that is decided on shows its normal form. */
export function batchesOfValues(cases: readonly Case[], uncovered: Uncovered): Batch[] {
  const fitting = cases.filter((one) => {
    if (one.kind !== "value") return false;
    const { type, input, text } = one.data;
    const why =
      type === "json" && input === null
        ? "an argument of null is absent"
        : typeof text === "string" && text.includes("\n")
          ? "a line has no line break"
          : undefined;
    if (why !== undefined) uncovered(one, why);
    return why === undefined;
  });
  return grouped(fitting, ({ data }) => String(data.zone)).map((group) => ({
    policy: {
      ...policyOf({ zone: group[0]?.data.zone ?? "UTC" }),
      tools: group.map(({ data }, place) => ({
        name: tool(place),
        params: [{ name: "x", type: data.type }],
      })),
    } as unknown as PolicyIr,
    files: {},
    options: ["--now", defaultNow],
    entries: group.map(valueEntry),
  }));
}

function valueEntry(one: Case, place: number): Entry {
  const { input, text } = one.data;
  const argument = typeof text === "string" ? text : JSON.stringify(input);
  return {
    one,
    lines: [`{"tool":"${tool(place)}","session":"${tool(place)}","args":{"x":${argument}}}`],
    outputs: 1,
    read: ([line]) => ({ answer: { value: normalForm(line as Line, typeof text === "string") } }),
  };
}

/** A line that eval does not read holds a value that nobody may read; such cases are told as text. */
function normalForm(line: Line, asText: boolean): Json {
  const bad = { "ill-typed": true };
  if ("error" in line) return asText ? bad : { error: line.error.message };
  return line.action === null ? bad : { normal: line.action.args.x ?? null };
}
