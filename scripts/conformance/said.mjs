// What is said: tokens of a text, leaves of an output.
import { file, numbered } from "./terms.mjs";

const tokenRows = [
  ["words", "Hello World", ["hello", "world"]],
  ["case is folded", "HeLLo", ["hello"]],
  ["a comma separates", "a1,b2", ["a1", "b2"]],
  ["every separator", 'a;b"c"(d)[e]{f}<g>|h', ["a", "b", "c", "d", "e", "f", "g", "h"]],
  ["white space of every kind", "a\u00a0b\tc\nd\u3000e", ["a", "b", "c", "d", "e"]],
  ["punctuation at the edges is stripped", "...end! (yes)?", ["end", "yes"]],
  ["several marks at an edge", "¿¡what!?", ["what"]],
  ["inside it is kept", "a.b_c-d/e:f#g+h&i=j?k%l", ["a.b_c-d/e:f#g+h&i=j?k%l"]],
  ["an address", "Jane@Acme.example.", ["jane@acme.example"]],
  ["a possessive", "Bob's", ["bob"]],
  ["a possessive with a curved mark", "Eve’s", ["eve"]],
  ["an apostrophe inside", "o'brien don’t", ["o'brien", "don’t"]],
  ["a url loses https", "https://Acme.example/x", ["acme.example/x"]],
  ["a url loses http", "http://acme.example", ["acme.example"]],
  ["a url keeps another scheme", "ftp://acme.example", ["ftp://acme.example"]],
  ["a slash at the end is stripped", "https://acme.example/x/", ["acme.example/x"]],
  ["a slash at the start is an edge, too", "/etc/passwd", ["etc/passwd"]],
  ["full width letters", "ＡＢＣ", ["abc"]],
  ["a ligature", "ﬁne", ["fine"]],
  ["composed and not", "e\u0301 é", ["é", "é"]],
  ["a sharp s", "STRASSE straße", ["strasse", "strasse"]],
  ["a sigma at the end of a word", "ΟΔΟΣ οδος", ["οδος", "οδος"]],
  ["nothing but punctuation is no token", "... !? — -", []],
  ["nothing at all", "", []],
  ["white space alone", " \n\t", []],
  ["a plus sign is no punctuation", "+49", ["+49"]],
  ["a currency sign is no punctuation", "$5", ["$5"]],
  ["a hash at the edge is stripped", "#12", ["12"]],
  ["a percent sign at the edge is stripped", "50%", ["50"]],
  ["quotes around", "'quoted' “curved”", ["quoted", "curved"]],
  ["a dash between spaces", "a - b", ["a", "b"]],
  ["a dash inside", "a-b", ["a-b"]],
  ["a number with a comma is two", "1,000", ["1", "000"]],
  ["a time keeps its colons", "at 09:30,", ["at", "09:30"]],
  ["letters without spaces are one", "日本語", ["日本語"]],
  ["a letter beyond the basic plane", "a😀b", ["a😀b"]],
  ["a url in brackets", "(see https://acme.example/a?b=c&d=e#f)", ["see", "acme.example/a?b=c&d=e#f"]],
  ["a possessive after a url scheme", "https://bob's", ["bob"]],
  ["an underscore at the edge", "_name_", ["name"]],
  ["a backslash inside", "a\\b", ["a\\b"]],
  ["a superscript is its digit", "x²", ["x2"]],
];
const tokenCases = tokenRows.map(([name, text, tokens]) => ({ name, text, tokens }));

