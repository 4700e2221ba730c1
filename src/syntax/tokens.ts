import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";

/**
 * The tokens of the language. 23 words are reserved; every other keyword is *contextual*: it matches as itself where the grammar
 * asks for it and is an ordinary name everywhere else, so that no tool and no parameter is ever unspeakable.
 */

/** What can stand as a name: an identifier, a name in backquotes, or any contextual keyword. */
export const Name = createToken({ name: "Name", pattern: Lexer.NA });
/** What can stand for a value in a test, as a column of its rows: a name that neither begins a step nor means something there. */
export const Column = createToken({ name: "Column", pattern: Lexer.NA });
export const Ident = createToken({
  name: "Ident",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  categories: [Name, Column],
});
export const QuotedName = createToken({
  name: "QuotedName",
  pattern: /`[^`\n\r]+`/,
  categories: [Name, Column],
});

const reservedWords = [
  ..."and or not in within like matches traced if then else has every some no true false now".split(" "),
  ..."given claim actor session calls".split(" "),
] as const;

const contextualWords = [
  ..."policy extends zone principal key intent asks tools tool sensitive list enum".split(" "),
  ..."scope permit forbid serving when because limit sum to per each".split(" "),
  ..."grounding source is fields as text trust fresh timeout fact from agree".split(" "),
  ..."ground on inference situation effect tolerance unsupported at most".split(" "),
  ..."reversibility class above confidence confirm treat by otherwise".split(" "),
  ..."discernment threshold for gray weight fidelity least escalate".split(" "),
  ..."tiers boundary carries withholds grants passes assert never authorize without confirmation".split(" "),
  ..."test tier said observe returns fails propose message confirmed refused answered about".split(" "),
  ..."expect clarify return remedy unknown absent count".split(" "),
] as const;

/** The keywords that are no columns without backquotes. */
const noColumns: ReadonlySet<string> = new Set([
  ..."for tier fact said observe propose confirmed refused answered expect".split(" "),
  ..."unknown absent authorize confirm clarify return scope grounding reversibility discernment".split(" "),
  ..."class confidence at remedy asks".split(" "),
]);

/** Whether a word is a column as it stands. */
export function isColumn(word: string): boolean {
  return !reserved.has(word) && !noColumns.has(word);
}

const keywords = new Map<string, TokenType>();
for (const word of reservedWords) {
  keywords.set(word, createToken({ name: capitalized(word), pattern: word, longer_alt: Ident }));
}
for (const word of contextualWords) {
  keywords.set(
    word,
    createToken({
      name: capitalized(word),
      pattern: word,
      longer_alt: Ident,
      categories: noColumns.has(word) ? Name : [Name, Column],
    }),
  );
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The words that can be names only in backquotes. */
export const reserved: ReadonlySet<string> = new Set(reservedWords);

/** The token type of a keyword; asking for a word that is none is a slip in this project. */
export function keyword(word: string): TokenType {
  const type = keywords.get(word);
  if (type === undefined) throw new Error(`not a keyword: ${word}`);
  return type;
}

/** The token type of a word that may be a keyword. */
export function keywordOf(word: string): TokenType | undefined {
  return keywords.get(word);
}

const punctuation = new Map<string, TokenType>();

function sign(name: string, text: string): TokenType {
  const type = createToken({ name, pattern: text, label: text });
  punctuation.set(text, type);
  return type;
}

export const Arrow = sign("Arrow", "->");
export const EqualEqual = sign("EqualEqual", "==");
export const NotEqual = sign("NotEqual", "!=");
export const LessEqual = sign("LessEqual", "<=");
export const GreaterEqual = sign("GreaterEqual", ">=");
export const Equals = sign("Equals", "=");
export const Less = sign("Less", "<");
export const Greater = sign("Greater", ">");
export const LCurly = sign("LCurly", "{");
export const RCurly = sign("RCurly", "}");
export const LParen = sign("LParen", "(");
export const RParen = sign("RParen", ")");
export const LSquare = sign("LSquare", "[");
export const RSquare = sign("RSquare", "]");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Question = sign("Question", "?");
export const Dot = sign("Dot", ".");
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Star = sign("Star", "*");
export const Slash = sign("Slash", "/");

/** How a keyword or a sign is written, for messages; undefined for the other tokens. */
export function writtenAs(type: TokenType): string | undefined {
  if (punctuation.get(type.LABEL ?? "") === type) return type.LABEL;
  return typeof type.PATTERN === "string" ? type.PATTERN : undefined;
}

/** The token type of an operator, whether a word or a sign. */
export function typeOf(text: string): TokenType {
  return punctuation.get(text) ?? keyword(text);
}

export const Text = createToken({ name: "String", pattern: /"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*"/ });
export const Duration = createToken({
  name: "Duration",
  pattern: /[0-9][0-9_]*(?:ms|s|m|h|d)(?![A-Za-z0-9_])/,
});
export const NumberToken = createToken({ name: "Number", pattern: /[0-9][0-9_]*(?:\.[0-9]+)?/ });

/** Stands for a statement that could not be parsed. It is never read from a text: the recovery puts it there. */
export const Broken = createToken({ name: "Broken", pattern: Lexer.NA });

// ------------------------------------------------------------------ what is read only to be explained

/** An operator of another language, see `wrong-operators.ts`. */
export const WrongOperator = createToken({
  name: "WrongOperator",
  pattern: /&&?|\|\|?|===|!==|<>|!(?!=)|[→≤≥≠∧∨¬–—−]/,
});
export const SingleQuoted = createToken({
  name: "SingleQuoted",
  pattern: /'[^'\n\r]*'|[‘’][^‘’\n\r]*[‘’]/,
  categories: Text,
});
export const SmartQuoted = createToken({
  name: "SmartQuoted",
  pattern: /[“”„][^“”"\n\r]*["“”]/,
  categories: Text,
});
export const UnclosedText = createToken({
  name: "UnclosedText",
  pattern: /"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*\\?/,
  categories: Text,
});
export const UnclosedName = createToken({ name: "UnclosedName", pattern: /`[^`\n\r]*`?/, categories: Name });
export const BadNumber = createToken({
  name: "BadNumber",
  pattern: /[0-9][0-9_]*(?:(?:\.[0-9]+)?[A-Za-z]|\.[0-9]+_)[A-Za-z0-9_]*/,
  categories: NumberToken,
});
export const HashComment = createToken({ name: "HashComment", pattern: /#[^\n\r]*/ });
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?/,
  line_breaks: true,
});
export const Semicolon = createToken({ name: "Semicolon", pattern: ";" });
/** Spaces that are none of the four that the language knows, and characters that cannot be seen. */
export const Invisible = createToken({
  name: "Invisible",
  pattern: /[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\v\f\u0085]+/,
  line_breaks: false,
});
export const Unknown = createToken({
  name: "Unknown",
  pattern: /[\s\S]/,
  start_chars_hint: everyFirstCharacter(),
  line_breaks: false,
});

