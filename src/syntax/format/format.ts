import type { CstNode } from "chevrotain";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { NarrowingDocument, PolicyDocument, Source } from "../ast.js";
import { type Parsed, readNarrowing, readPolicy } from "../parse.js";
import { atomsOf } from "./atoms.js";
import { uselessParentheses } from "./children.js";
import { written } from "./document.js";
import { difference } from "./same.js";

/** A text in canonical form; or why there is none: it does not parse, or (a fault of the formatter) it would not be the same. */
export type Formatted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly fault?: string };

/**
 * A policy in canonical form. White space changes, parentheses that group nothing go, and that is all: every other token and
 * every comment stays as it is written, in its order. What is given back was read again and compared.
 */
export function formatPolicy(source: Source): Formatted {
  return format<PolicyDocument>(source, readPolicy);
}

/** A narrowing in canonical form, as `formatPolicy` does it. */
export function formatNarrowing(source: Source): Formatted {
  return format<NarrowingDocument>(source, readNarrowing);
}

function format<T>(source: Source, read: (source: Source) => Parsed<T>): Formatted {
  const before = read(source);
  const diagnostics = before.diagnostics.filter(({ severity }) => severity === "error");
  if (diagnostics.length > 0 || before.tree === undefined) return { ok: false, diagnostics };
  const text = layOut(source.text, before, before.tree);
  if (text === source.text) return { ok: true, text };
  const fault = difference(before, read({ file: source.file, text }));
  return fault === undefined ? { ok: true, text } : { ok: false, diagnostics: [], fault };
}

function layOut<T>(text: string, { tokens, comments }: Parsed<T>, tree: CstNode): string {
  const dropped = uselessParentheses(tree);
  return written(tree, atomsOf(text, tokens, comments, dropped));
}
