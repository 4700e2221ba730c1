import { describe, expect, test } from "vitest";
import { found } from "./support.js";

const policy = (source: string, fact: string): string => `policy notes.facts
grounding {
  source s is ${source} trust 0.9
  fact f${fact}
}`;

const messages = (source: string, fact: string): string[] =>
  found(policy(source, fact)).map((line) => line.replace(/^check\/fact-lookup \d+:\d+ /, ""));

describe("look-ups in SQL", () => {
  const ask = (sql: string, params = "(week: int)", source = 'sqlite "a.db"') =>
    messages(source, `${params}: int from s ${JSON.stringify(sql)}`);

  test.each([
    "select count(*) from notes where week = :week",
    "  WITH n AS (SELECT 1 FROM notes WHERE week = :week) SELECT count(*) FROM n",
    "-- the notes; of a week\nselect 1 from notes where week = :week",
    "/* :other; */ select 1 from notes where week = :week and title <> ':no; \"it''s'",
    'select "a;b:c" from notes where week = :week',
    "select replace(title, 'a', 'b') from notes where last_update > 1 and week = :week",
  ])("%j is fine", (sql) => {
    expect(ask(sql)).toEqual([]);
  });

  test("in postgres a cast is no parameter", () => {
    expect(
      ask(
        "select count(*)::int from notes where week = :week::int",
        "(week: int)",
        'postgres "postgres:///db"',
      ),
    ).toEqual([]);
    for (const sql of [
      "select $a$ :x; $a$ from notes where week = :week",
      "select 1 from notes where title <> E'it\\'s :x' and tags ? 'a' and week = :week",
    ])
      expect(ask(sql, "(week: int)", 'postgres "postgres:///db"')).toEqual([]);
    expect(ask("select 1 from notes where week = $1", "(week: int)", 'postgres "postgres:///db"')).toEqual([
      "the look-up of fact `f` has `$1`, which nothing fills in",
    ]);
  });

  test.each([
    ["update notes set week = :week", "the look-up of fact `f` is not a query"],
    ["select 1 from notes where week = :week; drop table notes", "the look-up of fact `f` has a `;`"],
    [
      "with d as (delete from notes where week = :week returning 1) select 1 from d",
      "the look-up of fact `f` writes",
    ],
    ["select 1 from notes where week = ?", "the look-up of fact `f` has `?`, which nothing fills in"],
    ["select 1 from notes where week = :wek", "fact `f` has no parameter for `:wek`"],
    ["select 1 from notes", "the look-up does not use parameter `week`"],
    ["select 1 from notes where title = ':week'", "the look-up does not use parameter `week`"],
  ])("%j", (sql, message) => {
    expect(ask(sql)).toEqual([message]);
  });

  test("a database is always asked something", () => {
    expect(messages('sqlite "a.db"', "(): int from s")).toEqual([
      "fact `f` does not say what it asks of `s`",
    ]);
  });
});

describe("look-ups elsewhere", () => {
  test("a JSON Pointer uses each parameter", () => {
    expect(messages('json "a.json"', '(region: string): int from s "/regions/{region}/a~1b"')).toEqual([]);
    expect(messages('json "a.json"', '(): int from s ""')).toEqual([]);
    expect(messages('json "a.json"', '(region: string): int from s "/regions"')).toEqual([
      "the look-up does not use parameter `region`",
    ]);
    expect(messages('json "a.json"', '(region: string): int from s "/{regoin}"')).toEqual([
      "fact `f` has no parameter for `{regoin}`",
    ]);
    expect(messages('json "a.json"', '(): int from s "regions"')).toEqual([
      "the look-up of fact `f` is not a JSON Pointer",
    ]);
    expect(messages('json "a.json"', '(): int from s "/a~2"')).toEqual([
      "the look-up of fact `f` has a `~` that is not `~0` or `~1`",
    ]);
  });

  test("an http look-up needs a place in the URL", () => {
    expect(messages('http "https://a.example/{fact}"', '(week: int): int from s "count"')).toEqual([]);
    expect(messages('http "https://a.example/f"', "(week: int): int from s")).toEqual([]);
    expect(messages('http "https://a.example/f"', '(week: int): int from s "count"')).toEqual([
      "the look-up has no place in the URL of `s`",
    ]);
  });

  test("an mcp look-up is the name of a tool", () => {
    expect(messages('mcp "archive"', '(week: int): int from s "count_notes"')).toEqual([]);
    expect(messages('mcp "archive"', '(week: int): int from s "count_notes /weeks/0/n~1a"')).toEqual([]);
    expect(messages('mcp "archive"', '(week: int): int from s "count_notes /~2"')).toEqual([
      "the look-up of fact `f` is not the name of a tool",
    ]);
    expect(messages('mcp "archive"', "(week: int): int from s")).toEqual([
      "fact `f` does not say what it asks of `s`",
    ]);
    expect(messages('mcp "archive"', '(week: int): int from s "count notes"')).toEqual([
      "the look-up of fact `f` is not the name of a tool",
    ]);
  });

  test("a source of an unknown kind has one diagnostic", () => {
    expect(messages('sqlit "a.db"', "(week: int): int from s")).toEqual([
      "check/source-kind 3:15 unknown kind of source `sqlit`",
    ]);
  });
});

