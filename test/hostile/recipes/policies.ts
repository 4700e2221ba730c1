import { filled, many, type Make, nested, permitting, recipesOf, within } from "./fill.js";

const repeated =
  (unit: string): Make =>
  (size) =>
    filled(size, "", unit);
const nests = (open: string, core: string, close: string): Make =>
  permitting((size) => nested(size, open, core, close));
const chain = (joint: string, unit = "n"): Make =>
  permitting((size) => filled(size, unit, `${joint}${unit}`, " == 1"));
const listed = (item: (index: number) => string): Make =>
  permitting((size) => filled(size, "n in [0", (i) => `, ${item(i)}`, "]"));
const name = (i: number): string => `q${i.toString(36)}`;

/** Text that is no policy, or hardly one. */
const rough: Readonly<Record<string, Make>> = {
  nul: repeated("\0"),
  "lone-surrogates": repeated("\ud800"),
  "reversed-surrogates": repeated("\udc00\ud800 "),
  "byte-order-marks": repeated("\ufeff"),
  spaces: repeated(" "),
  lines: repeated("\n"),
  "carriage-returns": repeated("\r"),
  "line-separators": repeated("\u2028"),
  "non-breaking-spaces": repeated("\u00a0"),
  "combining-marks": repeated("a\u0301\u0302\u0303"),
  emoji: repeated("👩‍👩‍👧‍👦 "),
  "another-script": repeated("中"),
  "another-script-apart": repeated("中 "),
  "confusable-keywords": repeated("роlісу p\n"),
  quotes: repeated('"'),
  "smart-quotes": repeated("“a” "),
  "single-quotes": repeated("'a' "),
  backquotes: repeated("`"),
  "empty-names": repeated("`` "),
  backslashes: (size) => filled(size, '"', "\\"),
  "bad-escapes": (size) => filled(size, 'policy p\nprincipal a "', "\\q", '"'),
  "surrogate-escapes": (size) => filled(size, 'policy p\nprincipal a "', "\\ud800", '"'),
  "block-comments": repeated("/* "),
  "comment-stars": (size) => filled(size, "/", "*"),
  "hash-comments": repeated("# a\n"),
  comments: repeated("//\n"),
  "one-comment": (size) => filled(size, "policy p //", "a"),
  semicolons: (size) => filled(size, "policy p\n", ";"),
  "wrong-operators": (size) => filled(size, "policy p\n", "&& "),
  "wrong-numbers": (size) => filled(size, "policy p\n", "1x "),
  parentheses: repeated("("),
  "closing-parentheses": repeated(")"),
  brackets: repeated("["),
  braces: repeated("{"),
  "closing-braces": repeated("}"),
  "pairs-of-braces": repeated("{}"),
  "open-blocks": (size) => filled(size, "policy p\n", "scope {\n"),
  "broken-blocks": (size) => filled(size, "policy p\n", "scope { x }\n"),
  "empty-blocks": (size) => filled(size, "policy p\n", "scope {\n}\n"),
  "policies-in-a-policy": repeated("policy p\n"),
  words: repeated("a "),
  "lines-of-words": repeated("a\n"),
  keywords: repeated("when "),
  arrows: repeated("-> "),
  commas: repeated(", "),
  dots: (size) => filled(size, "policy p", ".q"),
  "broken-statements": (size) => filled(size, "policy p\nscope {\n", "  permit x y\n", "}\n"),
  "broken-declarations": (size) => filled(size, "policy p\n", "tool t(a b)\n"),
  "broken-once-at-the-end": (size) =>
    filled(size, "policy p\nscope {\n", "  permit x when n > 0\n", "  permit when\n}\n"),
  "broken-once-at-the-start": (size) =>
    filled(size, "policy p\nscope {\n  permit when\n", "  permit x when n > 0\n", "}\n"),
  "broken-statement-of-many-lines": (size) =>
    filled(size, "policy p\nscope {\n  permit x when n in [", "\n  1,", " 2 3]\n}\n"),
  "broken-long-statement": (size) =>
    filled(size, "policy p\nscope {\n  permit x when n in [", "1,", " 2 3]\n}\n"),
  "unclosed-strings": (size) => filled(size, "policy p\nscope {\n", '  permit x because "a\n', "}\n"),
  "unclosed-block-before-many": (size) => filled(size, "policy p\nscope {\n  permit x\n", "tool t(a: int)\n"),
  "long-name": (size) => filled(size, "policy ", "a"),
  "long-name-in-backquotes": (size) => filled(size, "policy `", "*", "`"),
  "long-unknown-word": (size) => filled(size, "policy p\n", "z"),
  "long-number": (size) => filled(size, "policy p\nscope { limit a to ", "9", " per session }"),
  "long-fraction": (size) => filled(size, "policy p\nscope { limit a to 0.", "0", "1 per session }"),
  "long-number-of-underscores": (size) =>
    filled(size, "policy p\nscope { limit a to 1", "_", " per session }"),
  "long-duration": (size) => filled(size, "policy p\nscope { limit a to 1 per 1", "0", "d }"),
};