const leaf = (path, text) => ({ path: path === "" ? [] : path.split("."), text });
const one = (name, output, leaves, more = {}) => ({
  name,
  output,
  ...more,
  leaves: leaves.map(([path, text]) => leaf(path, text)),
});
const structured = [
  one("a record: keys and values", { name: "Ann", age: 3 }, [
    ["", "name"],
    ["name", "Ann"],
    ["", "age"],
    ["age", "3"],
  ]),
  one(
    "a list: without indices",
    ["a", "b"],
    [
      ["", "a"],
      ["", "b"],
    ],
  ),
  one(
    "records in a list",
    [{ n: 1 }, { n: 2 }],
    [
      ["", "n"],
      ["n", "1"],
      ["", "n"],
      ["n", "2"],
    ],
  ),
  one("a record in a record", { a: { b: "c" } }, [
    ["", "a"],
    ["a", "b"],
    ["a.b", "c"],
  ]),
  one("a list in a record", { a: ["x", "y"] }, [
    ["", "a"],
    ["a", "x"],
    ["a", "y"],
  ]),
  one("truth values are leaves by their text", { a: true, b: false }, [
    ["", "a"],
    ["a", "true"],
    ["", "b"],
    ["b", "false"],
  ]),
  one("null says nothing, but its key does", { a: null }, [["", "a"]]),
  one(
    "numbers by their JSON text; a whole number that cannot be told exactly says nothing",
    [0.5, -1, 1e21, 100],
    [
      ["", "0.5"],
      ["", "-1"],
      ["", "100"],
    ],
  ),
  one("an empty record says nothing", {}, []),
  one("an empty list says nothing", [], []),
  one("null alone says nothing", null, []),
  one("a number alone", 42, [["", "42"]]),
  one("an empty text says nothing", "", []),
  one("an empty text as a value is a leaf", { a: "" }, [
    ["", "a"],
    ["a", ""],
  ]),
];
const texts = [
  one("a text that is no list or record is one leaf", "Hello, Ann.", [["", "Hello, Ann."]]),
  one("a text of JSON is read as JSON", '{"name":"Ann","ids":[1,2]}', [
    ["", "name"],
    ["name", "Ann"],
    ["", "ids"],
    ["ids", "1"],
    ["ids", "2"],
  ]),
  one("a text of a JSON text is that text", '"Ann"', [["", "Ann"]]),
  one("a text of a JSON number is a leaf", "42", [["", "42"]]),
  one("a text of YAML whose root is a map", "name: Ann\nage: 3\n", [
    ["", "name"],
    ["name", "Ann"],
    ["", "age"],
    ["age", "3"],
  ]),
  one("a text of YAML whose root is a list", "- Ann\n- Bob\n", [
    ["", "Ann"],
    ["", "Bob"],
  ]),
  one(
    "YAML by the failsafe schema: no word is a truth value, no number is read",
    "a: yes\nb: 0x10\nc: 1_000\nd: null\n",
    [
      ["", "a"],
      ["a", "yes"],
      ["", "b"],
      ["b", "0x10"],
      ["", "c"],
      ["c", "1_000"],
      ["", "d"],
      ["d", "null"],
    ],
  ),
  one("YAML: lists of maps without indices", "- id: 1\n- id: 2\n", [
    ["", "id"],
    ["id", "1"],
    ["", "id"],
    ["id", "2"],
  ]),
  one("YAML: quoted texts without quotes", "a: \"x y\"\nb: 'z'\n", [
    ["", "a"],
    ["a", "x y"],
    ["", "b"],
    ["b", "z"],
  ]),
  one("YAML: comments say nothing", "a: 1 # one\n", [
    ["", "a"],
    ["a", "1"],
  ]),
  one("YAML whose root is a word is one text", "just words", [["", "just words"]]),
  one("a text with a colon inside a word is one text", "see https://acme.example/a", [
    ["", "see https://acme.example/a"],
  ]),
  one("broken JSON is one text", '{"a":1', [["", '{"a":1']]),
  one("two documents of YAML are one text", "a: 1\n---\nb: 2\n", [["", "a: 1\n---\nb: 2\n"]]),
  one("a key twice in YAML: one text", "a: 1\na: 2\n", [["", "a: 1\na: 2\n"]]),
  one("YAML aliases are what they name", "a: &x Ann\nb: *x\n", [
    ["", "a"],
    ["a", "Ann"],
    ["", "b"],
    ["b", "Ann"],
  ]),
  one("YAML: a key whose value is nothing", "a:\nb: 1\n", [
    ["", "a"],
    ["a", ""],
    ["", "b"],
    ["b", "1"],
  ]),
  one("several lines of words are one text", "Hello.\nBye.\n", [["", "Hello.\nBye.\n"]]),
];
const mcp = [
  one(
    "an MCP result: its structured content",
    { content: [{ type: "text", text: "unused" }], structuredContent: { a: "b" } },
    [
      ["", "a"],
      ["a", "b"],
    ],
  ),
  one(
    "an MCP result without structured content: its texts, each by itself",
    {
      content: [
        { type: "text", text: '{"a":"b"}' },
        { type: "text", text: "words here" },
      ],
    },
    [
      ["", "a"],
      ["a", "b"],
      ["", "words here"],
    ],
  ),
  one(
    "an MCP result: parts that are no texts say nothing",
    {
      content: [
        { type: "image", data: "AAAA", mimeType: "image/png" },
        { type: "text", text: "seen" },
      ],
    },
    [["", "seen"]],
  ),
  one(
    "an MCP result marked as an error says nothing",
    { content: [{ type: "text", text: "Ann" }], isError: true },
    [],
  ),
  one("any output marked as an error says nothing", { name: "Ann", isError: true }, []),
  one("isError false is no error", { content: [{ type: "text", text: "Ann" }], isError: false }, [
    ["", "Ann"],
  ]),
  one("a record with a content of another form is a record", { content: "Ann" }, [
    ["", "content"],
    ["content", "Ann"],
  ]),
  one("a result with other keys is a record", { content: [], other: "Ann" }, [
    ["", "content"],
    ["", "other"],
    ["other", "Ann"],
  ]),
];

export const said = () => [
  file(
    "tokens/tokens.json",
    "tokens",
    "tokens of a text, as `traced to` compares them",
    numbered(tokenCases),
  ),
  file(
    "tokens/leaves.json",
    "leaves",
    "an output read as leaves: structured content, else JSON, else YAML, else one text",
    numbered([...structured, ...texts, ...mcp]),
  ),
];
