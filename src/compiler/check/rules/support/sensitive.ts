import { holdsSensitive } from "../../../../ir/sensitive.js";
import type { FieldIr } from "../../../../ir/type.js";
import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Definition } from "../../../program.js";
import { nodesIn, nodesOfKind } from "./walk.js";

type Over = Extract<Ast.Expression, { readonly kind: "Quantified" | "Tally" }>;

/** Tells what of an expression comes from something that a tool's parameter marks `sensitive`. */
export interface SensitiveReads {
  /** The names within an expression that read something sensitive. */
  in(expression: Ast.Expression): Ast.Name[];
  /** Whether a name, of a parameter that `calls` compares, is a sensitive one's. */
  names(name: Ast.Name): boolean;
}

/**
 * `whole` is the expression that the others stand in: what a variable goes through is written further out. Undefined where no
 * parameter is marked.
 */
export function sensitiveReadsOf({
  program,
  typing,
}: CheckContext): ((whole: Ast.Expression) => SensitiveReads) | undefined {
  const marked = [...program.symbols.tools.values()].some(({ params }) => params.some(isSensitive));
  if (!marked) return undefined;
  const mentioned = new Map(typing.mentions.map((mention) => [mention.span, mention]));
  const parameters = (name: Ast.Name): readonly Definition[] =>
    (mentioned.get(name.span)?.definitions ?? []).filter(({ kind }) => kind === "parameter");
  const isParameter = (name: Ast.Name, fields: readonly Ast.Name[]): boolean =>
    parameters(name).some(({ tool }) => reads(tool?.params ?? [], [name, ...fields]));

  return (whole) => {
    const variables = new Set<string>();
    const readIn = (expression: Ast.Expression): Ast.Name[] =>
      nodesOfKind<Ast.Reference>(expression, "Reference").flatMap(({ root, name, args, fields }) => {
        if (root !== "name" || args !== undefined) return [];
        return isParameter(name, fields) || variables.has(name.text) ? [name] : [];
      });
    // From the outermost inward, so that a variable over a variable is known too.
    for (const node of nodesIn(whole))
      if ((node.kind === "Quantified" || node.kind === "Tally") && overSensitive(node as Over, readIn))
        variables.add((node as Over).variable.text);
    return { in: readIn, names: (name) => isParameter(name, []) };
  };
}

const isSensitive = ({ sensitive, type }: FieldIr): boolean => sensitive === true || holdsSensitive(type);

const overSensitive = ({ lists }: Over, readIn: (list: Ast.Expression) => Ast.Name[]): boolean =>
  lists.some((list) => readIn(list).length > 0);

function reads(params: readonly FieldIr[], [first, ...rest]: readonly Ast.Name[]): boolean {
  const field = params.find(({ name }) => name === first?.text);
  if (field === undefined) return false;
  if (field.sensitive) return true;
  if (rest.length === 0) return holdsSensitive(field.type);
  return typeof field.type === "object" && "record" in field.type && reads(field.type.record, rest);
}
