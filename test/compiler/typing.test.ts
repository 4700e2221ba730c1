import { describe, expect, test } from "vitest";
import { contextOf, problemsOf, typed, workshop } from "./support.js";

describe("types of expressions", () => {
  test.each([
    ["3", "int"],
    ["3.0", "decimal"],
    ["-n", "int"],
    ["4h", "duration"],
    ["-span", "duration"],
    ['"a"', "string"],
    ["true", "bool"],
    ["now", "time"],
    ["n + 1", "int"],
    ["n * n - 2", "int"],
    ["n + 1.5", "decimal"],
    ["n / 2", "decimal"],
    ["amount * n", "decimal"],
    ["at - now", "duration"],
    ["at + 2d", "time"],
    ["2d + at", "time"],
    ["now - 90d", "time"],
    ["span * 2", "duration"],
    ["1.5 * span", "duration"],
    ["span - 1h", "duration"],
    ['at - "2026-01-01"', "duration"],
    ["if flag then 1 else 2.5", "decimal"],
    ["if flag then mail else mail", "email"],
    ["count(words)", "int"],
    ["sum(ints)", "int"],
    ["sum(nums)", "decimal"],
    ["length(text)", "int"],
    ["length(file)", "int"],
    ["lower(mail)", "string"],
    ["host(link)", "string"],
    ['host("https://a.example/x")', "string"],
    ["scheme(link)", "string"],
    ["extension(file)", "string"],
    ["abs(n)", "int"],
    ["abs(at - now)", "duration"],
    ["min(n, 2.5)", "decimal"],
    ["max(at, now, given.since)", "time"],
    ["hour(now)", "int"],
    ["weekday(at)", "int"],
    ['extract(text, "#([0-9]+)")', "list<string>"],
    ["actor.id", "string"],
    ["actor.tier", "string"],
    ["actor.roles", "list<string>"],
    ["session.trust", "decimal"],
    ["session.instruction", "string"],
    ["given.since", "time"],
    ["given.who.name", "string"],
    ["rec.name", "string"],
    ["total(given.region)", "int"],
    ["total(text)", "int"],
    ["cutoff(now - 1d)", "time"],
    ['cutoff("2026-02-01T10:00")', "time"],
    ["amount_of(n)", "decimal"],
    ["calls(t.*)", "int"],
    ["calls(t.other, 1h, text: text)", "int"],
    ["(count v in words: v == text)", "int"],
    ["(sum v in ints: v * 2)", "int"],
    ["(sum v in nums: v / 2)", "decimal"],
    ["n == 3", "bool"],
    ["n == 3.5", "bool"],
    ["[1, 2.5]", "list<decimal>"],
    ['["a", text]', "list<string>"],
    ["[mail]", "list<email>"],
  ])("%s is a %s", (expression, type) => {
    expect(typed(expression)).toBe(type);
  });
});

describe("conditions that are sound", () => {
  test.each([
    ['kind == "a"'],
    ['"b" != kind'],
    ['kind in ["a", "b"]'],
    ['"a" in kinds'],
    ['mail == "x@acme.example"'],
    ['"x@acme.example" in mails'],
    ['mail in ["x@acme.example"]'],
    ['at > "2026-01-01"'],
    ['"2026-01-01T09:00" <= at'],
    ['file within "/reports"'],
    ['link within "https://acme.example/api"'],
    ['file == "/a/b"'],
    ["n in [1, 2]"],
    ["n in [1.5]"],
    ["n not in ints"],
    ["text in []"],
    ['"admin" in actor.roles'],
    ['actor.tier == "workflow"'],
    ['text like "a*"'],
    ['link like "https:*"'],
    ['kind matches "a|b"'],
    ["text traced to intent"],
    ["mails traced to [intent, owner, web]"],
    ["rec traced to web"],
    ["blob traced to web"],
    ["words traced to board"],
    ["at traced to intent"],
    ['every m in mails: m like "*@acme.example"'],
    ["some v in words, names(n): v == text"],
    ['no v in words, ["a", "b"]: v == text'],
    ["every r in recs: r.name != text"],
    ["every r in recs: has r.score and r.score > 1"],
    ["every v in opts: v != text"],
    ["(count v in opts: v == text) == 0"],
    ["flag == true"],
    ["flag"],
    ["not flag"],
    ["if flag then n > 1 else n > 2"],
    ["session.trust >= 0.5 and session.id != actor.id"],
    ['(if flag then "a" else "b") == kind'],
    ['kind == (if flag then "a" else "b")'],
    ["max(n, 2) > 1 and abs(amount - n / 2) <= 0.005"],
    ["hour(now) >= 9 and weekday(now) <= 5"],
    ["total(given.region) > given.limit"],
    ["`text` == `text`"],
  ])("%s", (condition) => {
    expect(problemsOf(condition)).toEqual([]);
  });
});

