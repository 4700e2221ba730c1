import { expect, test } from "vitest";
import { predicateOf } from "./support.js";

const arg = (name: string) => ({ val: ["arg", name] });
const local = (...path: string[]) => ({ val: ["local", ...path] });
const day = 86_400_000;

test.each<[string, unknown]>([
  ["flag", arg("flag")],
  ["not flag", { "!": [arg("flag")] }],
  ["flag == true", { "===": [arg("flag"), true] }],
  ["text != actor.id", { "!==": [arg("text"), { val: ["actor", "id"] }] }],
  ["flag and n > 1 and n < 5", { and: [arg("flag"), { ">": [arg("n"), 1] }, { "<": [arg("n"), 5] }] }],
  [
    "(flag or n > 1) or flag and flag",
    { or: [arg("flag"), { ">": [arg("n"), 1] }, { and: [arg("flag"), arg("flag")] }] },
  ],
  ["n > -5", { ">": [arg("n"), -5] }],
  ["-n < 5", { "<": [{ "-": [arg("n")] }, 5] }],
  ["n - 1 == n / 2", { "===": [{ "-": [arg("n"), 1] }, { "/": [arg("n"), 2] }] }],
  ["now - 90d > at", { ">": [{ "-": [{ val: ["now"] }, 90 * day] }, arg("at")] }],
  ['at > "2026-01-01"', { ">": [arg("at"), Date.UTC(2026, 0, 1)] }],
  ['at > "2026-01-01T02:00:00+02:00"', { ">": [arg("at"), Date.UTC(2026, 0, 1)] }],
  ['mail == "X@ACME.example"', { "===": [arg("mail"), "X@acme.example"] }],
  ['kind == "a"', { "===": [arg("kind"), "a"] }],
  ["n in [1, 2]", { in: [arg("n"), [1, 2]] }],
  ["n not in ints", { "!": [{ in: [arg("n"), arg("ints")] }] }],
  ['file within "/a//b/../c/"', { within: [arg("file"), "/a/c", "path"] }],
  ['link within "HTTPS://Acme.example"', { within: [arg("link"), "https://acme.example/", "url"] }],
  ['text like "a*"', { like: [arg("text"), "a*"] }],
  ['text matches "a+"', { matches: [arg("text"), "a+"] }],
  ["has opt", { has: [arg("opt")] }],
  [
    "has rec.nick and rec.nick == text",
    {
      and: [
        { has: [{ val: ["arg", "rec", "nick"] }] },
        { "===": [{ val: ["arg", "rec", "nick"] }, arg("text")] },
      ],
    },
  ],
  ["has maybe(n)", { has: [{ fact: ["maybe", arg("n")] }] }],
  ["if flag then n > 1 else false", { if: [arg("flag"), { ">": [arg("n"), 1] }, false] }],
  [
    "every v in words, opts: v == text",
    { every: ["v", [arg("words"), arg("opts")], { "===": [local("v"), arg("text")] }] },
  ],
  [
    "some r in recs: r.name == text",
    { some: ["r", [arg("recs")], { "===": [local("r", "name"), arg("text")] }] },
  ],
  [
    "no v in words: v == text",
    { "!": [{ some: ["v", [arg("words")], { "===": [local("v"), arg("text")] }] }] },
  ],
  ["(count v in ints: v > 1) > 2", { ">": [{ tally: ["v", [arg("ints")], { ">": [local("v"), 1] }] }, 2] }],
  ["(sum v in ints: v * 2) > 2", { ">": [{ total: ["v", [arg("ints")], { "*": [local("v"), 2] }] }, 2] }],
  ["count(words) > sum(ints)", { ">": [{ count: [arg("words")] }, { sum: [arg("ints")] }] }],
  [
    "hour(at) < weekday(now)",
    { "<": [{ hour: [arg("at"), "UTC"] }, { weekday: [{ val: ["now"] }, "UTC"] }] },
  ],
  ['"a" in extract(text, "#(.)")', { in: ["a", { extract: [arg("text"), "#(.)"] }] }],
  ["max(n, 1, 2) > min(n, 3)", { ">": [{ max: [arg("n"), 1, 2] }, { min: [arg("n"), 3] }] }],
  [
    "claim.guess == total(given.region)",
    { "===": [{ val: ["claim", "guess"] }, { fact: ["total", { val: ["given", "region"] }] }] },
  ],
  ['cutoff("2026-01-01") > now', { ">": [{ fact: ["cutoff", Date.UTC(2026, 0, 1)] }, { val: ["now"] }] }],
  ["calls(t.other, t.*) > 1", { ">": [{ calls: [["t.*", "t.other"], null] }, 1] }],
  [
    "calls(t.all, 1h, text: text, n: 3) > 1",
    { ">": [{ calls: [["t.all"], 3_600_000, ["n", 3], ["text", arg("text")]] }, 1] },
  ],
  ["text traced to [owner, intent, owner]", { traced: [arg("text"), ["intent", "owner"], "text", "value"] }],
  ["kind traced to web", { traced: [arg("kind"), ["web"], "text", "value"] }],
  ["n traced to web", { traced: [arg("n"), ["web"], "number", "value"] }],
  ["nums traced to web", { traced: [arg("nums"), ["web"], "number", "value"] }],
  ["mails traced to web", { traced: [arg("mails"), ["web"], "email", "value"] }],
  ["file traced to web", { traced: [arg("file"), ["web"], "path", "value"] }],
  ["link traced to web", { traced: [arg("link"), ["web"], "url", "value"] }],
  ["at traced to web", { traced: [arg("at"), ["web"], "time", "value"] }],
  [
    "rec traced to web",
    {
      and: [
        {
          and: [
            { traced: [{ val: ["arg", "rec", "name"] }, ["web"], "text", "value"] },
            {
              or: [
                { "!": [{ has: [{ val: ["arg", "rec", "nick"] }] }] },
                { traced: [{ val: ["arg", "rec", "nick"] }, ["web"], "text", "value"] },
              ],
            },
          ],
        },
      ],
    },
  ],
  ["blob traced to web", { traced: [arg("blob"), ["web"], "any", "value"] }],
  ["total(text) traced to web", { traced: [{ fact: ["total", arg("text")] }, ["web"], "number", "fact"] }],
  [
    "every v in names(n): v traced to web",
    { every: ["v", [{ fact: ["names", arg("n")] }], { traced: [local("v"), ["web"], "text", "fact"] }] },
  ],
  [
    "every v in words: v traced to web",
    { every: ["v", [arg("words")], { traced: [local("v"), ["web"], "text", "value"] }] },
  ],
  [
    "every v in names(n): (every v in words: v traced to web)",
    {
      every: [
        "v",
        [{ fact: ["names", arg("n")] }],
        { every: ["v", [arg("words")], { traced: [local("v"), ["web"], "text", "value"] }] },
      ],
    },
  ],
])("%s", (condition, predicate) => {
  expect(predicateOf(condition)).toEqual(predicate);
});
