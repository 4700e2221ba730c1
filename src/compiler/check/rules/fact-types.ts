import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { showType } from "../../../ir/type.js";
import { broken, isList, isScalar, typeOf } from "../../types.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

export const factTypes: Rule = {
  code: "check/fact-types",
  severity: "error",
  summary: "a fact gives one value or a list of them, and takes parameters that are always there",
  why:
    "A fact is one typed question with one answer, which can be compared and logged. Records belong to the database, which can " +
    "pick the column. A parameter that may be missing would make two questions of one, and one marked `sensitive` would be hidden " +
    "from the very record that has to show what was asked.",
  avoid: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note(id: int): { author: string, words: int }
    from archive "select author, words from notes where id = :id"
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact author(id: int): string
    from archive "select author from notes where id = :id"
  fact words(id: int): int
    from archive "select words from notes where id = :id"
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Fact")) {
      yield* result(node);
      for (const param of node.params) yield* parameter(node, param);
    }
  },
};

function* result({ name, type: node }: Ast.FactStatement): Generator<Found> {
  const type = typeOf(node);
  const element = isList(type) ? type.list : type;
  if (type === broken || element === broken || isScalar(element)) return;
  yield {
    message: `fact ${quote(name.text)} gives ${quote(showType(type))}, which no fact can`,
    span: node.span,
    label: "neither a value nor a list of values",
    help: "let the look-up pick one value, and write a fact for each that is wanted",
  };
}

function* parameter({ name }: Ast.FactStatement, param: Ast.Param): Generator<Found> {
  const flag = param.optional ? "optional" : param.sensitive ? "sensitive" : undefined;
  if (flag === undefined) return;
  yield {
    message: `parameter ${quote(param.name.text)} of fact ${quote(name.text)} is ${flag}, which no fact's can be`,
    span: param.span,
    label: flag,
    help:
      flag === "optional"
        ? "take the `?` away, and write a second fact for the question without it"
        : "take `sensitive` away: it marks parameters of tools",
  };
}
