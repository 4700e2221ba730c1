import { type DecisionWord, type ValidatorName, validatorNames } from "../ir/decision.js";
import type { TraceRecord } from "../ir/trace.js";
import type { Filter, TraceStore } from "../trace/store.js";
import { byHash } from "./find.js";

/** How many, by name. */
export type Counts = { readonly [name: string]: number };

/** What principals said to decisions that asked them. */
export interface Alarms {
  /** Decisions that asked: `confirm` and `clarify`. */
  readonly asked: number;
  /** Of which a principal said yes to, by confirming or by ruling: nothing was wrong. */
  readonly yes: number;
  readonly no: number;
}

/** Figures of a trace. */
export interface Stats {
  readonly records: number;
  /** Of the first and the last record, in milliseconds; null without records. */
  readonly from: number | null;
  readonly to: number | null;
  readonly sessions: number;
  readonly kinds: Counts;
  readonly decisions: Counts;
  readonly findings: { readonly [V in ValidatorName]: Counts };
  /** Decisions that each validator stopped. */
  readonly stopped: Counts;
  /** Decisions of each tool, by their word; `(none)` where what was proposed fits no tool. */
  readonly tools: { readonly [tool: string]: Counts };
  /** Decisions of each day, by their word. */
  readonly days: { readonly [day: string]: Counts };
  readonly alarms: Alarms;
  /** The same by the validator that stopped; one that several stopped counts with each. */
  readonly alarmsBy: { readonly [V in ValidatorName]: Alarms };
}

/** So many tools, and so many days, are counted by name; all others together as `(others)`. */
const mostNames = 10_000;

/** Counts a trace, or what of it fits; `day` names the day of a time. Memory is bounded. */
export async function statsOf(
  store: TraceStore,
  day: (at: number) => string,
  filter: Filter = {},
): Promise<Stats> {
  const counter = new Counter(day);
  for await (const record of store.records(filter)) {
    counter.take(record);
    if (record.kind !== "confirmed" && record.kind !== "ruled") continue;
    const asked = await byHash(store, record.cause);
    if (asked?.kind === "decided") counter.answered(asked, record.body.answer);
  }
  return counter.stats();
}

type Words = { [W in DecisionWord]: number };
interface AlarmCount {
  asked: number;
  yes: number;
  no: number;
}

const noWords = (): Words => ({ return: 0, clarify: 0, confirm: 0, authorize: 0 });
const noAlarms = (): AlarmCount => ({ asked: 0, yes: 0, no: 0 });
const perValidator = <T>(of: () => T): { [V in ValidatorName]: T } =>
  Object.fromEntries(validatorNames.map((name) => [name, of()])) as { [V in ValidatorName]: T };

class Counter {
  readonly #day: (at: number) => string;
  #records = 0;
  #from: number | null = null;
  #to: number | null = null;
  readonly #kinds = new Map<string, number>();
  readonly #decisions = noWords();
  readonly #findings = perValidator(() => new Map<string, number>());
  readonly #stopped = perValidator(() => 0);
  readonly #tools = new Map<string, Words>();
  readonly #days = new Map<string, Words>();
  readonly #alarms = noAlarms();
  readonly #alarmsBy = perValidator(noAlarms);
  /** What was said last to a decision: people say little beside what is decided. */
  readonly #answers = new Map<string, boolean>();

  constructor(day: (at: number) => string) {
    this.#day = day;
  }

  take(record: TraceRecord): void {
    this.#records += 1;
    this.#from ??= record.at;
    this.#to = record.at;
    add(this.#kinds, record.kind);
    if (record.kind !== "decided") return;
    const { decision, action, assessments, stoppedBy } = record.body.decision;
    this.#decisions[decision] += 1;
    named(this.#tools, action?.tool ?? "(none)")[decision] += 1;
    named(this.#days, this.#day(record.at))[decision] += 1;
    for (const name of validatorNames) add(this.#findings[name], assessments[name].finding);
    for (const name of stoppedBy) this.#stopped[name] += 1;
    if (decision === "confirm" || decision === "clarify") this.#count("asked", stoppedBy, 1);
  }

  /** A ruling on a condition is an answer too; one that gives a value says neither yes nor no. */
  answered({ hash, body }: TraceRecord<"decided">, answer: unknown): void {
    const { decision, stoppedBy } = body.decision;
    if (typeof answer !== "boolean" || (decision !== "confirm" && decision !== "clarify")) return;
    const before = this.#answers.get(hash);
    if (before !== undefined) this.#count(before ? "yes" : "no", stoppedBy, -1);
    this.#answers.set(hash, answer);
    this.#count(answer ? "yes" : "no", stoppedBy, 1);
  }

  #count(what: keyof AlarmCount, validators: readonly ValidatorName[], by: number): void {
    this.#alarms[what] += by;
    for (const name of validators) this.#alarmsBy[name][what] += by;
  }

  stats(): Stats {
    const kinds = Object.fromEntries(this.#kinds);
    return {
      records: this.#records,
      from: this.#from,
      to: this.#to,
      sessions: (kinds.opened ?? 0) + (kinds.delegated ?? 0),
      kinds,
      decisions: { ...this.#decisions },
      findings: Object.fromEntries(
        validatorNames.map((name) => [name, Object.fromEntries(this.#findings[name])]),
      ) as Stats["findings"],
      stopped: { ...this.#stopped },
      tools: sorted(this.#tools),
      days: sorted(this.#days),
      alarms: { ...this.#alarms },
      alarmsBy: structuredClone(this.#alarmsBy),
    };
  }
}

const add = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

function named(counts: Map<string, Words>, name: string): Words {
  const key = counts.has(name) || counts.size < mostNames ? name : "(others)";
  const found = counts.get(key) ?? noWords();
  counts.set(key, found);
  return found;
}

/** Names of tools come from outside: none of them is a key of a prototype. */
function sorted(counts: ReadonlyMap<string, Words>): { [name: string]: Counts } {
  const table = Object.create(null) as { [name: string]: Counts };
  for (const name of [...counts.keys()].sort()) table[name] = counts.get(name) as Words;
  return table;
}
