import { formatDuration } from "../ir/value.js";
import type * as Ast from "../syntax/ast.js";

/** How a cell of a row reads in the title of its test: a text without its quotes, all else as policies write it. */
export function textOfCell(cell: Ast.Literal | undefined): string {
  if (cell === undefined) return "";
  return cell.kind === "StringLiteral" ? cell.value : literal(cell);
}

function literal(value: Ast.Literal): string {
  switch (value.kind) {
    case "NumberLiteral":
      return value.decimal && Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case "DurationLiteral":
      return formatDuration(value.milliseconds);
    case "StringLiteral":
      return JSON.stringify(value.value);
    case "BoolLiteral":
      return String(value.value);
    case "ColumnLiteral":
      return value.name.text;
    case "ListLiteral":
      return `[${value.elements.map(literal).join(", ")}]`;
    case "RecordLiteral":
      return `{ ${value.fields.map((field) => `${field.name.text}: ${literal(field.value)}`).join(", ")} }`;
  }
}
