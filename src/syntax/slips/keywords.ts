import type { IToken, TokenType } from "chevrotain";
import { didYouMean } from "../../diagnostics/did-you-mean.js";
import { file, homeOf, isName } from "../blocks.js";
import { quoted, replacement } from "../findings.js";
import * as t from "../tokens.js";
import {
  type Explanation,
  explained,
  expects,
  foundToken,
  isType,
  placeOf,
  spanOf,
  type Trouble,
} from "../trouble.js";
import { oneOf } from "../words.js";

/** `AND`, `NOT`, `PERMIT`: keywords are in lower case. */
export function upperCase(trouble: Trouble): Explanation | undefined {
  const here = shouted(trouble.tokens[trouble.at]);
  if (here !== undefined && trouble.at < trouble.end && expects(trouble, here)) {
    return lowerCase(trouble, trouble.at, here);
  }
  // A shouted word that was taken for a name, so that what follows it does not fit.
  const before = shouted(trouble.tokens[trouble.at - 1]);
  const prefix = ["not", "has", "if", "every", "some", "no"].map(t.keyword);
  if (before === undefined || trouble.at <= trouble.start || !prefix.includes(before)) return undefined;
  return lowerCase(trouble, trouble.at - 1, before);
}

function shouted(token: IToken | undefined): TokenType | undefined {
  if (token?.tokenType !== t.Ident) return undefined;
  return t.keywordOf(token.image.toLowerCase());
}

function lowerCase(trouble: Trouble, index: number, type: TokenType): Explanation {
  const token = trouble.tokens[index] as IToken;
  const word = token.image.toLowerCase();
  const span = spanOf(trouble, token);
  return explained(
    "syntax/wrong-case",
    span,
    `${quoted(token.image)} is written \`${word}\``,
    { help: "keywords are in lower case", fix: replacement(`write \`${word}\``, span, word) },
    { index, remove: 1, insert: [t.retyped(token, type, word)] },
  );
}

const synonyms: ReadonlyMap<string, string> = new Map([
  ["if", "when"],
  ["where", "when"],
  ["provided", "when"],
  ["allow", "permit"],
  ["deny", "forbid"],
  ["reason", "because"],
  ["default", "otherwise"],
]);

/** A keyword with a slip in it, or a word of another language in its place. */
export function misspelt(trouble: Trouble): Explanation | undefined {
  return misspeltAt(trouble, trouble.at, trouble.expected) ?? misspeltGiven(trouble);
}

/** `unless` is no keyword, and means the opposite of the one that is. */
export function unless(trouble: Trouble): Explanation | undefined {
  if (foundToken(trouble)?.image !== "unless" || !expects(trouble, t.keyword("when"))) return undefined;
  return explained("syntax/unknown-keyword", placeOf(trouble), "`unless` is not a keyword", {
    label: "write `when not (…)`",
    help: "write `when not (…)`, or a `forbid` with the condition",
  });
}

function misspeltAt(
  trouble: Trouble,
  index: number,
  expected: readonly TokenType[],
): Explanation | undefined {
  const token = trouble.tokens[index];
  if (token === undefined || index >= trouble.end || token.tokenType === t.QuotedName) return undefined;
  const candidates = expected.map(t.writtenAs).filter((word) => word !== undefined && /^[a-z]/.test(word));
  const words = candidates as readonly string[];
  const synonym = synonyms.get(token.image);
  if (synonym !== undefined && words.includes(synonym)) return instead(trouble, index, synonym);
  if (!isName(token)) return undefined;
  const meant = didYouMean(token.image, words);
  return meant === undefined ? undefined : instead(trouble, index, meant);
}

/** In an intent a misspelt `given` reads as the label of a bullet. */
function misspeltGiven(trouble: Trouble): Explanation | undefined {
  const isGiven = trouble.at === trouble.start + 1 && isName(foundToken(trouble));
  const colon = isType(trouble.tokens[trouble.at + 1], t.Colon);
  if (trouble.level.rule !== "intentBody" || !isGiven || !colon) return undefined;
  return misspeltAt(trouble, trouble.start, [t.keyword("given")]);
}

function instead(trouble: Trouble, index: number, meant: string): Explanation {
  const token = trouble.tokens[index] as IToken;
  const span = spanOf(trouble, token);
  return explained(
    "syntax/unknown-keyword",
    span,
    `${quoted(token.image)} is not a keyword here`,
    {
      label: `did you mean \`${meant}\`?`,
      help: `write \`${meant}\``,
      fix: replacement(`write \`${meant}\``, span, meant),
    },
    { index, remove: 1, insert: [t.retyped(token, t.typeOf(meant), meant)] },
  );
}

/** A statement that belongs into another block, or a word that starts no statement at all. */
export function wrongPlace(trouble: Trouble): Explanation | undefined {
  const found = foundToken(trouble);
  if (found === undefined || trouble.at !== trouble.start || trouble.level.rule === "expr") return undefined;
  const home = homeOf(found.image);
  if (home !== undefined && home !== trouble.level) {
    const where = home === file ? "outside of all blocks" : `in ${home.title}`;
    return explained(
      "syntax/wrong-place",
      placeOf(trouble),
      `${quoted(found.image)} cannot stand ${placed(trouble)}`,
      {
        help: `it stands ${where}`,
      },
    );
  }
  if (found.image === "policy" && trouble.level === file) return secondHeader(trouble);
  if (!isName(found) || misspelt(trouble) !== undefined) return undefined;
  const words = trouble.level.words.map((word) => `\`${word}\``);
  return explained(
    "syntax/unknown-keyword",
    placeOf(trouble),
    `${quoted(found.image)} starts nothing that can stand ${placed(trouble)}`,
    {
      help: `what can stand here starts with ${oneOf(words)}`,
    },
  );
}

function placed({ level }: Trouble): string {
  return level === file ? "outside of all blocks" : `in ${level.title}`;
}

function secondHeader(trouble: Trouble): Explanation {
  return explained(
    "syntax/wrong-place",
    placeOf(trouble),
    "`policy` can only be the first line of a policy",
    {
      help: "leave the line out; a narrowing has no such line",
    },
  );
}
