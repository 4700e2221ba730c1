import type { Predicate } from "../ir/predicate.js";
import { operationOf, subRulesOf } from "../ir/sub-rules.js";
import type { Frame, Prepared } from "../logic/frame.js";
import { Found, type Index } from "../logic/index/found.js";
import { type Entry, indexOf } from "../logic/index/index.js";
import { argumentRoots, knownRoots, selectorsOf, selectorsOfParts } from "../logic/index/selectors.js";
import type { ToolReader } from "./tool-reader.js";

/** A statement that may have a say, with what of its condition is still to be asked. */
export interface Candidate<S> {
  readonly statement: S;
  readonly when: Prepared;
}

/** A statement of the policy, its condition prepared for one tool when it is first judged. */
export class Statement<S> implements Candidate<Statement<S>> {
  readonly ir: S;
  readonly condition: Predicate;
  /** Where it stands among those of its kind in its layer. */
  readonly place: number;
  readonly #reader: ToolReader;
  #when: Prepared | undefined;
  #parts: readonly Prepared[] | undefined;
  #isOfArguments: boolean | undefined;

  constructor(ir: S, condition: Predicate, place: number, reader: ToolReader) {
    this.ir = ir;
    this.condition = condition;
    this.place = place;
    this.#reader = reader;
  }

  get statement(): this {
    return this;
  }

  get when(): Prepared {
    this.#when ??= this.#reader.prepare(this.condition);
    return this.#when;
  }

  /** Whether it reads the arguments and nothing else. */
  get isOfArguments(): boolean {
    this.#isOfArguments ??= isOfArguments(this.condition);
    return this.#isOfArguments;
  }

  /** The parts of the condition that `and` joins: to tell which of them fails. */
  get parts(): readonly Prepared[] {
    this.#parts ??= partsOf(this.condition).map((part) => this.#reader.prepare(part));
    return this.#parts;
  }
}

function partsOf(condition: Predicate): readonly Predicate[] {
  const joined = (condition as { readonly and?: unknown }).and;
  return Array.isArray(joined) ? (joined as Predicate[]) : [condition];
}

/** A statement some parts of whose condition are known to hold where it is found. */
class Rest<T extends Statement<unknown>> implements Candidate<T> {
  readonly statement: T;
  readonly #known: readonly number[];
  readonly #reader: ToolReader;
  #when: Prepared | undefined;

  constructor(statement: T, known: readonly number[], reader: ToolReader) {
    this.statement = statement;
    this.#known = known;
    this.#reader = reader;
  }

  /** The same, once one more part is known. */
  static of<U extends Statement<unknown>>(one: Candidate<U>, part: number, reader: ToolReader): Rest<U> {
    const known = one instanceof Rest ? (one as Rest<U>).#known : [];
    return new Rest(one.statement, [...known, part], reader);
  }

  get when(): Prepared {
    this.#when ??= this.#reader.prepare(this.#condition());
    return this.#when;
  }

  #condition(): Predicate {
    const rest = partsOf(this.statement.condition).filter((_, place) => !this.#known.includes(place));
    return rest.length > 1 ? { and: rest } : (rest[0] ?? true);
  }
}

const asking = new Set(["fact", "traced", "calls"]);

/** Whether a rule reads the arguments and nothing else. */
export function isOfArguments(rule: Predicate): boolean {
  const [operator, operands] = operationOf(rule);
  if (operator === "val") return operands[0] === "arg" || operands[0] === "local";
  return !asking.has(operator) && subRulesOf(rule).every((sub) => isOfArguments(sub.rule));
}

/** When a statement has no say: where its condition is false, or (of a check) true by the arguments alone. */
export type Idle = "false" | "true";

/** The statements of one kind that speak of one tool in one layer, found by what they ask for. */
export class Statements<S extends Statement<unknown>> {
  readonly all: readonly S[];
  /** All, as they are found where nothing tells them apart. */
  readonly every: Found<Candidate<S>>;
  readonly #idle: Idle;
  readonly #reader: ToolReader;
  readonly #found: Found<Candidate<S>>;
  #index: Index<Candidate<S>> | undefined;

  constructor(all: readonly S[], reader: ToolReader, idle: Idle = "false") {
    this.all = all;
    this.#idle = idle;
    this.#reader = reader;
    this.every = new Found(all);
    this.#found = all.length > few ? new Found() : this.every;
  }

  /** At least all that have a say in a frame in which everything known is known. Good until it is called again. */
  among(frame: Frame): Found<Candidate<S>> {
    const found = this.#found;
    if (found === this.every) return found;
    this.#index ??= this.#indexed();
    found.count = 0;
    this.#index.collect(frame, found);
    return found;
  }

  /** The same statements, each once and in order. */
  inOrder(frame: Frame): S[] {
    const { at, count } = this.among(frame);
    const those = new Set(at.slice(0, count).map((one) => one.statement));
    return [...those].sort((a, b) => a.place - b.place);
  }

  #indexed(): Index<Candidate<S>> {
    const reader = this.#reader;
    return indexOf(
      this.all.map((of): Entry<Candidate<S>> => ({ of, selectors: this.#selectorsOf(of) })),
      { ready: reader.prepare, without: (one, part) => Rest.of(one, part, reader) },
    );
  }

  #selectorsOf({ condition }: S): Entry<S>["selectors"] {
    const { isUrl } = this.#reader;
    return this.#idle === "true"
      ? selectorsOf(condition, { roots: argumentRoots, isUrl }, true)
      : selectorsOfParts(partsOf(condition), { roots: knownRoots, isUrl });
  }
}

/** So few are looked at one by one. */
const few = 6;
