import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { allMatches } from "../support/patterns.js";

const policy = (condition: string): string =>
  commission({
    scope: `
      permit notes.read serving read
        when ${condition}`,
  });

export const looseRegex: Rule = {
  code: "lint/loose-regex",
  severity: "warning",
  summary: "a regular expression matches no more than it says",
  why:
    "Brackets are one character of a set: `[draft]+` is every word of these five letters, and `[a|b]` a bar too. A bare dot is any " +
    "character, so that `acme.example` is `acmeXexample` as well. Both look like what they are not.",
  avoid: policy(String.raw`path matches "/[draft]+/.*\\.md"`),
  prefer: policy(String.raw`path matches "/(?:draft)+/.*\\.md"`),
  *check(context: CheckContext): Iterable<Found> {
    for (const { node } of allMatches(context)) {
      if (node.operator !== "matches") continue;
      const slip = classSlip(node.pattern.value) ?? dotSlip(node.pattern.value);
      if (slip === undefined) continue;
      yield {
        message: `${quote(slip.text)} in this pattern matches more than it says`,
        span: node.pattern.span,
        label: slip.label,
        help: slip.help,
      };
    }
  },
};

interface Slip {
  readonly text: string;
  readonly label: string;
  readonly help: string;
}

/** A class of one character that reads as a word or a choice. */
function classSlip(pattern: string): Slip | undefined {
  for (const [text, negated, inner = ""] of pattern.replace(/\\./g, "\0\0").matchAll(/\[(\^?)([^\][]*)\]/g)) {
    if (negated === "" && (isChoice(inner) || isWord(inner)))
      return {
        text,
        label: "one character of these",
        help: isChoice(inner) ? `write \`(?:${inner})\` for a choice` : `write \`(?:${inner})\` for the word`,
      };
  }
  return undefined;
}

const isChoice = (inner: string): boolean => /^[\p{L}\p{N}_]+(?:\|[\p{L}\p{N}_]+)+$/u.test(inner);

/** Letters of one case that are written twice, or are not in the order that a list of letters has, with vowels among them. */
function isWord(inner: string): boolean {
  if (!/^(?:[a-z]{3,}|[A-Z]{3,})$/.test(inner)) return false;
  const letters = [...inner];
  if (new Set(letters).size < letters.length) return true;
  const sorted = letters.every((letter, i) => i === 0 || letter > (letters[i - 1] ?? ""));
  return letters.length > 3 && !sorted && /[aeiou]/i.test(inner) && /[^aeiou]/i.test(inner);
}

/** A dot inside what reads as a host or a file's name. */
function dotSlip(pattern: string): Slip | undefined {
  const plain = pattern.replace(/\\./g, "\0\0").replace(/\[[^\]]*\]/g, (set) => "\0".repeat(set.length));
  const found = /(?<=^|[^A-Za-z0-9-])[A-Za-z0-9-]{2,}\.[a-z]{2,}(?=$|[/:|)])/.exec(plain);
  if (found === null) return undefined;
  const text = found[0];
  return {
    text,
    label: "its dot is any character",
    help: `write \`${text.replace(".", "\\\\.")}\``,
  };
}
