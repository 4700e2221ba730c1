// `X traced to S`: who said it in this session (semantics.md, *Tracing*).
import { file, numbered, UNKNOWN } from "./terms.mjs";

const src = (name, tools, trust, more = {}) => ({ name, tools, trust, ...more });
const crm = src("crm", ["crm.read"], 0.9);
const fields = src("fields", ["crm.read"], 0.8, { fields: ["name", "home.city"] });
const notes = src("notes", ["crm.read"], 0.6, { asText: true });
const web = src("web", ["web.*"], 0.2, { asText: true });
const sources = [crm, fields, notes, web];

const yes = (support = 1) => ({ traced: true, support });
const no = { traced: false };
const open = { traced: UNKNOWN };
const saw = (tool, output, more = {}) => ({ tool, output, ...more });
const read = (output, more) => ({ observations: [saw("crm.read", output, more)] });
const browsed = (output, more) => ({ observations: [saw("web.read", output, more)] });
const one = (name, value, to, expected, world = {}, form = "text") => ({
  name,
  value,
  form,
  to: [to].flat(),
  sources,
  ...world,
  ...expected,
});

const jane = { name: "Jane Doe", home: { city: "Trier" }, phone: "555 0100", id: 412, ids: ["A-1", "B-2"] };
const leaves = [
  one("the whole value of a leaf", "Jane Doe", "crm", yes(0.9), read(jane)),
  one("in another case", "jane doe", "crm", yes(0.9), read(jane)),
  one("with punctuation around", "“Jane Doe”.", "crm", yes(0.9), read(jane)),
  one("a part of a leaf is not the whole", "Jane", "crm", open, read(jane)),
  one("more than the leaf is not the whole", "Jane Doe Smith", "crm", open, read(jane)),
  one("two leaves are not one", "Jane Doe Trier", "crm", open, read(jane)),
  one("a key is a leaf", "phone", "crm", yes(0.9), read(jane)),
  one("an element of a list", "B-2", "crm", yes(0.9), read(jane)),
  one("a number, as text", "412", "crm", yes(0.9), read(jane)),
  one("of the fields that are named", "Trier", "fields", yes(0.8), read(jane)),
  one("of a field that is not named", "555 0100", "fields", open, read(jane)),
  one("a key of the root is no named field", "name", "fields", open, read(jane)),
  one(
    "fields in a list, without indices",
    "Bob",
    "fields",
    yes(0.8),
    read([{ name: "Ann" }, { name: "Bob" }]),
  ),
  one("as text: a run of words", "Doe", "notes", yes(0.6), read(jane)),
  one(
    "as text: words in the middle",
    "met Jane Doe",
    "notes",
    yes(0.6),
    read("Yesterday we met Jane Doe, in Trier."),
  ),
  one("as text: words in another order", "Doe Jane", "notes", open, read("Jane Doe")),
  one("as text: words with another between", "Jane Doe", "notes", open, read("Jane M. Doe")),
  one("as text: a part of a word is none", "Jan", "notes", open, read("Jane")),
  one("as text: over two leaves is no run", "Doe Trier", "notes", open, read(jane)),
  one(
    "as text: punctuation between does not matter",
    "Trier 2026",
    "notes",
    yes(0.6),
    read("In Trier, 2026."),
  ),
  one("as text: two letters are never found in a text", "DE", "notes", open, read("it is DE here")),
  one("as text: three letters are", "DEU", "notes", yes(0.6), read("it is DEU here")),
  one("whole: two letters are found", "DE", "crm", yes(0.9), read({ country: "DE" })),
  one("whole: one letter is found", "x", "crm", yes(0.9), read(["x"])),
  one("nothing is not said", "", "crm", open, read([""])),
  one("punctuation alone is not said", "...", "notes", open, read("well ... yes")),
  one(
    "an address in the middle of a letter is no origin",
    "eve@evil.example",
    "crm",
    open,
    read("write to eve@evil.example now"),
  ),
  one("an address as a leaf is", "ann@acme.example", "crm", yes(0.9), read({ mail: "ann@acme.example" })),
  one("a possessive", "Jane Doe", "notes", yes(0.6), read("Jane Doe's house")),
  one("full width letters", "Jane", "crm", yes(0.9), read(["Ｊａｎｅ"])),
  one("letters composed otherwise", "Zoé", "crm", yes(0.9), read(["Zoe\u0301"])),
  one("a text of JSON is read as JSON", "Ann", "crm", yes(0.9), read('{"who":"Ann"}')),
  one("a text of YAML is read as YAML", "Ann", "crm", yes(0.9), read("who: Ann\n")),
  one("a text of words is one leaf", "Ann is here", "crm", yes(0.9), read("Ann is here")),
];

