/** What can be wrong with the text of a file, for `reshimu explain` and for the tests, which read every example. */
export interface SyntaxRule {
  readonly code: `syntax/${string}`;
  readonly severity: "error";
  readonly summary: string;
  readonly why: string;
  /** A whole file that breaks this rule and no other. */
  readonly avoid: string;
  /** A whole file that reads well. */
  readonly prefer: string;
}

/** A policy around one line of its scope. */
function permitting(line: string): string {
  return `policy notes.rules

scope {
  ${line}
}
`;
}

const rules = [
  {
    code: "syntax/bad-escape",
    severity: "error",
    summary: "strings have the escapes of JSON",
    why:
      "A string means the same here as in every JSON file of a proposal or a trace, so that nothing is hidden in it: a backslash " +
      "starts one of the escapes of JSON, control characters are escaped, and no half of a surrogate pair stands alone.",
    avoid: permitting(String.raw`permit notes.read when path matches "\d+"`),
    prefer: permitting(String.raw`permit notes.read when path matches "\\d+"`),
  },
  {
    code: "syntax/bad-name",
    severity: "error",
    summary:
      "a name is not too long; in backquotes it is closed, is not empty, and holds no star where it names a tool",
    why:
      "A name in backquotes may be anything that is visible as a name. A star in it would read as a pattern and permit more " +
      "tools than one can see.",
    avoid: permitting("permit `notes.*`"),
    prefer: permitting("permit notes.*"),
  },
  {
    code: "syntax/bad-number",
    severity: "error",
    summary: "numbers and durations can be counted exactly",
    why:
      "An int is a safe integer, a duration is whole and no longer than a hundred years, and `_` stands only between digits: " +
      "what is written is what is compared.",
    avoid: permitting("limit notes.write to 10__0 per session"),
    prefer: permitting("limit notes.write to 100 per session"),
  },
  {
    code: "syntax/chained-comparison",
    severity: "error",
    summary: "comparisons are not chained",
    why: "`0 < n < 5` means different things in different languages. Two comparisons joined by `and` mean one thing.",
    avoid: permitting("permit notes.read when 0 < n < 5"),
    prefer: permitting("permit notes.read when 0 < n and n < 5"),
  },
  {
    code: "syntax/missing-brace",
    severity: "error",
    summary: "a block is opened and closed",
    why: "Without its brace a block would take in the declarations behind it. They are read as declarations nevertheless.",
    avoid: `policy notes.rules

scope {
  permit notes.read

tool notes.read(path: path)
`,
    prefer: `policy notes.rules

scope {
  permit notes.read
}

tool notes.read(path: path)
`,
  },
  {
    code: "syntax/missing-header",
    severity: "error",
    summary: "the first line of a policy says its name",
    why: "Decisions and reports name the policy they come from; so every policy has a name, and says it first.",
    avoid: "tool notes.read(path: path)\n",
    prefer: "policy notes.rules\n\ntool notes.read(path: path)\n",
  },
  {
    code: "syntax/missing-parentheses",
    severity: "error",
    summary: "`if`, `every`, `some`, `no`, `count … in` and `sum … in` stand in parentheses as operands",
    why:
      "They reach as far to the right as they can. As an operand that something follows they would take in more than the eye " +
      "sees, so parentheses say where they end.",
    avoid: permitting('permit notes.send when not some a in to: a like "*@else.example"'),
    prefer: permitting('permit notes.send when not (some a in to: a like "*@else.example")'),
  },
  {
    code: "syntax/null",
    severity: "error",
    summary: "there is no `null`",
    why:
      "What is not known is `unknown`, and what is absent is asked for by `has`. A value that is both, as `null` is elsewhere, " +
      "would let a condition hold by accident.",
    avoid: permitting("permit notes.read when folder == null"),
    prefer: permitting("permit notes.read when not has folder"),
  },
  {
    code: "syntax/reserved-word",
    severity: "error",
    summary: "a reserved word is a name only in backquotes",
    why: "The 23 words of expressions are reserved, so that no condition can be read in two ways.",
    avoid: "policy notes.rules\n\ntool notes.find(in: path)\n",
    prefer: "policy notes.rules\n\ntool notes.find(`in`: path)\n",
  },
  {
    code: "syntax/too-deep",
    severity: "error",
    summary: "nothing nests deeper than a hundred levels",
    why: "Brackets, `not`, `-` and `if` inside each other are read by recursion, which must stay bounded whatever the text is.",
    avoid: permitting(`permit notes.read when ${"(".repeat(101)}a${")".repeat(101)}`),
    prefer: permitting("permit notes.read when (a)"),
  },
  {
    code: "syntax/too-large",
    severity: "error",
    summary: "a file has no more than a MiB",
    why: "A policy is read by people. What is larger has been generated, and is better split into layers.",
    avoid: `policy notes.rules\n// ${"-".repeat(1024 * 1024)}\n`,
    prefer: "policy notes.rules\n",
  },
  {
    code: "syntax/too-long",
    severity: "error",
    summary: "a chain has no more than five hundred operands, and a text no more than 100000 characters",
    why: "A chain of `and`, `or`, `+` or `*` makes a tree as deep as it is long. A list has no such bound.",
    avoid: permitting(`permit notes.read when ${Array.from({ length: 501 }, () => "a").join(" or ")}`),
    prefer: permitting('permit notes.read when folder in ["one", "two", "three"]'),
  },
  {
    code: "syntax/trailing-comma",
    severity: "error",
    summary: "a comma stands between two things",
    why: "Behind a last comma the next line would be taken for one more tool or name.",
    avoid: permitting("permit notes.read, notes.list,"),
    prefer: permitting("permit notes.read, notes.list"),
  },
  {
    code: "syntax/two-windows",
    severity: "error",
    summary: "`calls` looks back over one duration",
    why: "It counts the actions of one span of time. Two spans are two counts.",
    avoid: permitting("permit notes.write when calls(notes.write, 1h, 1d) < 5"),
    prefer: permitting("permit notes.write when calls(notes.write, 1h) < 5"),
  },
  {
    code: "syntax/unexpected-token",
    severity: "error",
    summary: "a statement is written as its grammar says",
    why: "A statement that cannot be read is left out as a whole, and a policy with such a statement is not used.",
    avoid: permitting("limit notes.write to three per session"),
    prefer: permitting("limit notes.write to 3 per session"),
  },
  {
    code: "syntax/unknown-character",
    severity: "error",
    summary:
      "characters that the language does not use stand in strings, comments and names in backquotes only",
    why: "A character that cannot be seen, or that looks like another one, could make a policy mean what nobody reads in it.",
    avoid: permitting("permit notes.read when owner == @me"),
    prefer: permitting("permit notes.read when owner == actor.id"),
  },
  {
    code: "syntax/unknown-keyword",
    severity: "error",
    summary: "a statement and its clauses start with the keywords of its block",
    why: "A misspelt keyword is not guessed: what it was meant to say is said in the diagnostic, and the file is refused.",
    avoid: permitting("permitt notes.read"),
    prefer: permitting("permit notes.read"),
  },
  {
    code: "syntax/unterminated-string",
    severity: "error",
    summary: "a string is closed on its line",
    why: "A forgotten quote would take in the lines behind it. A long text is written as several strings, which are one.",
    avoid: permitting('forbid notes.send because "nobody is written to'),
    prefer: permitting('forbid notes.send because "nobody is "\n    "written to"'),
  },
  {
    code: "syntax/wrong-case",
    severity: "error",
    summary: "keywords are in lower case",
    why: "There is one way to write a thing; and `NOT` would otherwise be the name of an argument.",
    avoid: permitting("permit notes.read when NOT archived"),
    prefer: permitting("permit notes.read when not archived"),
  },
  {
    code: "syntax/wrong-comment",
    severity: "error",
    summary: "comments start with `//` and end with their line",
    why: "With one kind of comment a reviewer sees on every line of a diff whether it is one.",
    avoid: permitting("permit notes.read # for the team"),
    prefer: permitting("permit notes.read // for the team"),
  },
  {
    code: "syntax/wrong-operator",
    severity: "error",
    summary: "operators are those of the language: `==`, `and`, `or`, `not`, …",
    why: "Operators of other languages are recognised and explained, and never silently taken for something else.",
    avoid: permitting('permit notes.read when folder = "drafts" and not archived'),
    prefer: permitting('permit notes.read when folder == "drafts" and not archived'),
  },
  {
    code: "syntax/wrong-place",
    severity: "error",
    summary: "a statement stands in its own block",
    why: "Each block is read by its own validator: what may be undone is not decided where tools are permitted.",
    avoid: permitting("treat notes.read as harmless"),
    prefer: `policy notes.rules

reversibility {
  treat notes.read as harmless
}
`,
  },
  {
    code: "syntax/wrong-quotes",
    severity: "error",
    summary: "strings stand in double quotes",
    why: "A string is written as in JSON, so that it can be copied from a proposal into a policy and back.",
    avoid: permitting("permit notes.read when folder == 'drafts'"),
    prefer: permitting('permit notes.read when folder == "drafts"'),
  },
] as const satisfies readonly SyntaxRule[];

/** Every code that the parser gives, in alphabetical order. */
export const syntaxRules: readonly SyntaxRule[] = rules;

export type SyntaxCode = (typeof rules)[number]["code"];