test("what a fact gives and takes", () => {
  const types = (fact: string) =>
    found(policy('mcp "archive"', `${fact} from s "x"`)).map((line) => line.split(" ")[0]);
  expect(types("(ids: list<int>, note: { a: string, b?: int }, raw: json): list<string>")).toEqual([]);
  expect(types('(): enum("a", "b")')).toEqual([]);
  expect(types("(): json")).toEqual(["check/fact-types"]);
  expect(types("(): list<list<int>>")).toEqual(["check/fact-types"]);
  expect(types("(week?: int): int")).toEqual(["check/fact-types"]);
  expect(types("(week: sensitive int): int")).toEqual(["check/fact-types"]);
});

test("URLs of http sources", () => {
  const locator = (url: string) =>
    found(policy(`http ${JSON.stringify(url)}`, "(): int from s")).map((line) => line.split(" ")[0]);
  expect(locator("http://127.0.0.1:8080/facts/{fact}?v=1")).toEqual([]);
  expect(locator("ftp://a.example/{fact}")).toEqual(["check/source-locator"]);
  expect(locator("/facts/{fact}")).toEqual(["check/source-locator"]);
  expect(locator("https://a.example/{facts}")).toEqual(["check/source-locator"]);
  expect(locator(" ")).toEqual(["check/source-locator"]);
});

test("where a PostgreSQL server is", () => {
  const locator = (url: string) =>
    found(policy(`postgres ${JSON.stringify(url)}`, '(): int from s "select 1"'));
  for (const url of [
    "postgres://db.example:5433/crm?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "postgresql:///crm?host=/run/postgresql",
    "postgres://reader@db.example/crm?sslmode=disable",
  ])
    expect(locator(url)).toEqual([]);
  expect(
    [
      "crm",
      "http://db.example/crm",
      "postgres://reader:a#b@db.example/crm",
      "postgres:///crm?sslmode=require",
    ].flatMap(locator),
  ).toEqual([
    "check/source-locator 3:24 the locator of database `s` is not a URL",
    "check/source-locator 3:24 the locator of database `s` begins with `http:`",
    "check/source-locator 3:24 the locator of database `s` is not a URL",
    "check/source-locator 3:24 the locator of database `s` has `sslmode=require`",
  ]);
});

test("how an MCP server is reached", () => {
  const locator = (text: string) => found(policy(`mcp ${JSON.stringify(text)}`, '(): int from s "a"'));
  for (const text of [
    "https://facts.example/mcp",
    "npx -y some-server ./data",
    "TOKEN=$TOKEN some-server --name='a b' \"--x=$Y\"",
  ])
    expect(locator(text)).toEqual([]);
  expect(
    ["https://", "ws://facts.example", "server | tee log", "server *.json", "server # a", "TOKEN=x"].flatMap(
      locator,
    ),
  ).toEqual([
    "check/source-locator 3:19 the locator of server `s` is not a URL",
    "check/source-locator 3:19 the locator of server `s` is not an http or https URL",
    "check/source-locator 3:19 the locator of server `s` has `|`, which only a shell would carry out",
    "check/source-locator 3:19 the locator of server `s` has `*.json`, which only a shell would carry out",
    "check/source-locator 3:19 the locator of server `s` has `#`, which only a shell would carry out",
    "check/source-locator 3:19 the locator of server `s` names no program",
  ]);
});

test("one source asked twice gives no second support", () => {
  expect(found(policy('mcp "archive"', '(): int from s "a" from s "b"'))).toEqual([
    "check/duplicate 4:33 fact `f` asks source `s` twice",
  ]);
});

test("agreement is of numbers", () => {
  const two = (type: string) => `policy notes.facts
grounding {
  source a is mcp "a" trust 0.9
  source b is mcp "b" trust 0.9
  fact f(): ${type} from a "x" from b "x" agree within 0.1
}`;
  expect(found(two("decimal"))).toEqual([]);
  expect(found(two("duration"))).toEqual([]);
  expect(found(two("string"))).toEqual([
    "check/agree-within 5:55 fact `f` is no number, so its sources cannot agree within a share",
  ]);
});
