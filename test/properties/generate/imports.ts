import type { Json } from "../../../src/ir/json.js";
import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import type { Draw } from "./choices.js";
import type { Declaration, FileModel } from "./model.js";
import type { ToolShape } from "./place.js";
import { fieldText } from "./values.js";

type Schema = { readonly [key: string]: Json };

const plainly: Readonly<Record<string, string>> = {
  string: "string",
  path: "string",
  url: "string",
  email: "string",
  time: "string",
  int: "integer",
  decimal: "number",
  bool: "boolean",
};

/** A type as a JSON Schema, as near as it comes: what that leaves out a line of the policy refines. */
function schemaOf(type: TypeIr): Schema {
  // A duration has no schema: what may be anything can be refined to it.
  if (typeof type === "string") return plainly[type] === undefined ? {} : { type: plainly[type] };
  if ("enum" in type) return { type: "string", enum: [...type.enum] };
  if ("list" in type) return { type: "array", items: schemaOf(type.list) };
  return objectOf(type.record);
}

function objectOf(fields: readonly FieldIr[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field.type)])),
    required: fields.filter((field) => !field.optional).map((field) => field.name),
  };
}

/** Whether a schema says all there is of a type. */
function isSaid(type: TypeIr): boolean {
  if (typeof type === "string") return ["string", "int", "decimal", "bool", "json"].includes(type);
  if ("enum" in type) return true;
  return "list" in type ? isSaid(type.list) : type.record.every((field) => isSaid(field.type));
}

/** What a server says of a tool, or does not. */
function hints(draw: Draw): { readonly annotations?: Schema } {
  if (!draw.chance(60)) return {};
  const names = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"];
  const said = names.filter(() => draw.chance(50)).map((name) => [name, draw.chance(50)] as const);
  return { annotations: Object.fromEntries(said) };
}

/** A list of tools in a file, in one of the forms in which servers give it, and the lines that take it in and refine it. */
export function imported(
  draw: Draw,
  tools: readonly ToolShape[],
): { readonly file: FileModel; readonly declarations: readonly Declaration[] } {
  const functionForm = draw.chance(30);
  const list: Json[] = tools.map(({ name, params }) => {
    const schema = objectOf(params);
    return functionForm
      ? { type: "function", function: { name, parameters: schema } }
      : { name, inputSchema: schema, ...hints(draw) };
  });
  const whole = draw.pick<Json>([list, { tools: list }, { jsonrpc: "2.0", id: 1, result: { tools: list } }]);
  const refining = tools.flatMap(({ name, params }) => {
    const lines = params.filter((param) => !isSaid(param.type) || param.sensitive || draw.chance(30));
    return lines.length === 0 ? [] : [{ line: `tool ${name}(${lines.map(fieldText).join(", ")})` }];
  });
  return {
    file: {
      path: "tools.json",
      name: "",
      extends: [],
      declarations: [],
      verbatim: JSON.stringify(whole, null, 1),
    },
    declarations: [{ line: 'tools "tools.json"' }, ...refining],
  };
}
