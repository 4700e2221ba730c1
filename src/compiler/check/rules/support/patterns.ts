import type * as Ast from "../../../../syntax/ast.js";
import type { TypeIr } from "../../../../ir/type.js";
import type { CheckContext } from "../../../program.js";
import { opening } from "./conditions.js";
import { nodesOfKind, statementsOf } from "./walk.js";

export type Match = Extract<Ast.Expression, { readonly kind: "Match" }>;

/** A glob or regular expression, and what it is held against. */
export interface Matched {
  readonly node: Match;
  readonly type: TypeIr | undefined;
}

/** The patterns that let something through: of permits and checks, and beneath no `not`. A forbid that matches more is only stricter. */
export function* openingMatches(context: CheckContext): Generator<Matched> {
  const conditions = [
    ...[...statementsOf(context.program, "Permit")].flatMap(({ node }) =>
      node.effect === "permit" && node.when !== undefined ? [node.when] : [],
    ),
    ...[...statementsOf(context.program, "Ground")].map(({ node }) => node.condition),
  ];
  for (const condition of conditions)
    for (const part of opening(condition)) if (part.kind === "Match") yield matched(context, part);
}

/** All patterns. */
export function* allMatches(context: CheckContext): Generator<Matched> {
  for (const { document } of context.program.units)
    for (const node of nodesOfKind<Match>(document, "Match")) yield matched(context, node);
}

const matched = ({ typing }: CheckContext, node: Match): Matched => ({
  node,
  type: typing.types.get(node.operand),
});

/** Whether it is the host of a url. */
export const isHost = ({ operand }: Match): boolean =>
  operand.kind === "Reference" && operand.name.text === "host" && operand.args !== undefined;

/** A glob with its escaped stars out of the way. */
export const withoutEscapes = (glob: string): string => glob.replaceAll("\\*", "?");
