// Texts: `length`, `lower`, `like`, `matches`, `extract`.
import {
  absent,
  argument,
  arg,
  file,
  noResult,
  numbered,
  op,
  predicateCase,
  UNKNOWN,
  unknown,
} from "./terms.mjs";

const of = (operator, rows, told = (text) => JSON.stringify(text)) =>
  rows.map(([text, value, why]) =>
    predicateCase(`${operator} of ${told(text)}${why === undefined ? "" : `: ${why}`}`, op(operator, text), {
      value,
    }),
  );

/** Of every operator on one text: what it says of what is no known text. */
const open = (operator, ...more) => {
  const u = unknown("string");
  const x = absent("string");
  return [
    predicateCase(`${operator} of an unknown`, op(operator, u.rule, ...more), UNKNOWN, u.world),
    predicateCase(`${operator} of an absent argument`, op(operator, x.rule, ...more), UNKNOWN, x.world),
    predicateCase(`${operator} of a number has no result`, op(operator, 5, ...more), UNKNOWN),
    predicateCase(
      `${operator} of an operation without a result`,
      op(operator, noResult.rule, ...more),
      UNKNOWN,
    ),
  ];
};

const lengths = [
  ["", 0],
  ["a", 1],
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 2, "a letter and its accent are two code points"],
  ["😀", 1, "in code points, not in UTF-16 units"],
  ["👩‍👩‍👧", 5, "joined letters count each, and what joins them"],
  ["\n", 1],
  ["日本語", 3],
  [" a ", 3, "white space counts"],
];
const lowers = [
  ["", ""],
  ["ABC", "abc"],
  ["aBc 1", "abc 1"],
  ["ÄÖÜ", "äöü"],
  ["ΑΒΓ", "αβγ"],
  ["İ", "i\u0307", "a dotted capital I becomes two code points"],
  ["ẞ", "ß", "a capital sharp s"],
  ["ß", "ß"],
  ["ΟΔΟΣ", "οδος", "a sigma at the end of a word"],
  ["Ａ", "ａ", "full width letters keep their width"],
];

