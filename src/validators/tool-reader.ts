import type { ToolIr } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import type { TypeIr } from "../ir/type.js";
import type { Prepared } from "../logic/frame.js";
import { prepare } from "../logic/prepare.js";

/** How conditions read the arguments of one tool. */
export class ToolReader {
  readonly tool: ToolIr;
  /** The slot of each parameter. */
  readonly slots: ReadonlyMap<string, number>;

  constructor(tool: ToolIr) {
    this.tool = tool;
    this.slots = new Map(tool.params.map((param, slot) => [param.name, slot]));
  }

  readonly prepare = (predicate: Predicate): Prepared => prepare(predicate, this.slots, this.tool.annotated);

  /** Whether a path (`arg`, a parameter, fields) is a url, and so in normal form. */
  readonly isUrl = ([root, name, ...fields]: readonly string[]): boolean => {
    if (root !== "arg") return false;
    let type = typeIn(this.tool.params, name);
    for (const field of fields)
      type = typeof type === "object" && "record" in type ? typeIn(type.record, field) : undefined;
    return type === "url";
  };
}

const typeIn = (
  fields: readonly { readonly name: string; readonly type: TypeIr }[],
  name: string | undefined,
): TypeIr | undefined => fields.find((one) => one.name === name)?.type;