describe("slips, each with one diagnostic", () => {
  test.each([
    ["txt == text", "check/unknown-name"],
    ["given.regoin == text", "check/unknown-name"],
    ["region == text", "check/unknown-name"],
    ["actor.name == text", "check/unknown-name"],
    ["rec.nam == text", "check/unknown-name"],
    ["totl(text) == 1", "check/unknown-name"],
    ["result.id == text", "check/unknown-name"],
    ["text traced to wbe", "check/unknown-name"],
    ["calls(t.other, who: text) > 1", "check/unknown-name"],
    ["calls(t.nothing) > 1", "check/unknown-tool"],
    ["calls(u.*) > 1", "check/unknown-tool"],
    ["text == 3", "check/type-mismatch"],
    ["text == mail", "check/type-mismatch"],
    ["file == text", "check/type-mismatch"],
    ["n", "check/type-mismatch"],
    ["n and flag", "check/type-mismatch"],
    ["not text", "check/type-mismatch"],
    ["text + 1 == 2", "check/type-mismatch"],
    ["at + at > now", "check/type-mismatch"],
    ["span / 2 > 1h", "check/type-mismatch"],
    ["-text == 1", "check/type-mismatch"],
    ['text within "/a"', "check/type-mismatch"],
    ["file within link", "check/type-mismatch"],
    ['n like "1*"', "check/type-mismatch"],
    ["n in text", "check/type-mismatch"],
    ["n in words", "check/type-mismatch"],
    ["count(text) > 1", "check/type-mismatch"],
    ["sum(words) > 1", "check/type-mismatch"],
    ["max(n, at) > 1", "check/type-mismatch"],
    ["host(text) == text", "check/type-mismatch"],
    ["total(n) > 1", "check/type-mismatch"],
    ["calls(t.other, n: text) > 1", "check/type-mismatch"],
    ["text traced to world", "check/type-mismatch"],
    ["flag traced to intent", "check/type-mismatch"],
    ["recs traced to intent", "check/type-mismatch"],
    ["every v in text: v == text", "check/type-mismatch"],
    ["every v in words, ints: v == text", "check/type-mismatch"],
    ['text.a == "x"', "check/type-mismatch"],
    ['blob.a == "x"', "check/type-mismatch"],
    ["if flag then 1 else text", "check/type-mismatch"],
    ["[1, text] == 2", "check/type-mismatch"],
    ["text < text", "check/not-comparable"],
    ["file > file", "check/not-comparable"],
    ["kind < kind", "check/not-comparable"],
    ["words == words", "check/not-comparable"],
    ["rec == rec", "check/not-comparable"],
    ["blob == blob", "check/not-comparable"],
    ["words in [words]", "check/not-comparable"],
    ['mail == "nobody"', "check/bad-literal"],
    ['kind == "c"', "check/bad-literal"],
    ['kind in ["a", "c"]', "check/bad-literal"],
    ['at > "yesterday"', "check/bad-literal"],
    ['at > "2026-02-30"', "check/bad-literal"],
    ['file within "../up"', "check/bad-literal"],
    ['link within "acme.example"', "check/bad-literal"],
    ['text matches "("', "check/bad-pattern"],
    ['text matches "a(?=b)"', "check/bad-pattern"],
    ['extract(text, "(a)(b)") == words', "check/bad-pattern"],
    ["count(extract(text, text)) > 1", "check/bad-pattern"],
    ["total() > 1", "check/wrong-arguments"],
    ["total(text, text) > 1", "check/wrong-arguments"],
    ["abs() > 1", "check/wrong-arguments"],
    ["length(text, text) > 1", "check/wrong-arguments"],
    ["claim.guess > 1", "check/claim-outside-ground"],
    ["total(claim.guess) > 1", "check/claim-outside-ground"],
    ["opt > 1", "check/unguarded"],
    ["rec.nick == text", "check/unguarded"],
    ["maybe(n) > 1", "check/unguarded"],
    ["count(opts) > 1", "check/unguarded"],
    ["text in opts", "check/unguarded"],
    ["has n", "check/never-absent"],
    ["has given.region", "check/never-absent"],
    ["has total(text) and n > 1", "check/never-absent"],
  ])("%s gives %s", (condition, code) => {
    expect(problemsOf(condition)).toEqual([code]);
  });
});

