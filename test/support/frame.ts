import { bareFrame } from "../../src/engine/frame.js";
import type { Json } from "../../src/ir/json.js";
import type { Predicate } from "../../src/ir/predicate.js";
import type { Settled } from "../../src/logic/facts.js";
import type { Frame, OpenLeaf, Prepared, Traced } from "../../src/logic/frame.js";
import { prepare } from "../../src/logic/prepare.js";
import { UNKNOWN, type Value } from "../../src/logic/value.js";
import { predicateSchema } from "../../src/ir/schemas/predicate.js";

/** What a frame of a test knows; all else is unknown. */
export interface Known {
  readonly args?: { readonly [name: string]: Json };
  readonly given?: { readonly [name: string]: Json };
  readonly claim?: { readonly [name: string]: Json };
  readonly fact?: { readonly [name: string]: Json | undefined };
  /** What is known of every traced value, or who is to be asked. */
  readonly traced?: Traced | Frame["traced"];
  readonly calls?: number;
  readonly now?: number;
}

const slots = new Map([
  ["a", 0],
  ["b", 1],
  ["list", 2],
]);

export function frameOf(known: Known = {}): Frame {
  const of = (from: Known["given"], member: string): Value =>
    from !== undefined && Object.hasOwn(from, member) ? (from[member] as Json) : UNKNOWN;
  return {
    ...bareFrame([...slots.keys()].map((name) => known.args?.[name])),
    now: known.now ?? UNKNOWN,
    given: (name) => of(known.given, name),
    claim: (name) => of(known.claim, name),
    fact: (name): Settled =>
      known.fact !== undefined && Object.hasOwn(known.fact, name)
        ? { state: "known", value: known.fact[name], support: 1 }
        : { state: "silent", reason: "nobody answered" },
    traced: (...asked) =>
      typeof known.traced === "function"
        ? known.traced(...asked)
        : (known.traced ?? { truth: UNKNOWN, support: 0 }),
    calls: () => known.calls ?? UNKNOWN,
    actor: (member) => ({ id: "agent", roles: ["clerk"], tier: "" })[member] ?? UNKNOWN,
    session: (member) => ({ id: "s", instruction: "", trust: 1 })[member] ?? UNKNOWN,
  };
}

/** A rule ready to be asked about a tool with the parameters `a`, `b` and `list`. */
export const prepared = (rule: Predicate): Prepared => prepare(predicateSchema.parse(rule), slots);

/** Its value, with `"?"` for unknown and `"-"` for absent. */
export function worth(rule: Predicate, known: Known = {}): Json {
  const value = prepared(rule).value(frameOf(known));
  return value === UNKNOWN ? "?" : value === undefined ? "-" : value;
}

/** What it still mentions once the arguments are put in, in short. */
export function mentions(rule: Predicate, known: Known = {}): string[] {
  const full = frameOf(known);
  const told: string[] = [];
  prepared(rule).open(bareFrame(full.args), full, (leaf) => told.push(shortOf(leaf)));
  return told;
}

/** What keeps it open with everything put in. */
export function opens(rule: Predicate, known: Known = {}): string[] {
  const full = frameOf(known);
  const told: string[] = [];
  prepared(rule).open(full, full, (leaf) => told.push(shortOf(leaf)));
  return told;
}

const textOf = (value: Value): string => (value === UNKNOWN ? "?" : JSON.stringify(value));

function shortOf(leaf: OpenLeaf): string {
  switch (leaf.kind) {
    case "given":
    case "claim":
    case "bullet":
      return `${leaf.kind} ${leaf.name}`;
    case "fact":
      return `fact ${leaf.name}(${leaf.args.map(textOf).join(", ")})`;
    case "traced":
      return `traced ${textOf(leaf.value)}`;
    case "operation":
      return `operation ${leaf.operator}`;
    case "circumstance":
      return "circumstance";
  }
}