const trusts = [
  one("the highest trust of those that say it", "Jane Doe", ["notes", "crm", "fields"], yes(0.9), read(jane)),
  one("only of those that are named", "Jane Doe", ["notes", "fields"], yes(0.8), read(jane)),
  one("only of those that say it", "Doe", ["crm", "notes"], yes(0.6), read(jane)),
  one("a principal besides: 1", "Jane Doe", ["crm", "owner"], yes(1), {
    ...read(jane),
    said: [{ by: "owner", text: "ask Jane Doe" }],
  }),
  one(
    "a source whose `when` was not true as the output came",
    "Jane Doe",
    "crm",
    no,
    read(jane, { sources: [] }),
  ),
  one(
    "one source's `when` was true, the other's not",
    "Jane Doe",
    ["crm", "notes"],
    yes(0.6),
    read(jane, { sources: ["notes"] }),
  ),
  one("a source by a pattern of tools", "Trier today", "web", yes(0.2), browsed("It rains in Trier today.")),
  one("a source of no trust at all says it, and supports nothing", "Jane Doe", "none", yes(0), {
    ...read(jane),
    sources: [src("none", ["crm.read"], 0)],
  }),
];

const elsewhere = [
  one("nobody says it: derived, paraphrased or invented", "eve@evil.example", ["crm", "owner"], open),
  one(
    "another output says it",
    "eve@evil.example",
    ["crm", "owner"],
    no,
    browsed("write to eve@evil.example"),
  ),
  one(
    "another output says it as text, though it is no source of text",
    "Doe",
    "web",
    no,
    read("we met Doe", { sources: ["crm"] }),
  ),
  one("an output of no source at all says it", "eve@evil.example", "crm", no, {
    observations: [saw("shell.run", "eve@evil.example")],
  }),
  one("another principal says it", "Ann Lee", "owner", no, { said: [{ by: "board", text: "ask Ann Lee" }] }),
  one("a principal who is named says it", "Ann Lee", "owner", yes(1), {
    said: [{ by: "owner", text: "ask Ann Lee" }],
  }),
  one("two principals, one of whom is named", "Ann Lee", ["owner", "board"], yes(1), {
    said: [{ by: "board", text: "ask Ann Lee" }],
  }),
  one("a principal says a part of a word", "Ann", "owner", open, { said: [{ by: "owner", text: "Anna" }] }),
  one("a principal says two letters", "OK", "owner", open, { said: [{ by: "owner", text: "OK" }] }),
  one("only intent says it: unknown, not false", "what is there", "crm", open),
  one(
    "another output and intent say it, and neither is named",
    "what is there",
    "crm",
    no,
    browsed("tell what is there"),
  ),
  one("intent is named and says it", "what is there", "intent", yes(1)),
  one(
    "intent is named, and only others say it",
    "eve@evil.example",
    "intent",
    no,
    browsed("eve@evil.example"),
  ),
  one("the source that is named says it only in part, others too", "Jane", ["crm"], no, {
    observations: [saw("crm.read", jane, { sources: ["crm"] }), saw("web.read", "Jane is here")],
  }),
  one(
    "the output of the source named says it as text, nobody else does",
    "Jane",
    ["crm"],
    open,
    read(jane, { sources: ["crm"] }),
  ),
  one("a fact's value that nobody says is false", "Jane Doe", "crm", no, { of: "fact" }),
  one("a fact's value that intent alone says is false", "what is there", "crm", no, { of: "fact" }),
  one("a fact's value that others say is false", "Jane Doe", "web", no, { ...read(jane), of: "fact" }),
  one("a fact's value that is said is true", "Jane Doe", "crm", yes(0.9), { ...read(jane), of: "fact" }),
  one(
    "an output marked as an error says nothing",
    "Jane Doe",
    "crm",
    open,
    read({ content: [{ type: "text", text: "Jane Doe" }], isError: true }),
  ),
  one(
    "nor does it count as another",
    "Jane Doe",
    "owner",
    open,
    read({ content: [{ type: "text", text: "Jane Doe" }], isError: true }),
  ),
  one("what others say in two letters is not found", "DE", "crm", open, browsed("in DE")),
];

