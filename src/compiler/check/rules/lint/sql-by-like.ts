import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { nodesOfKind, statementsOf } from "../support/walk.js";

const policy = (condition: string): string =>
  commission({
    tools: "tool index.query(table: string, sql: string)",
    scope: `
      permit index.query serving read
        when ${condition}`,
  });

export const sqlByLike: Rule = {
  code: "lint/sql-by-like",
  severity: "warning",
  summary: "no glob judges what SQL does",
  why:
    '`like "select *"` is true of `select 1; drop table notes`, and `like "*drop*"` false of `DROP`: case counts, a star goes across ' +
    "statements, and no glob knows a string from a keyword. A tool that takes the table and the columns as arguments can be bounded.",
  avoid: policy('sql like "select *"'),
  prefer: policy('table == "notes"'),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node: statement } of statementsOf(program, "Permit"))
      for (const node of statement.when === undefined ? [] : nodesOfKind<Match>(statement.when, "Match")) {
        if (node.operator !== "like" || !(isSql.test(node.pattern.value) || isNamedSql(node.operand)))
          continue;
        yield {
          message: "a glob does not tell what a piece of SQL does",
          span: node.span,
          label: "SQL, judged by its letters",
          help: "bound arguments such as the table, give the tool a read-only connection, or make it a `gray` line for a person to judge",
        };
      }
  },
};

type Match = Extract<Ast.Expression, { readonly kind: "Match" }>;

const isSql = /^\*?\s*(?:select|insert|update|delete|drop|alter|truncate)\s+(?:\*|from|into|table|set)/i;

const isNamedSql = (operand: Ast.Expression): boolean =>
  operand.kind === "Reference" &&
  (operand.name.text === "sql" || (operand.name.text === "lower" && operand.args?.some(isNamedSql) === true));
