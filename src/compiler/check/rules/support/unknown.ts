import type * as Ast from "../../../../syntax/ast.js";
import { didYouMean } from "../../../../diagnostics/did-you-mean.js";
import type { CheckContext, Unit } from "../../../program.js";
import { type Found, quote } from "./found.js";
import { mayBeHidden } from "./whole.js";

/** A kind of name: what messages call it, and what to do where nothing close exists. */
export interface Kind {
  readonly noun: string;
  readonly help: string;
}

interface Declaration {
  readonly unit: Unit;
  readonly span: Ast.Name["span"];
}

type Table = ReadonlyMap<string, readonly Declaration[]>;

/** A finding if `unit` uses a name that neither it nor any of its bases declares. */
export function* unknown(
  context: CheckContext,
  unit: Unit,
  name: Pick<Ast.Name, "text" | "span">,
  table: Table,
  kind: Kind,
): Generator<Found> {
  const named = table.get(name.text) ?? [];
  if (named.some((declaration) => context.sees(unit, declaration.unit))) return;
  if (mayBeHidden(context, unit, name.text)) return;

  const [elsewhere] = named;
  if (elsewhere !== undefined) yield outOfSight(name, elsewhere, kind);
  else yield missing(name, namesSeen(context, unit, table), kind);
}

function namesSeen({ sees }: CheckContext, unit: Unit, table: Table): string[] {
  return [...table]
    .filter(([, declared]) => declared.some((declaration) => sees(unit, declaration.unit)))
    .map(([name]) => name);
}

function missing(name: Pick<Ast.Name, "text" | "span">, seen: readonly string[], kind: Kind): Found {
  const close = didYouMean(name.text, seen);
  return {
    message: `unknown ${kind.noun} ${quote(name.text)}`,
    span: name.span,
    label: "not declared",
    help: close === undefined ? kind.help : `did you mean ${quote(close)}?`,
  };
}

function outOfSight(name: Pick<Ast.Name, "text" | "span">, elsewhere: Declaration, kind: Kind): Found {
  return {
    message: `${kind.noun} ${quote(name.text)} is not declared here or in what this file extends`,
    span: name.span,
    label: "not seen from here",
    related: [{ span: elsewhere.span, text: "declared here" }],
    help: "a file uses its own names and those of the policies it extends, never those of a policy that extends it",
  };
}
