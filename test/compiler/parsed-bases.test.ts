import { expect, test } from "vitest";
import { ParsedBases } from "../../src/compiler/parsed-bases.js";

const base = (file: string, text = "policy a\n") => ({ file, text });

test("a base is parsed once while it says the same, whichever policy extends it", () => {
  const bases = new ParsedBases();
  const first = bases.parserFor("one.reshimu")(base("base.reshimu"));
  expect(bases.parserFor("other.reshimu")(base("base.reshimu"))).toBe(first);
});

test("a base that changed is parsed anew, and so is one of another name", () => {
  const parse = new ParsedBases().parserFor("one.reshimu");
  const first = parse(base("base.reshimu"));
  const changed = parse(base("base.reshimu", "policy b\n"));
  expect(changed).not.toBe(first);
  expect(changed.document.header?.name.text).toBe("b");
  expect(parse(base("other.reshimu")).document.span.file).toBe("other.reshimu");
  expect(parse(base("base.reshimu")).document.header?.name.text).toBe("a");
});

test("an entry is not remembered", () => {
  const parse = new ParsedBases().parserFor("one.reshimu");
  expect(parse(base("one.reshimu"))).not.toBe(parse(base("one.reshimu")));
});

test("of more text than may be remembered the oldest is forgotten", () => {
  const parse = new ParsedBases().parserFor("one.reshimu");
  const long = (file: string) => base(file, `policy a\n// ${"x".repeat(200 * 1024)}\n`);
  const [a, b] = [parse(long("a.reshimu")), parse(long("b.reshimu"))];
  expect(parse(long("a.reshimu"))).toBe(a);
  parse(long("c.reshimu"));
  expect(parse(long("a.reshimu"))).toBe(a);
  expect(parse(long("b.reshimu"))).not.toBe(b);
});
