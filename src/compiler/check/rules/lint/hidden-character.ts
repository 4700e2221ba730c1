import type { Edit, Span } from "../../../../diagnostics/diagnostic.js";
import type { CheckContext, Rule, Unit } from "../../../program.js";
import { commission } from "../snippets.js";
import type { Found } from "../support/found.js";
import { nodesIn } from "../support/walk.js";

/** Marks that reorder text or have no width; those that join letters or make up one picture are not among them. */
const hidden = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

const policy = (between: string): string =>
  commission({
    scope: `
      forbid notes.read serving restrain
        when path like "*/secret${between}/*"`,
  });

export const hiddenCharacter: Rule = {
  code: "lint/hidden-character",
  severity: "warning",
  summary: "what stands in a policy can be seen",
  why:
    "Marks without width make two texts that look alike differ, and marks that reorder text make one read otherwise than it works. A " +
    "reviewer sees neither. In a string they can be written as `\\u200b`, where they are meant.",
  avoid: policy("\u200b"),
  prefer: policy(String.raw`\u200b`),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units) {
      // At the very beginning it says how the file is encoded.
      const found = [...unit.source.text.matchAll(hidden)].filter(({ index }) => index > 0);
      if (found.length === 0) continue;
      const strings = stringsOf(unit);
      const texts = [...strings, ...unit.comments.map((comment) => comment.span), ...namesOf(unit)];
      for (const { 0: characters, index } of found) {
        const span = { file: unit.source.file, start: index, end: index + characters.length };
        // Anywhere else the parser does not take it in.
        if (!texts.some((one) => within(span, one))) continue;
        const fix = fixFor(unit, strings, span, characters);
        yield {
          message: `the character ${nameOf(characters)} cannot be seen here`,
          span,
          label: "stands here",
          help: "take it out, or write its escape in a string",
          ...(fix === undefined ? {} : { fix }),
        };
      }
    }
  },
};

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");

const nameOf = (characters: string): string =>
  [...new Set(characters)].map((character) => `U+${hex(character).toUpperCase()}`).join(", ");

const within = (inner: Span, outer: Span): boolean => inner.start > outer.start && inner.end <= outer.end;

function stringsOf({ document }: Unit): Span[] {
  return nodesIn(document).flatMap((node) => {
    const { kind, value } = node as { readonly kind?: string; readonly value?: unknown };
    const isString = typeof value === "string" && (kind === undefined || kind.startsWith("String"));
    return isString ? [node.span] : [];
  });
}

/** Names in backquotes, tools and patterns of them among them. */
const namesOf = ({ document }: Unit): Span[] =>
  nodesIn(document).flatMap((node) => {
    const { text, pattern, name } = node as {
      readonly text?: unknown;
      readonly pattern?: unknown;
      readonly name?: unknown;
    };
    return [text, pattern, name].some((one) => typeof one === "string") ? [node.span] : [];
  });

/** In a string its escape is the same text; in a comment nothing is lost. In a name, somebody has to say which name is meant. */
function fixFor(unit: Unit, strings: readonly Span[], span: Span, characters: string): Found["fix"] {
  const edit = (text: string): readonly Edit[] => [{ span, text }];
  if (unit.comments.some((comment) => span.start >= comment.span.start && span.end <= comment.span.end))
    return { title: "take it out of the comment", edits: edit("") };
  if (!strings.some((one) => within(span, one))) return undefined;
  return {
    title: "write its escape",
    edits: edit([...characters].map((character) => `\\u${hex(character)}`).join("")),
  };
}
