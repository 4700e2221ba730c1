import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Declared } from "../../../program.js";
import { isUnconditional } from "./conditions.js";
import { coversOne } from "./tools.js";
import { statementsOf } from "./walk.js";

/** The classes from the mildest up; empty where they are not one chain, which is reported as such. */
export function chainOf({ program }: CheckContext): readonly Declared<Ast.ClassStatement>[] {
  const all = [...program.symbols.classes.values()].flatMap(([first]) =>
    first === undefined ? [] : [first],
  );
  const above = new Map(all.map((one) => [one.node.above?.text, one]));
  const chain: Declared<Ast.ClassStatement>[] = [];
  for (let next = above.get(undefined); next !== undefined; next = above.get(next.name)) {
    chain.push(next);
    if (chain.length > all.length) return [];
  }
  return chain.length === all.length ? chain : [];
}

/** The least grave class that a tool certainly has: the gravest that a line without condition gives, else `otherwise`. */
export function certainClass(tool: string, context: CheckContext): string | undefined {
  const chain = chainOf(context).map((one) => one.name);
  const lines = [...statementsOf(context.program, "Treat")].filter(({ node }) => coversOne(node.tools, tool));
  const certain = lines.filter(({ node }) => isUnconditional(node.when, context));
  const rankOf = (name: string): number => chain.indexOf(name);
  if (certain.length > 0)
    return certain.map(({ node }) => node.as.text).reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a));
  if (lines.length > 0) return undefined;
  return [...statementsOf(context.program, "Otherwise")][0]?.node.name.text;
}