describe("what a line is about", () => {
  const line = (text: string) => problemsOf("", text);

  test("a name is a parameter of every tool that is named, of one type", () => {
    expect(line('forbid t.all, t.other when text == "x"')).toEqual([]);
    expect(line('forbid t.* when file within "/x"')).toEqual([]);
    expect(line("forbid t.* when flag")).toEqual(["check/unknown-name"]);
    expect(line("forbid t.all, t.other when n > 1")).toEqual(["check/type-mismatch"]);
  });

  test("a tool that is not declared takes its arguments with it", () => {
    expect(line("forbid t.nothing when whatever > 1")).toEqual(["check/unknown-tool"]);
    expect(line("forbid x.* when text == text")).toEqual(["check/unknown-tool"]);
    expect(line("permit t.all, t.nothing when flag")).toEqual(["check/unknown-tool"]);
  });

  test("sums are of numbers, keys are scalars", () => {
    expect(line("limit t.all sum amount to 3 per 1d each mail")).toEqual([]);
    expect(line("limit t.all sum text to 3 per 1d")).toEqual(["check/type-mismatch"]);
    expect(line("limit t.all to 3 per 1d each words")).toEqual(["check/type-mismatch"]);
  });

  test("claims are read by ground lines, and not within a fact", () => {
    const ground = (condition: string) =>
      contextOf(workshop({ grounding: `ground t.all on fact ${condition}` })).typing.problems.map(
        (p) => p.code,
      );
    expect(ground("claim.guess == total(text)")).toEqual([]);
    expect(ground("maybe(claim.guess) > 1")).toEqual(["check/claim-in-fact"]);
    expect(ground("guess > 1")).toEqual(["check/unknown-name"]);
  });

  test("an undo is a whole call", () => {
    const treat = (call: string, when = "") =>
      contextOf(
        workshop({ reversibility: `treat t.all as permanent ${when} by ${call} within 1d` }),
      ).typing.problems.map((p) => p.code);
    expect(treat("t.other(text: text, n: n, file: file)")).toEqual([]);
    expect(treat("t.other(text: result.id, n: result.a.b, file: file)")).toEqual([]);
    expect(treat("t.other(text: text, n: n)")).toEqual(["check/undo-arguments"]);
    expect(treat("t.other(text: text, n: n, file: file, who: text)")).toEqual(["check/undo-arguments"]);
    expect(treat("t.other(text: n, n: n, file: file)")).toEqual(["check/type-mismatch"]);
    expect(treat("t.other(text: text, n: opt, file: file)")).toEqual(["check/unguarded"]);
    expect(treat("t.other(text: text, n: opt, file: file)", "when has opt")).toEqual([]);
    expect(treat("t.nothing(text: text)")).toEqual(["check/unknown-tool"]);
  });
});