const likes = [
  ["abc", "abc", true, "a pattern without a star is the whole text"],
  ["abcd", "abc", false, "the whole string, not its start"],
  ["xabc", "abc", false, "the whole string, not its end"],
  ["abc", "ABC", false, "case counts"],
  ["", "", true, "nothing is like nothing"],
  ["", "*", true, "a star stands for nothing, too"],
  ["abc", "*", true, "a star stands for anything"],
  ["abc", "a*", true, "a start"],
  ["a", "a*", true, "a start and nothing after it"],
  ["ba", "a*", false, "not the start"],
  ["abc", "*c", true, "an end"],
  ["c", "*c", true, "an end and nothing before it"],
  ["cb", "*c", false, "not the end"],
  ["abc", "*b*", true, "something in the middle"],
  ["abc", "a*c", true, "both ends"],
  ["ac", "a*c", true, "both ends and nothing between"],
  ["a", "a*a", false, "one letter is not both ends"],
  ["aa", "a*a", true, "two are"],
  ["axbxc", "a*b*c", true, "two stars"],
  ["acb", "a*b*c", false, "two stars, in order"],
  ["abab", "*ab", true, "the last of two"],
  ["abc", "**", true, "two stars are as good as one"],
  ["abc", "a?c", false, "a question mark is only itself"],
  ["a?c", "a?c", true, "a question mark is itself"],
  ["abc", "a.c", false, "a dot is only itself"],
  ["abc", "[a-c]bc", false, "brackets are only themselves"],
  ["a*c", "a\\*c", true, "a star behind a backslash is itself"],
  ["abc", "a\\*c", false, "a star behind a backslash is no other"],
  ["a\\c", "a\\\\c", true, "two backslashes are one"],
  ["a\\c", "a\\c", true, "a backslash before another letter is itself"],
  ["a\nc", "a*c", false, "a star is no line break: no control character"],
  ["a\tc", "a*c", false, "a star is no tab"],
  ["a\u0000", "a*", false, "a star is no null character"],
  ["a\u0085c", "a*c", false, "nor a control character beyond ASCII"],
  ["a\nc", "a\nc", true, "a control character that the pattern writes is itself"],
  ["a\nbc", "a\nb*", true, "a control character in the literal part is fine"],
  ["a😀c", "a*c", true, "a letter beyond the basic plane"],
  ["jane@acme.example", "*@acme.example", true, "an address by its domain"],
  ["jane@acme.example.evil.example", "*@acme.example", false, "an address that only starts so"],
  ["x@acme.example\nbcc: y@evil.example", "*@acme.example*", false, "no second line passes a star"],
  ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "*a*a*a*a*a*a*a*b", false, "many stars end soon"],
  ["É", "é", false, "case counts beyond ASCII"],
  ["e\u0301", "é", false, "composition counts"],
  ["a\u2028c", "a*c", true, "a line separator is no control character"],
];
const matches = [
  ["abc", "abc", true, "itself"],
  ["abcd", "abc", false, "the whole string, not its start"],
  ["xabc", "abc", false, "the whole string, not its end"],
  ["abc", "a.c", true, "a dot"],
  ["a\nc", "a.c", false, "a dot is no line break"],
  ["a\nc", "(?s)a.c", true, "a dot with the flag s is one"],
  ["ABC", "(?i)abc", true, "the flag i"],
  ["ab", "a|ab", true, "the longer of two: the whole string must fit"],
  ["b", "a|b", true, "either"],
  ["", "a*", true, "none of many"],
  ["aaa", "a+", true, "many"],
  ["", "a+", false, "at least one"],
  ["12", "[0-9]{2}", true, "two digits"],
  ["123", "[0-9]{2}", false, "three are not two"],
  ["x", "[^a-w]", true, "a class that excludes"],
  ["a b", "a\\sb", true, "white space"],
  ["a_b", "\\w+", true, "word letters"],
  ["é", "\\w", false, "word letters are ASCII"],
  ["é", "\\p{L}", true, "a letter by its Unicode class"],
  ["abab", "(ab)*", true, "a group repeated"],
  ["foo\nbar", "^foo$", false, "the ends are of the text"],
  ["foo\nbar", "(?m)^foo$\\nbar", true, "with the flag m, of a line"],
  [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    "(a+)+",
    false,
    "linear: nested repetition ends at once",
  ],
  ["select a from b join c", "(?is).*\\bjoin\\b.*", true, "a word between its borders"],
  ["select joint", "(?is).*\\bjoin\\b.*", false, "not a part of a word"],
  ["a.b", "\\Qa.b\\E", true, "a quoted part"],
  ["😀", ".", true, "one code point"],
  ["", "", true, "nothing fits nothing"],
];
const extracts = [
  ["a1b22", "[0-9]+", ["1", "22"], "every match in order"],
  ["none", "[0-9]+", [], "no match is the empty list"],
  ["k=1 k=2", "k=([0-9])", ["1", "2"], "of a pattern with a group, what the group matched"],
  ["aaa", "aa", ["aa"], "matches do not overlap"],
  ["x@a.example, y@b.example", "[a-z]@[a-z.]+", ["x@a.example", "y@b.example"], "addresses"],
  ["", "a+", [], "of an empty text"],
  ["ab", "(a)(b)", ["a"], "of several groups the first"],
  ["b", "(a)?b", [""], "a group that took no part is empty"],
  ["A a", "(?i)a", ["A", "a"], "with a flag"],
  ["a1", "(?:[a-z])([0-9])", ["1"], "a group that does not capture does not count"],
];

const shown = (text) => JSON.stringify(text);

export const texts = () => [
  file(
    "predicates/length.json",
    "predicate",
    "`length` of a text, in Unicode code points",
    numbered([...of("length", lengths), ...open("length")]),
  ),
  file(
    "predicates/lower.json",
    "predicate",
    "`lower`: a text in lower case",
    numbered([...of("lower", lowers), ...open("lower")]),
  ),
  file(
    "predicates/like.json",
    "predicate",
    "`like`: a glob over the whole string, `*` no control character",
    numbered([
      ...likes.map(([text, pattern, value, why]) =>
        predicateCase(`${why}: ${shown(text)} like ${shown(pattern)}`, op("like", text, pattern), value),
      ),
      predicateCase(
        "an address as it was proposed",
        op("like", arg("e"), "*@acme.example"),
        true,
        argument("e", "email", "Jane@ACME.example").world,
      ),
      ...open("like", "*"),
    ]),
  ),
  file(
    "predicates/matches.json",
    "predicate",
    "`matches`: an RE2 pattern over the whole string",
    numbered([
      ...matches.map(([text, pattern, value, why]) =>
        predicateCase(
          `${why}: ${shown(text)} matches ${shown(pattern)}`,
          op("matches", text, pattern),
          value,
        ),
      ),
      ...open("matches", "a*"),
    ]),
  ),
  file(
    "predicates/extract.json",
    "predicate",
    "`extract`: every match of an RE2 pattern",
    numbered([
      ...extracts.map(([text, pattern, value, why]) =>
        predicateCase(`${why}: ${shown(pattern)} in ${shown(text)}`, op("extract", text, pattern), { value }),
      ),
      ...open("extract", "a"),
    ]),
  ),
];
