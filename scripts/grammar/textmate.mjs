// A TextMate grammar from the definitions of the tokens, in the order in which the lexer tries them.

/** Scopes by the name of a token; keywords and signs have theirs below. */
const scopes = {
  LineComment: "comment.line.double-slash",
  BlockComment: "invalid.illegal.comment",
  QuotedName: "variable.other.quoted",
  UnclosedName: "invalid.illegal.name",
  Ident: "variable.other",
  String: "string.quoted.double",
  UnclosedText: "string.quoted.double invalid.illegal.string",
  SingleQuoted: "string.quoted.single invalid.illegal.string",
  SmartQuoted: "string.quoted.other invalid.illegal.string",
  Duration: "constant.numeric.duration",
  BadNumber: "constant.numeric invalid.illegal.number",
  Number: "constant.numeric",
  WrongOperator: "invalid.illegal.operator",
  HashComment: "invalid.illegal.comment",
  Semicolon: "invalid.illegal.terminator",
  Invisible: "invalid.illegal.character",
};

const scopesOfWords = [
  ["constant.language", ["true", "false", "now", "unknown"]],
  ["variable.language", ["given", "claim", "actor", "session", "calls"]],
  ["keyword.control", ["if", "then", "else", "every", "some", "no", "has"]],
  ["keyword.operator.word", ["and", "or", "not", "in", "within", "like", "matches", "traced"]],
];

const name = (scope) =>
  scope
    .split(" ")
    .map((one) => `${one}.reshimu`)
    .join(" ");

export function textMate({ tokens, keywords, signs, declarations, types }) {
  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "Reshimu",
    scopeName: "source.reshimu",
    fileTypes: ["reshimu"],
    patterns: [
      ...tokens
        .filter((token) => token.pattern !== undefined)
        .flatMap((token) =>
          token.name === "Ident"
            ? [...typePatterns(types), ...wordPatterns(keywords, declarations), pattern(token)]
            : [pattern(token)],
        ),
      ...signPatterns(signs),
    ],
  };
}

function pattern(token) {
  const scope = scopes[token.name];
  if (scope === undefined) throw new Error(`the token ${token.name} has no scope`);
  const match = oniguruma(token.pattern);
  if (token.name === "BlockComment") return { name: name(scope), begin: "/\\*", end: "\\*/" };
  if (token.name !== "String") return { name: name(scope), match };
  const escapes = [
    { name: name("constant.character.escape"), match: String.raw`\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})` },
    { name: name("invalid.illegal.escape"), match: String.raw`\\.` },
  ];
  return { name: name(scope), match, captures: { 0: { patterns: escapes } } };
}

const bounded = (words) => `(?<![A-Za-z0-9_])(?:${words.join("|")})(?![A-Za-z0-9_])`;
const longestFirst = (words) => [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));

function wordPatterns(keywords, declarations) {
  const special = scopesOfWords.map(([scope, words]) => [
    scope,
    words.filter((word) => keywords.includes(word)),
  ]);
  const known = new Set(special.flatMap(([, words]) => words));
  const groups = [
    ...special,
    ["storage.type", declarations.filter((word) => !known.has(word))],
    ["keyword.other", keywords.filter((word) => !known.has(word) && !declarations.includes(word))],
  ];
  return groups.map(([scope, words]) => ({ name: name(scope), match: bounded(longestFirst(words)) }));
}

/** A type is a name like any other; it is known by what stands before it. */
function typePatterns(types) {
  return [
    {
      match: `([:<])(\\s*)(${longestFirst(types).join("|")})(?![A-Za-z0-9_])`,
      captures: { 1: { name: name("punctuation.separator") }, 3: { name: name("support.type") } },
    },
  ];
}

function signPatterns(signs) {
  const isPunctuation = (sign) => /^[{}()[\],:.?]$/.test(sign);
  const escaped = (all) => longestFirst(all).map((sign) => sign.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  return [
    {
      name: name("keyword.operator"),
      match: escaped(signs.filter((sign) => !isPunctuation(sign))).join("|"),
    },
    { name: name("punctuation"), match: escaped(signs.filter(isPunctuation)).join("|") },
  ];
}

/** A pattern as the engine of editors reads it. */
const oniguruma = (source) => source.replace(/\\u([0-9A-Fa-f]{4})/g, "\\x{$1}");