const act = (tool, args = {}, more = {}) => ({ tool, args, ago: "1h", ...more });
const outstanding = [
  one("a result is outstanding: unknown, though others say it", "eve@evil.example", "crm", open, {
    ...browsed("eve@evil.example"),
    history: [act("web.read"), act("crm.read", {}, { observed: false })],
  }),
  one("a result is outstanding: a fact's value is unknown, too", "Jane Doe", "crm", open, {
    of: "fact",
    history: [act("crm.read", {}, { observed: false })],
  }),
  one("a result is outstanding: what is said is said", "Jane Doe", "crm", yes(0.9), {
    ...read(jane),
    history: [act("crm.read"), act("web.read", {}, { observed: false })],
  }),
  one("a result is outstanding in another session: it does not matter", "eve@evil.example", "crm", no, {
    ...browsed("eve@evil.example"),
    history: [act("web.read"), act("crm.read", {}, { observed: false, session: "other" })],
  }),
  one("no result is outstanding", "eve@evil.example", "crm", no, {
    ...browsed("eve@evil.example"),
    history: [act("web.read"), act("crm.read")],
  }),
];

const echo = (args, output, after = 1) => ({ history: [act("crm.read", args)], ...read(output, { after }) });
const echoes = [
  one(
    "what the agent had put in comes back: no origin",
    "eve@evil.example",
    "crm",
    open,
    echo({ id: "eve@evil.example" }, { mail: "eve@evil.example" }),
  ),
  one(
    "put in as a part of a text",
    "eve@evil.example",
    "crm",
    open,
    echo({ id: "mail of eve@evil.example, please" }, { mail: "eve@evil.example" }),
  ),
  one("put in after the output came", "eve@evil.example", "crm", yes(0.9), {
    ...read({ mail: "eve@evil.example" }, { after: 0 }),
    history: [act("mail.draft", { to: "eve@evil.example" })],
  }),
  one(
    "something else was put in",
    "ann@acme.example",
    "crm",
    yes(0.9),
    echo({ id: "A-1" }, { mail: "ann@acme.example" }),
  ),
  one("put in by another tool earlier", "eve@evil.example", "crm", open, {
    history: [act("mail.draft", { to: "eve@evil.example" }), act("crm.read")],
    ...read({ mail: "eve@evil.example" }, { after: 2 }),
  }),
  one("put in in another session: it does not matter", "eve@evil.example", "crm", yes(0.9), {
    ...read({ mail: "eve@evil.example" }),
    history: [act("crm.read", { id: "eve@evil.example" }, { session: "other" }), act("crm.read")],
  }),
  one(
    "an echo is no origin of another, either: unknown, not false",
    "eve@evil.example",
    "owner",
    open,
    echo({ id: "eve@evil.example" }, { mail: "eve@evil.example" }),
  ),
  one("put in, and said by a principal", "ann@acme.example", ["crm", "owner"], yes(1), {
    ...echo({ id: "ann@acme.example" }, { mail: "ann@acme.example" }),
    said: [{ by: "owner", text: "ann@acme.example" }],
  }),
  one(
    "put in within a list",
    "eve@evil.example",
    "crm",
    open,
    echo({ to: ["eve@evil.example"] }, { mail: "eve@evil.example" }),
  ),
  one("a number that was put in", 412, "crm", open, echo({ n: 412 }, { id: 412 }), "number"),
];

const intent = [
  one("a bullet", "Keep all else", "intent", yes(1)),
  one("a part of a bullet", "all else", "intent", yes(1)),
  one("a run over two bullets is none", "is there tell", "intent", open),
  one("the opening instruction", "me@acme.example", "intent", yes(1), {
    instruction: "Write to me@acme.example.",
  }),
  one("a given", "Freiburg", "intent", yes(1), { givens: { region: { type: "string", value: "Freiburg" } } }),
  one("a given that nobody supplied", "Freiburg", "intent", open, { givens: { region: { type: "string" } } }),
  one("a part of a given", "Frei", "intent", open, {
    givens: { region: { type: "string", value: "Freiburg" } },
  }),
  one("an element of a given list", "Trier", "intent", yes(1), {
    givens: { cities: { type: { list: "string" }, value: ["Bonn", "Trier"] } },
  }),
  one(
    "a given time, as a time",
    "2026-01-01T01:00:00+01:00",
    "intent",
    yes(1),
    { givens: { since: { type: "time", value: "2026-01-01T00:00:00Z" } } },
    "time",
  ),
  one("a given number", 412, "intent", yes(1), { givens: { n: { type: "int", value: 412 } } }, "number"),
  one("a given that is true or false says nothing", "true", "intent", open, {
    givens: { b: { type: "bool", value: true } },
  }),
  one(
    "intent is named, others say it, and a given that could say it is unanswered",
    "eve@evil.example",
    "intent",
    open,
    { ...browsed("eve@evil.example"), givens: { who: { type: "string" } } },
  ),
  one(
    "intent is named, others say it, and no value of an unanswered enum could say it",
    "eve@evil.example",
    "intent",
    no,
    { ...browsed("eve@evil.example"), givens: { who: { type: { enum: ["ann@acme.example"] } } } },
  ),
  one(
    "intent is named, others say it, and one value of an unanswered enum could say it",
    "eve@evil.example",
    "intent",
    open,
    {
      ...browsed("eve@evil.example"),
      givens: { who: { type: { enum: ["ann@acme.example", "eve@evil.example"] } } },
    },
  ),
  one("intent is not named: a given that is unanswered does not matter", "eve@evil.example", "crm", no, {
    ...browsed("eve@evil.example"),
    givens: { who: { type: "string" } },
  }),
  one("two letters of the instruction", "it", "intent", open, { instruction: "do it" }),
  one("another session's principal is not heard", "Ann Lee", "owner", open),
];

