import type { CheckContext, Rule, Unit } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { nodesIn } from "../support/walk.js";

const policy = (name: string): string =>
  commission({
    scope: `
      forbid notes.read serving restrain
        when path like "*/${name}/*"`,
  });

export const mixedScripts: Rule = {
  code: "lint/mixed-scripts",
  severity: "warning",
  summary: "a word is written in one script",
  why:
    "A Cyrillic or Greek letter that looks like a Latin one makes a name that nobody can tell from another, and that is not the " +
    "other. What was forbidden under the one name goes through under the other.",
  avoid: policy("s\u0435cret"),
  prefer: policy("secret"),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units)
      for (const { text, start } of wordsOf(unit)) {
        const odd = /\p{Script=Latin}/u.test(text) ? lookAlike.exec(text)?.[0] : undefined;
        if (odd === undefined) continue;
        const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
        yield {
          message: `${quote(text.slice(0, 100))} mixes Latin letters with \`${odd}\`, which is U+${code}`,
          span: { file: unit.source.file, start, end: start + text.length },
          label: "is not what it looks like",
          help: "write the word in one script",
        };
      }
  },
};

/** Cyrillic, and the letters of Greek that are drawn like Latin ones: others are seen for what they are. */
const lookAlike = /[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυ]/u;

/** The words of strings and names. */
function* wordsOf({ document, source }: Unit): Generator<{ readonly text: string; readonly start: number }> {
  // Nearly every file is ASCII, and then there is nothing to look for.
  if (!lookAlike.test(source.text)) return;
  const told = new Set<number>();
  for (const node of nodesIn(document)) {
    const { value, text, span } = node as { readonly value?: unknown; readonly text?: unknown } & typeof node;
    if (typeof value !== "string" && typeof text !== "string") continue;
    for (const word of source.text.slice(span.start, span.end).matchAll(/[\p{L}\p{M}]+/gu)) {
      const start = span.start + word.index;
      if (told.has(start)) continue;
      told.add(start);
      yield { text: word[0], start };
    }
  }
}
