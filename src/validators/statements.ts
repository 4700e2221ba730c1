import type { Predicate } from "../ir/predicate.js";
import { operationOf, subRulesOf } from "../ir/sub-rules.js";
import type { Frame, Prepared } from "../logic/frame.js";
import { Found, type Index } from "../logic/index/found.js";
import { type Entry, indexOf } from "../logic/index/index.js";
import { argumentRoots, knownRoots, selectorsOf } from "../logic/index/selectors.js";
import type { ToolReader } from "./tool-reader.js";

/** A statement of the policy, its condition prepared for one tool when it is first judged. */
export class Statement<S> {
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

  get when(): Prepared {
    this.#when ??= this.#reader.prepare(this.condition);
    return this.#when;
  }

  /** Whether it reads the arguments and nothing else. */
  get isOfArguments(): boolean {
    this.#isOfArguments ??= readsOnly(this.condition);
    return this.#isOfArguments;
  }

  /** The parts of the condition that `and` joins: to tell which of them fails. */
  get parts(): readonly Prepared[] {
    const joined = (this.condition as { readonly and?: unknown }).and;
    this.#parts ??= (Array.isArray(joined) ? (joined as Predicate[]) : [this.condition]).map((part) =>
      this.#reader.prepare(part),
    );
    return this.#parts;
  }
}

const asking = new Set(["fact", "traced", "calls"]);

function readsOnly(rule: Predicate): boolean {
  const [operator, operands] = operationOf(rule);
  if (operator === "val") return operands[0] === "arg" || operands[0] === "local";
  return !asking.has(operator) && subRulesOf(rule).every((sub) => readsOnly(sub.rule));
}

/** When a statement has no say: where its condition is false, or (of a check) true by the arguments alone. */
export type Idle = "false" | "true";

/** The statements of one kind that speak of one tool in one layer, found by what they ask for. */
export class Statements<S extends Statement<unknown>> {
  readonly all: readonly S[];
  readonly #idle: Idle;
  readonly #reader: ToolReader;
  /** All, as they are found where nothing tells them apart. */
  readonly every: Found<S>;
  readonly #found: Found<S>;
  #index: Index<S> | undefined;

  constructor(all: readonly S[], reader: ToolReader, idle: Idle = "false") {
    this.all = all;
    this.#idle = idle;
    this.#reader = reader;
    this.every = new Found(all);
    this.#found = all.length > few ? new Found() : this.every;
  }

  /** At least all that have a say in a frame in which everything known is known. Good until it is called again. */
  among(frame: Frame): Found<S> {
    const found = this.#found;
    if (found === this.every) return found;
    this.#index ??= this.#indexed();
    found.count = 0;
    this.#index.collect(frame, found);
    return found;
  }

  /** The same, each once and in order. */
  inOrder(frame: Frame): S[] {
    const { at, count } = this.among(frame);
    return [...new Set(at.slice(0, count))].sort((a, b) => a.place - b.place);
  }

  #indexed(): Index<S> {
    const isCheck = this.#idle === "true";
    const keys = { roots: isCheck ? argumentRoots : knownRoots, isUrl: this.#reader.isUrl };
    const entries = this.all.map(
      (of): Entry<S> => ({ of, selectors: selectorsOf(of.condition, keys, isCheck) }),
    );
    return indexOf(entries, this.#reader.prepare);
  }
}

/** So few are looked at one by one. */
const few = 6;