const n = (name, value, output, expected, to = "crm") =>
  one(name, value, to, expected, read(output), "number");
const numbers = [
  n("a number as a number", 412, { id: 412 }, yes(0.9)),
  n("as text", 412, { id: "412" }, yes(0.9)),
  n("with a currency sign", 412, { id: "$412" }, yes(0.9)),
  n("with a currency sign behind", 412, { id: "412 €" }, yes(0.9)),
  n("with separators", 1234567, { id: "1,234,567" }, yes(0.9)),
  n("with an apostrophe between", 1234, { id: "1'234" }, yes(0.9)),
  n("with an underscore between", 1234, { id: "1_234" }, yes(0.9)),
  n("with a space between", 1234, { id: "1 234" }, yes(0.9)),
  n("with separators in odd places: no number", 12345, { id: "1,23,45" }, open),
  n("with a fraction", 1234.5, { id: "$1,234.50" }, yes(0.9)),
  n("a decimal comma is no separator", 1.5, { id: "1,5" }, open),
  n("another number", 412, { id: 413 }, open),
  n("negative", -412, { id: "-412" }, yes(0.9)),
  n("negative, with a currency sign", -412, { id: "-$412" }, yes(0.9)),
  n("its sign counts", 412, { id: -412 }, open),
  n("with an exponent", 1000, { id: "1e3" }, yes(0.9)),
  n("full width digits", 412, { id: "４１２" }, yes(0.9)),
  n("as text: in the middle", 412, "there were 412 of them", yes(0.6), "notes"),
  n("as text: with a currency sign", 1234, "pay $1,234!", yes(0.6), "notes"),
  n("as text: one digit is never found", 5, "there were 5 of them", open, "notes"),
  n("as text: two digits are not either", 41, "there were 41 of them", open, "notes"),
  n("as text: not as a part of a word", 412, "orders/412a", open, "notes"),
  n("as text: not as a part of a date", 2026, "on 2026-01-31", open, "notes"),
  n("whole: one digit is found", 5, { id: 5 }, yes(0.9)),
  n("words beside it: not the whole", 412, { id: "412 pieces" }, open),
  n("zero", 0, { id: "0.00" }, yes(0.9)),
  n("a key of digits", 412, { 412: "x" }, yes(0.9)),
];

const formed =
  (form) =>
  (name, value, output, expected, to = "crm") =>
    one(`${form}: ${name}`, value, to, expected, read(output), form);