/** Conditions. */
const conditions: Readonly<Record<string, Make>> = {
  "nested-parentheses": nests("(", "n == 1", ")"),
  "nested-lists": nests("[", "n", "]"),
  "nested-calls": nests("abs(", "n", ")"),
  "nested-not": nests("not ", "n == 1", ""),
  "nested-minus": nests("- ", "n", " == 1"),
  "nested-if-then": nests("if n == 1 then ", "n == 1", " else n == 2"),
  "nested-if-else": nests("if n == 1 then n == 2 else ", "n == 1", ""),
  "nested-quantifiers": nests("every v in l: ", "n == 1", ""),
  "nested-tallies": nests("count v in l: ", "n == 1", ""),
  "nested-fields": permitting((size) => filled(size, "j", ".a", " == 1")),
  "chain-of-and": chain(" and ", "n == 1"),
  "chain-of-or": chain(" or ", "n == 1"),
  "chain-of-plus": chain(" + "),
  "chain-of-times": chain(" * "),
  "chain-of-comparisons": chain(" == "),
  "list-of-numbers": listed((i) => `${i}`),
  "list-of-one-number": listed(() => "1"),
  "list-of-strings": permitting((size) => filled(size, 's in ["', (i) => `", "${i}`, '"]')),
  "list-of-fields": listed(() => "n"),
  "list-of-unknown-names": listed(name),
  "list-of-lists": permitting((size) => filled(size, "l in [[]", (i) => `, [${i}]`, "]")),
  "long-string": permitting((size) => filled(size, 's == "', "a", '"')),
  "long-string-of-escapes": permitting((size) => filled(size, 's == "', "\\u0061", '"')),
  "adjacent-strings": permitting((size) => filled(size, "s == ", '"a" ')),
  "glob-of-stars": permitting((size) => filled(size, 's like "', "*a", '"')),
  "glob-of-questions": permitting((size) => filled(size, 's like "', "?", '"')),
  "glob-of-brackets": permitting((size) => filled(size, 's like "', "[", '"')),
  "pattern-of-groups": permitting((size) => `s matches "${nested(size - 12, "(", "a", ")")}"`),
  "pattern-of-stars": permitting((size) => filled(size, 's matches "', "a*", '"')),
  "pattern-of-repeats": permitting((size) => filled(size, 's matches "', "a{1000}", '"')),
  "pattern-of-nested-repeats": permitting((size) => `s matches "${nested(size - 12, "(", "a", "{9})")}"`),
  "pattern-of-choices": permitting((size) => filled(size, 's matches "', "a|", '"')),
  "pattern-of-classes": permitting((size) => filled(size, 's matches "', "\\\\p{L}", '"')),
  "pattern-broken": permitting((size) => filled(size, 's matches "', "(", '"')),
  "many-patterns": permitting((size) =>
    filled(size, 's matches "a"', (i) => `\n  forbid t.x serving restrain when s matches "(a|b)*${i}"`),
  ),
  "many-sources-in-traced": permitting((size) => filled(size, "s traced to [intent", ", intent", "]")),
  "calls-with-many-windows": permitting((size) => filled(size, "calls(t.x", ", 1d", ") > 0")),
  "calls-with-many-names": permitting((size) => filled(size, "calls(t.x", (i) => `, ${name(i)}: 1`, ") > 0")),
  "arguments-of-a-call": permitting((size) => filled(size, "abs(n", ", n", ") > 0")),
};

