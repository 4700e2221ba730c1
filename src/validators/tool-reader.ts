import type { ToolIr } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import type { TypeIr } from "../ir/type.js";
import type { Prepared } from "../logic/frame.js";
import { prepare } from "../logic/prepare.js";

/** How conditions read the arguments of a tool, and of all that have the same. */
export class ToolReader {
  readonly params: ToolIr["params"];
  readonly annotated: ToolIr["annotated"];
  /** The slot of each parameter. */
  readonly slots: ReadonlyMap<string, number>;

  readonly #made = new Map<string, WeakMap<object, unknown>>();

  constructor(params: ToolIr["params"], annotated: ToolIr["annotated"]) {
    this.params = params;
    this.annotated = annotated;
    this.slots = new Map(params.map((param, slot) => [param.name, slot]));
  }

  /** What of a kind is made of a list for these arguments, made once: one list may be all that two blocks say. */
  once<L extends object, T>(list: L, kind: string, make: (list: L) => T): T {
    const made = this.#made.get(kind) ?? new WeakMap<object, unknown>();
    this.#made.set(kind, made);
    const known = (made.get(list) as T | undefined) ?? make(list);
    made.set(list, known);
    return known;
  }

  readonly prepare = (predicate: Predicate): Prepared => prepare(predicate, this.slots, this.annotated);

  /** Whether a path (`arg`, a parameter, fields) is a url, and so in normal form. */
  readonly isUrl = ([root, name, ...fields]: readonly string[]): boolean => {
    if (root !== "arg") return false;
    let type = typeIn(this.params, name);
    for (const field of fields)
      type = typeof type === "object" && "record" in type ? typeIn(type.record, field) : undefined;
    return type === "url";
  };
}

const typeIn = (
  fields: readonly { readonly name: string; readonly type: TypeIr }[],
  name: string | undefined,
): TypeIr | undefined => fields.find((one) => one.name === name)?.type;