const path = formed("path");
const url = formed("url");
const email = formed("email");
const time = formed("time");
const forms = [
  path("the same", "/a/b", { p: "/a/b" }, yes(0.9)),
  path("as normalised", "/a/b", { p: "/a/./b/" }, yes(0.9)),
  path("up and down again", "/a/b", { p: "/a/c/../b" }, yes(0.9)),
  path("case counts", "/a/b", { p: "/A/b" }, open),
  path("a relative one is another", "/a/b", { p: "a/b" }, open),
  path("as text", "/a/b", "see /a/b, please", yes(0.6), "notes"),
  path("as text: a longer one is another", "/a/b", "see /a/b/c", open, "notes"),
  path("with spaces, as text", "/a b/c d", "see /a b/c d.", yes(0.6), "notes"),
  path("composed letters", "/é", { p: "/e\u0301" }, yes(0.9)),
  url("the same", "https://acme.example/a", { u: "https://acme.example/a" }, yes(0.9)),
  url("as WHATWG writes it", "https://acme.example/b", { u: "HTTPS://ACME.example:443/a/../b" }, yes(0.9)),
  url(
    "a slash at its end does not matter",
    "https://acme.example/a",
    { u: "https://acme.example/a/" },
    yes(0.9),
  ),
  url(
    "the scheme counts where it was written",
    "https://acme.example/a",
    { u: "http://acme.example/a" },
    open,
  ),
  url("without a scheme written", "https://acme.example/a", { u: "acme.example/a" }, yes(0.9)),
  url("another path", "https://acme.example/a", { u: "https://acme.example/b" }, open),
  url("case of the path counts", "https://acme.example/a", { u: "https://acme.example/A" }, open),
  url("another query", "https://acme.example/?a", { u: "https://acme.example/?b" }, open),
  url("as text", "https://acme.example/a", "see (https://acme.example/a).", yes(0.6), "notes"),
  url(
    "as text: a longer one is another",
    "https://acme.example/a",
    "see https://acme.example/a/b",
    open,
    "notes",
  ),
  email("the same", "ann@acme.example", { m: "ann@acme.example" }, yes(0.9)),
  email("in another case", "ann@acme.example", { m: "Ann@ACME.example" }, yes(0.9)),
  email("another's, that ends alike", "ann@acme.example", { m: "joann@acme.example" }, open),
  email("in angle brackets, as text", "ann@acme.example", "Ann <ann@acme.example>", yes(0.6), "notes"),
  email("in angle brackets, whole: no", "ann@acme.example", { m: "Ann <ann@acme.example>" }, open),
  time("the same instant", "2026-01-31T09:00:00Z", { t: "2026-01-31T10:00:00+01:00" }, yes(0.9)),
  time("another instant", "2026-01-31T09:00:00Z", { t: "2026-01-31T09:00:01Z" }, open),
  time("as text", "2026-01-31T09:00:00Z", "at 2026-01-31T09:00:00Z, sharp", yes(0.6), "notes"),
  time(
    "as text, date and time apart",
    "2026-01-31T09:00:00Z",
    "at 2026-01-31 09:00:00Z, sharp",
    yes(0.6),
    "notes",
  ),
  time("local, in the zone", "2026-01-31T09:00:00Z", { t: "2026-01-31T09:00" }, yes(0.9)),
];

const many = [
  one("every element of a list", ["Jane Doe", "Trier"], "crm", yes(0.9), read(jane)),
  one("an element that nobody says: unknown", ["Jane Doe", "Bob"], "crm", open, read(jane)),
  one("an element that only others say: false", ["Jane Doe", "eve@evil.example"], "crm", no, {
    observations: [saw("crm.read", jane), saw("web.read", "eve@evil.example")],
  }),
  one("false counts more than unknown", ["Bob", "eve@evil.example"], "crm", no, browsed("eve@evil.example")),
  one("an empty list: nothing that is not said", [], "crm", { traced: true }),
  one("the weakest of a list", ["Jane Doe", "Doe"], ["crm", "notes"], yes(0.6), read(jane)),
  one("every leaf of a record", { who: "Jane Doe", where: "Trier" }, "crm", yes(0.9), read(jane), "any"),
  one("names of fields are not traced", { anything: "Jane Doe" }, "crm", yes(0.9), read(jane), "any"),
  one(
    "a leaf of a record that nobody says",
    { who: "Jane Doe", where: "Bonn" },
    "crm",
    open,
    read(jane),
    "any",
  ),
  one("a record in a list", [{ who: "Jane Doe" }], "crm", yes(0.9), read(jane), "any"),
  one("a number in a record", { id: 412 }, "crm", yes(0.9), read(jane), "any"),
  one("null in a record is nothing to trace", { a: null, b: "Jane Doe" }, "crm", yes(0.9), read(jane), "any"),
];

export const traced = () => [
  file(
    "traced/outputs.json",
    "traced",
    "what a tool source says: whole leaves, named fields, or text; and what it supports",
    numbered([...leaves, ...trusts]),
  ),
  file(
    "traced/others.json",
    "traced",
    "what none of the sources says: false, or unknown",
    numbered([...elsewhere, ...outstanding]),
  ),
  file("traced/echoes.json", "traced", "what the agent had put in is no origin", numbered(echoes)),
  file("traced/intent.json", "traced", "intent and principals", numbered(intent)),
  file("traced/numbers.json", "traced", "numbers: without currency signs and separators", numbered(numbers)),
  file("traced/forms.json", "traced", "paths, urls, addresses and times", numbered(forms)),
  file("traced/many.json", "traced", "lists and records: the weakest counts", numbered(many)),
];