/** Declarations and statements without number. */
const statements: Readonly<Record<string, Make>> = {
  extends: (size) =>
    filled(size, "policy p extends ", (i) => `${i === 0 ? "" : ", "}"./b${i}.reshimu"`, "\n"),
  "extends-one-again": (size) =>
    filled(size, 'policy p extends "./base.reshimu"', ', "./base.reshimu"', "\n"),
  principals: many("principals", (i) => `principal ${name(i)} "P"\n`),
  "principals-of-one-name": many("principals", 'principal owner "P"\n'),
  bullets: many("intent", (i) => `${name(i)} "b"\n`),
  givens: many("intent", (i) => `given ${name(i)}: int\n`),
  "givens-with-values": many("intent", (i) => `given ${name(i)}: list<int> = [${i}]\n`),
  "givens-of-one-name": many("intent", "given g: int\n"),
  "given-of-a-long-list": within("intent", (size) => filled(size, "given g: list<int> = [0", ", 1", "]")),
  "given-of-a-deep-record": within("intent", (size) => `given g: json = ${nested(size, "{a: ", "1", "}")}`),
  "given-of-a-wide-record": within("intent", (size) =>
    filled(size, "given g: json = {a: 1", (i) => `, ${name(i)}: 1`, "}"),
  ),
  "imports-of-tools": many("tools", (i) => `tools "./t${i}.json"\n`),
  "imports-of-one-list": many("tools", 'tools "./tools.json"\n'),
  tools: many("tools", (i) => `tool t.${name(i)}(a: int)\n`),
  "tools-of-one-name": many("tools", "tool t(a: int)\n"),
  "tools-of-prototype-names": many(
    "tools",
    (i) => `tool \`${["__proto__", "constructor", "toString", "hasOwnProperty"][i % 4]}\`(a: int)\n`,
  ),
  params: within("tools", (size) => filled(size, "tool t(a: int", (i) => `, ${name(i)}: int`, ")")),
  "params-of-one-name": within("tools", (size) => filled(size, "tool t(a: int", ", a: int", ")")),
  "type-of-nested-lists": within("tools", (size) => `tool t(a: ${nested(size, "list<", "int", ">")})`),
  "type-of-nested-records": within("tools", (size) => `tool t(a: ${nested(size, "{a: ", "int", "}")})`),
  "type-of-a-wide-record": within("tools", (size) =>
    filled(size, "tool t(a: {a: int", (i) => `, ${name(i)}: int`, "})"),
  ),
  "enum-members": within("tools", (size) =>
    filled(size, 'tool t(a: enum("a"', (i) => `, "${name(i)}"`, "))"),
  ),
  "enum-members-of-one-name": within("tools", (size) => filled(size, 'tool t(a: enum("a"', ', "a"', "))")),
  "unknown-types": many("tools", (i) => `tool t.${name(i)}(a: strin)\n`),
  permits: many("scope", (i) => `permit notes.read serving read when lines == ${i}\n`),
  "permits-all-alike": many("scope", "permit notes.read serving read when lines == 1\n"),
  "permits-of-all-tools": many("scope", (i) => `permit * serving read when ${i} == 1\n`),
  "permits-of-unknown-tools": many("scope", (i) => `permit ${name(i)} serving read\n`),
  "permits-serving-unknown": many("scope", (i) => `permit notes.read serving ${name(i)}\n`),
  "permits-by-patterns": many("scope", (i) => `permit notes.r${i % 7}* serving read\n`),
  "tools-of-a-permit": within("scope", (size) =>
    filled(size, "permit notes.read", ", notes.read", " serving read"),
  ),
  "patterns-of-a-permit": within("scope", (size) =>
    filled(size, "permit notes.read", (i) => `, n${i}*`, " serving read"),
  ),
  "bullets-of-a-permit": within("scope", (size) => filled(size, "permit notes.read serving read", ", read")),
  forbids: many("scope", (i) => `forbid notes.read serving restrain when lines == ${i}\n`),
  limits: many("scope", (i) => `limit notes.read to ${i} per session each lines\n`),
  sources: many("grounding", (i) => `source ${name(i)} is json "./a.json" trust 0.5\n`),
  "tool-sources": many("grounding", (i) => `source ${name(i)} is tool notes.read trust 0.5\n`),
  "fields-of-a-source": within("grounding", (size) =>
    filled(size, "source f is tool notes.read fields a", (i) => `, ${name(i)}.b`, " trust 0.5"),
  ),
  facts: many(
    "grounding",
    (i) => `fact ${name(i)}(a: int): int from w "/${i}"\n`,
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  "facts-of-one-name": many(
    "grounding",
    'fact f(a: int): int from w "/a"\n',
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  "sources-of-a-fact": within(
    "grounding",
    (size) => filled(size, "fact f(): int", ' from w "/a"'),
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  "long-sql": within(
    "grounding",
    (size) => filled(size, 'fact f(a: int): int from w "select ', ":a + ", '1"'),
    'source w is sqlite "./a.db" trust 0.5\n@HERE@',
  ),
  "long-sql-of-quotes": within(
    "grounding",
    (size) => filled(size, 'fact f(a: int): int from w "select ', "'", '"'),
    'source w is sqlite "./a.db" trust 0.5\n@HERE@',
  ),
  "long-sql-of-comments": within(
    "grounding",
    (size) => filled(size, 'fact f(a: int): int from w "select ', "/*", '"'),
    'source w is sqlite "./a.db" trust 0.5\n@HERE@',
  ),
  "long-pointer": within(
    "grounding",
    (size) => filled(size, 'fact f(a: int): int from w "', "/{a}", '"'),
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  "long-pointer-of-braces": within(
    "grounding",
    (size) => filled(size, 'fact f(a: int): int from w "/', "{", '"'),
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  claims: many("grounding", (i) => `claim ${name(i)}: int\n`),
  grounds: many("grounding", (i) => `ground notes.read on inference lines == ${i}\n`),
  "grounds-on-claims": many(
    "grounding",
    (i) => `ground notes.read on inference claim.c == ${i}\n`,
    "claim c: int\n@HERE@",
  ),
  "chain-of-facts": many(
    "grounding",
    (i) =>
      `fact f${i}(a: int): int from w "/a"\nground notes.read on fact f${i}(f${Math.max(0, i - 1)}(1)) == 1\n`,
    'source w is json "./a.json" trust 0.5\n@HERE@',
  ),
  classes: many("reversibility", (i) => `class ${name(i)} above ${i === 0 ? "permanent" : name(i - 1)}\n`),
  "classes-in-a-ring": many("reversibility", (i) => `class a${i % 50} above a${(i + 1) % 50}\n`),
  "classes-above-one": many("reversibility", (i) => `class ${name(i)} above read\n`),
  treats: many("reversibility", (i) => `treat notes.write as read when path like "*${i}"\n`),
  "treats-with-undo": many(
    "reversibility",
    (i) => `treat notes.write as read when path like "*${i}" by notes.read(path: path) within 1d\n`,
  ),
  "arguments-of-an-undo": within("reversibility", (size) =>
    filled(size, "treat notes.write as read by notes.read(path: path", ", path: path", ") within 1d"),
  ),
  otherwise: many("reversibility", "otherwise permanent\n"),
  thresholds: many("discernment", "threshold 0.3\n"),
  grays: many("discernment", (i) => `gray notes.read when lines == ${i} weight 0.5\n`),
  escalations: within("discernment", (size) =>
    filled(size, "escalate owner within 1h", ", then owner within 1h"),
  ),
  tiers: within("more", (size) => filled(size, "tiers a", (i) => ` > ${name(i)}`)),
  "tiers-with-boundaries": within("more", (size) => {
    const count = Math.ceil(size / 60);
    return `tiers ${Array.from({ length: count + 1 }, (_, i) => name(i)).join(" > ")}\n${Array.from({ length: count }, (_, i) => `boundary ${name(i)} -> ${name(i + 1)} {\n  carries intent.*, given.*\n  grants *\n}`).join("\n")}`;
  }),
  boundaries: many("more", (i) => `boundary ${name(i)} -> ${name(i + 1)} { grants * }\n`),
  "held-by-a-boundary": within("more", (size) =>
    filled(size, "tiers a > b\nboundary a -> b { grants notes.read", ", notes.read", " }"),
  ),
  asserts: many("more", (i) => `assert never authorize notes.read when lines == ${i}\n`),
  tests: many("more", (i) => `test "t${i}" { propose notes.read(path: "/notes/a") expect authorize }\n`),
  "tests-of-one-name": many("more", 'test "t" { propose notes.read(path: "/notes/a") expect authorize }\n'),
  "steps-of-a-test": within("more", (size) => filled(size, 'test "t" {', '\n  said owner "a"', "\n}")),
  "long-literal-in-a-test": within("more", (size) =>
    filled(size, 'test "t" { observe notes.read(path: "/a") returns [0', ", 1", "] }"),
  ),
  "deep-literal-in-a-test": within(
    "more",
    (size) => `test "t" { observe notes.read(path: "/a") returns ${nested(size, "[", "1", "]")} }`,
  ),
  "long-reason": within("scope", (size) =>
    filled(size, 'permit notes.read serving read because "', "a", '"'),
  ),
};

export const policyRecipes = recipesOf("policies", { ...rough, ...conditions, ...statements });
