import type { Span } from "../diagnostics/diagnostic.js";
import type { TypeIr } from "../ir/type.js";
import type * as Ast from "../syntax/ast.js";
import type { Declared, DeclaredTool, Definition, NameKind } from "./program.js";
import { typeOf } from "./types.js";

const keyOf = (kind: NameKind, name: string, span: Span): string =>
  `${kind} ${name} ${span.start} ${span.file}`;

function defined(
  kind: NameKind,
  name: string,
  span: Span,
  more: Partial<Pick<Definition, "written" | "node" | "tool" | "type">> = {},
): Definition {
  return { kind, name, span, written: true, key: keyOf(kind, name, span), ...more };
}

/** The definition that a declaration other than a tool's makes. */
export function definitionOf(kind: NameKind, declared: Declared<Ast.Node>): Definition {
  const node = declared.node as Ast.Node & { readonly type?: Ast.TypeNode };
  const type = node.type === undefined ? {} : { type: typeOf(node.type) };
  return defined(kind, declared.name, declared.span, { node: declared.node, ...type });
}

export function toolDefinition(tool: DeclaredTool): Definition {
  const { line } = tool;
  return defined("tool", tool.name, tool.span, {
    written: line !== undefined && !tool.imported,
    tool,
    ...(line === undefined ? {} : { node: line }),
  });
}

/** A parameter of a tool; undefined where it has none of that name. */
export function parameterDefinition(tool: DeclaredTool, name: string): Definition | undefined {
  const param = tool.params.find((one) => one.name === name);
  if (param === undefined) return undefined;
  const line = tool.line?.params.find((one) => one.name.text === name);
  return {
    ...defined("parameter", name, line?.name.span ?? tool.span, {
      written: line !== undefined && !tool.imported,
      tool,
      type: param.type,
    }),
    // Parameters of imported tools share one place.
    key: keyOf("parameter", `${tool.name}/${name}`, tool.span),
  };
}

export function variableDefinition(name: Ast.Name, type: TypeIr | undefined): Definition {
  return defined("variable", name.text, name.span, type === undefined ? {} : { type });
}