// The lexer sorts characters above 255 into buckets of 255: one of each is enough.
function everyFirstCharacter(): number[] {
  const codes: number[] = [];
  for (let code = 0; code < 256; code += 1) codes.push(code);
  for (let code = 256; code < 65_536; code += 255) codes.push(code);
  codes.push(65_535);
  return codes;
}

// ------------------------------------------------------------------ the list

const Space = createToken({ name: "Space", pattern: /[ \t\n\r]+/, group: Lexer.SKIPPED, line_breaks: true });
const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\n\r]*/, group: "comments" });

/** All tokens, in the order in which they are tried: what is longer or more special comes first. */
export const allTokens: TokenType[] = [
  Space,
  LineComment,
  BlockComment,
  // Longer ones first: else `in` would be found in `intent`.
  ...[...keywords].sort(([a], [b]) => b.length - a.length).map(([, type]) => type),
  Ident,
  QuotedName,
  UnclosedName,
  Text,
  UnclosedText,
  SingleQuoted,
  SmartQuoted,
  Duration,
  BadNumber,
  NumberToken,
  WrongOperator,
  ...punctuation.values(),
  HashComment,
  Semicolon,
  Invisible,
  Unknown,
  Name,
  Column,
  Broken,
];

/** The same place in the text, read as another token. */
export function retyped(token: IToken, type: TokenType, image: string): IToken {
  return { ...token, image, tokenType: type, tokenTypeIdx: type.tokenTypeIdx as number };
}

/** A token that stands for a range of tokens, or for nothing at a place. */
export function standIn(type: TokenType, image: string, first: IToken, last: IToken): IToken {
  return { ...retyped(first, type, image), ...endOf(last) };
}

/** A token of no length, directly after another one. */
export function after(token: IToken, type: TokenType, image: string): IToken {
  const end = endOffset(token);
  return { ...retyped(token, type, image), ...endOf(token), startOffset: end, startLine: token.endLine ?? 1 };
}

function endOf(token: IToken): Pick<IToken, "endOffset" | "endLine" | "endColumn"> {
  return { endOffset: endOffset(token) - 1, endLine: token.endLine ?? 1, endColumn: token.endColumn ?? 1 };
}

/** The offset behind the token. */
export function endOffset(token: IToken): number {
  return (token.endOffset ?? token.startOffset) + 1;
}
