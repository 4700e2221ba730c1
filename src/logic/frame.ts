import type { Json } from "../ir/json.js";
import type { Annotation, TracedForm } from "../ir/predicate.js";
import type { Settled } from "./facts.js";
import type { Unknown, Value } from "./value.js";

/** What a traced value is: what says so, and how far that is to be trusted. */
export interface Traced {
  readonly truth: boolean | Unknown;
  /** The highest trust of the sources that say it; meaningful where `truth` is true. */
  readonly support: number;
}

/** What the loops of a condition may still do. A condition that is given lists within lists would otherwise never end. */
export interface Work {
  /** In characters or list elements looked at; endless outside of loops. */
  left: number;
  /** Whether what is open is visited for its claims only. */
  claimsOnly: boolean;
}

export const noWork = (): Work => ({ left: Number.POSITIVE_INFINITY, claimsOnly: false });

/** Everything an evaluation may read. One per decision, or one in which only the arguments are known. */
export interface Frame {
  /** Arguments by the slot of their parameter; undefined where absent, and unknown only where they were sensitive, of an earlier action. */
  readonly args: readonly Value[];
  /** Values of bound variables, by slot. */
  readonly locals: Value[];
  readonly work: Work;
  given(name: string): Value;
  claim(name: string): Value;
  actor(member: string): Value;
  session(member: string): Value;
  readonly now: number | Unknown;
  fact(name: string, args: readonly Json[]): Settled;
  traced(value: Json, sources: readonly string[], form: TracedForm, ofFact: boolean): Traced;
  /** How many earlier authorized actions of the session fit. */
  calls(
    tools: readonly string[],
    window: number | null,
    params: readonly (readonly [string, Json])[],
  ): number | Unknown;
}

/** A frame that differs from another in some of what it knows, with bound variables of its own. */
export const variant = (frame: Frame, own: Partial<Frame>): Frame =>
  Object.assign(Object.create(frame) as Frame, { locals: [], ...own });

/** What an unknown rests on: the leaves of a condition that are still open. */
export type OpenLeaf =
  /** A bullet is open where a permit serves it and it did not reach the acting tier. */
  | { readonly kind: "given" | "claim" | "bullet"; readonly name: string }
  | {
      readonly kind: "fact";
      readonly name: string;
      readonly args: readonly Value[];
      /** It stands in a loop over a list that is not known: over an empty one it would not be mentioned. */
      readonly perhaps?: true;
    }
  | {
      readonly kind: "traced";
      readonly value: Value;
      readonly sources: readonly string[];
      readonly form: TracedForm;
      readonly ofFact: boolean;
      readonly perhaps?: true;
    }
  | { readonly kind: "operation"; readonly operator: string }
  /** Known at every decision, but not from the arguments alone: time, actor, session, calls. */
  | { readonly kind: "circumstance" };

export type Visit = (leaf: OpenLeaf) => void;

/** A prepared predicate: a closure for its value, and one for what keeps it open. */
export interface Prepared {
  /** Its value in a frame. Pure and total. */
  readonly value: (frame: Frame) => Value;
  /**
   * Visits what the predicate still mentions in `known`, a frame that knows less than `full` (or `full` itself); values
   * of what is visited are taken from `full`. Visits nothing where `known` decides it.
   */
  readonly open: (known: Frame, full: Frame, visit: Visit) => void;
  /** Of a literal: its value, so that operators can be prepared for it. */
  readonly literal?: Json;
  /** Of an argument as a whole: its slot. */
  readonly slot?: number;
  /** Of a bound variable as a whole: its slot. */
  readonly local?: number;
  /** Of a bound variable's membership in a list of literals: its slot, the list, and how much of it is looked at. */
  readonly membership?: { readonly slot: number; readonly of: ReadonlySet<unknown>; readonly work: number };
}

/** How names become slots while a predicate is prepared. */
export interface Slots {
  /** The slot of each parameter of the tool. */
  readonly params: ReadonlyMap<string, number>;
  /** How the list that the tool was taken from marks it. */
  readonly annotated: readonly Annotation[];
  /** Bound variables in force, innermost last. */
  readonly locals: readonly string[];
  /** Told of every rule that is no literal, once it is prepared. */
  readonly note?: (rule: object, prepared: Prepared) => void;
}
