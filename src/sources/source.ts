import type { Json } from "../ir/json.js";
import type { FactIr, WorldSourceIr } from "../ir/policy.js";
import type { TypeIr } from "../ir/type.js";
import { toJson } from "../ir/value.js";

/** One question as a source is asked it. */
export interface Query {
  readonly fact: string;
  /** The type the answer should have; whether it has is judged by the engine. */
  readonly type: TypeIr;
  /** What the fact's line says to this source: SQL, a path segment, a JSON Pointer. */
  readonly lookup: string | undefined;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeIr;
  /** As JSON for others to read: times as RFC 3339 in UTC, durations as written in policies; null where left out. */
  readonly value: Json;
}

/** What a source says: its value as it came, and, if the source tells it, since when (milliseconds since the epoch). */
export interface Said {
  readonly value: Json;
  readonly at?: number;
}

/** A source that was opened. */
export interface WorldSource {
  /**
   * Asks once. Rejects with `Silent` where there is no answer; stops its work, and frees what it used, when the signal
   * is aborted.
   */
  ask(query: Query, signal: AbortSignal): Promise<Said>;
  close(): Promise<void>;
}

/** Milliseconds a source has for its answer where its declaration writes no `timeout`. */
export const defaultTimeout = 5_000;

/** How one kind of source is opened: without I/O, and without throwing. `root` is where relative locators start. */
export type OpenSource = (source: WorldSourceIr, root: string) => WorldSource;

/** No answer; the message is the reason: a short sentence for people, with no values, locators or secrets in it. */
export class Silent extends Error {}

/** A fact's question put to one of its sources. */
export function queryOf(fact: FactIr, lookup: string | undefined, args: readonly Json[]): Query {
  if (args.length !== fact.params.length)
    throw new Silent(`was asked with ${args.length} arguments, ${fact.params.length} are declared`);
  const parameters = fact.params.map((parameter, i) => ({
    name: parameter.name,
    type: parameter.type,
    value: toJson(parameter.type, args[i] ?? null),
  }));
  return { fact: fact.name, type: fact.type, lookup, parameters };
}

/** More rows are no answer. */
export const maxRows = 10_000;
/** Longer answers, in UTF-8 bytes, all rows together, are no answer. */
export const maxAnswerBytes = 1_048_576;

/** A parameter as text: a string as it is, all else as JSON. */
export function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
