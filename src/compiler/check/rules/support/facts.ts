import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Declared } from "../../../program.js";
import { statementsOf } from "./walk.js";

/** The kinds of source that answer for facts. */
export const sourceKinds = ["sqlite", "postgres", "http", "json", "mcp"] as const;

export type SourceKind = (typeof sourceKinds)[number];

export const isSourceKind = (name: string): name is SourceKind => sourceKinds.some((kind) => kind === name);

/** A fact's `from`, and the source it means. */
export interface Origin {
  readonly fact: Ast.FactStatement;
  readonly origin: Ast.FactOrigin;
  readonly source: Declared<Ast.SourceStatement>;
}

/** Every `from` of every fact whose source is declared where the fact can see it. */
export function* originsOf(context: CheckContext): Generator<Origin> {
  for (const { unit, node: fact } of statementsOf(context.program, "Fact")) {
    for (const origin of fact.from) {
      const declared = context.program.symbols.sources.get(origin.source.text) ?? [];
      const source = declared.find((one) => context.sees(unit, one.unit));
      if (source !== undefined) yield { fact, origin, source };
    }
  }
}
