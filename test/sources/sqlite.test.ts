import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { SourceAnswer } from "../../src/ir/knowledge.js";
import type { FactIr } from "../../src/ir/policy.js";
import { askF, fact, onlyAnswer, silenceOf, source, withSources } from "./policy.js";

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "reshimu-sqlite-"));
  const database = new Database(join(root, "crm.db"));
  database.exec(`
    CREATE TABLE accounts(id INTEGER, region TEXT, active INTEGER, tags TEXT, ratio REAL, last_login TEXT);
    INSERT INTO accounts VALUES
      (1, 'EU', 1, '["a","b"]', 0.5, '2026-01-01T00:00:00.000Z'),
      (2, 'EU', 0, 'plain', 1.5, '2026-02-01T00:00:00.000Z'),
      (3, 'US', 2, NULL, NULL, NULL);
    CREATE TABLE odd(big INTEGER, bytes BLOB, nul TEXT);
    INSERT INTO odd VALUES (9007199254740993, x'00ff', 'admin' || char(0) || 'x');
  `);
  database.close();
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const region = { name: "region", type: "string" } as const;

function ask(
  type: FactIr["type"],
  sql: string,
  params: FactIr["params"] = [],
  args: Json[] = [],
): Promise<SourceAnswer> {
  return askF({ sources: [source("sqlite", "crm.db")], facts: [fact(type, params, sql)] }, root, args);
}

const value = async (
  type: FactIr["type"],
  sql: string,
  params?: FactIr["params"],
  args?: Json[],
): Promise<Json> => {
  const answer = await ask(type, sql, params, args);
  if ("silent" in answer) throw new Error(answer.silent);
  return answer.value;
};

const silence = async (
  type: FactIr["type"],
  sql: string,
  params?: FactIr["params"],
  args?: Json[],
): Promise<string> => silenceOf(await ask(type, sql, params, args));

describe("a value", () => {
  test("one row of one column", async () => {
    expect(
      await ask("int", "select count(*) from accounts where region = :region", [region], ["EU"]),
    ).toEqual({
      source: "s",
      value: 2,
    });
    expect(await value("decimal", "select ratio from accounts where id = 1")).toBe(0.5);
    expect(await value("time", "select last_login from accounts where id = 1")).toBe(
      "2026-01-01T00:00:00.000Z",
    );
    expect(await value("int", "with one(n) as (select 1) select n from one ;\n")).toBe(1);
    expect(await value("int", "select 1 -- one")).toBe(1);
  });

  test("none or NULL is null", async () => {
    expect(await value("int", "select id from accounts where id = 99")).toBeNull();
    expect(await value("string", "select tags from accounts where id = 3")).toBeNull();
    expect(await value({ list: "string" }, "select tags from accounts where id = 3")).toBeNull();
  });

  test("bools are 0 and 1, nothing else", async () => {
    expect(await value("bool", "select active from accounts where id = 1")).toBe(true);
    expect(await value("bool", "select active from accounts where id = 2")).toBe(false);
    expect(await value("bool", "select active from accounts where id = 3")).toBe(2);
    expect(await value({ list: "bool" }, "select active from accounts where id < 3 order by id")).toEqual([
      true,
      false,
    ]);
  });

  test("rows are a list, in their order", async () => {
    expect(await value({ list: "int" }, "select id from accounts order by id desc")).toEqual([3, 2, 1]);
    expect(await value({ list: "int" }, "select id from accounts where id = 99")).toEqual([]);
    expect(await value({ list: "int" }, "select id from accounts where id = 1")).toEqual([1]);
  });

  test("a computed JSON text is a list; a stored one is nobody's to say", async () => {
    expect(await value({ list: "int" }, "select json_group_array(id) from accounts")).toEqual([1, 2, 3]);
    expect(await value({ list: "string" }, "select json(tags) from accounts where id = 1")).toEqual([
      "a",
      "b",
    ]);
    expect(await silence({ list: "string" }, "select tags from accounts where id = 1")).toContain(
      "json_each",
    );
    expect(await value({ list: "string" }, "select tags from accounts where id = 2")).toEqual(["plain"]);
  });

  test.each([
    ["more rows", "select id from accounts", "gave 3 rows, one was expected"],
    [
      "too many rows",
      "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c",
      "10000 rows",
    ],
    ["two columns", "select 1, 2", "one SELECT of one column"],
    ["an unsafe integer", "select big from odd", "cannot be told exactly"],
    ["a blob", "select bytes from odd", "blob"],
    ["a text with a NUL", "select nul from odd", "NUL"],
    ["infinity", "select 9e999", "too large"],
    ["too long a text", "select hex(zeroblob(600000))", "1048576 bytes"],
    ["too much memory", "select length(hex(zeroblob(200000000)))", "memory"],
    ["text that is not UTF-8", "select cast(x'ff' as text)", "process ended"],
  ])("%s: silent", async (_, sql, reason) => {
    expect(await silence("int", sql)).toContain(reason);
  });
});

describe("parameters", () => {
  const typed = (type: FactIr["type"], arg: Json): Promise<Json> =>
    value("string", "select typeof(:v) || ' ' || :v", [{ name: "v", type }], [arg]);

  test("are bound by their types", async () => {
    expect(await typed("int", 5)).toBe("integer 5");
    expect(await typed("decimal", 5)).toBe("real 5.0");
    expect(await typed("bool", true)).toBe("integer 1");
    expect(await typed("time", Date.UTC(2026, 0, 31, 9))).toBe("text 2026-01-31T09:00:00.000Z");
    expect(await typed("duration", 7_776_000_000)).toBe("text 90d");
    expect(await typed({ list: "time" }, [0])).toBe('text ["1970-01-01T00:00:00.000Z"]');
    expect(await typed({ record: [{ name: "a", type: "int" }] }, { a: 1 })).toBe('text {"a":1}');
    expect(await typed("json", "x")).toBe('text "x"');
    expect(await typed("string", "'; drop table accounts; --")).toBe("text '; drop table accounts; --");
  });

  test("work by any name", async () => {
    for (const name of ["__proto__", "constructor", "größe"])
      expect(await value("int", `select :${name}`, [{ name, type: "int" }], [7])).toBe(7);
  });

  test("must all be named, and no others", async () => {
    expect(await silence("int", "select 1", [region], ["EU"])).toContain("leaves out a parameter");
    expect(await silence("int", "select :other", [region], ["EU"])).toContain("does not have");
    expect(await silence("int", "select :toString")).toContain("does not have");
    expect(await silence("int", "select ?", [region], ["EU"])).toContain("process ended");
    expect(await silence("int", "select :region", [region], [])).toContain("0 arguments, 1 are declared");
    expect(await silence("int", "select :region", [region], ["a\0b"])).toContain("NUL");
  });
});

describe("only reading", () => {
  test.each([
    "insert into accounts(id) values (9)",
    "insert into accounts(id) values (9) returning id",
    "delete from accounts returning id",
    "create table t(a)",
    "drop table accounts",
    "attach 'other.db' as other",
    "pragma user_version = 7",
    "pragma query_only = 0",
    "vacuum into 'other.db'",
    "begin exclusive",
    "explain select 1",
    "select 1; delete from accounts",
    "select 1; select 2",
    "select 1), b as (select 2",
    "select 1) select 1 from x; delete from accounts; with y(z) as (select (1",
    "select 1 /*",
    "select load_extension('./x.so')",
    "select load_extension('./x.so', 'init')",
    "select * from pragma_query_only(0)",
    "",
    "-- nothing",
    ";",
  ])("%s", async (sql) => {
    const before = readFileSync(join(root, "crm.db"));
    expect(await silence("int", sql)).toMatch(/one SELECT of one column/);
    expect(readFileSync(join(root, "crm.db")).equals(before)).toBe(true);
    expect(existsSync(join(root, "other.db"))).toBe(false);
  });

  test("nothing is made where there is no database", async () => {
    const policy = { sources: [source("sqlite", "none.db")], facts: [fact("int", [], "select 1")] };
    expect(silenceOf(await askF(policy, root, []))).toBe("its file does not exist");
    expect(existsSync(join(root, "none.db"))).toBe(false);
    expect(silenceOf(await askF({ ...policy, sources: [source("sqlite", ".")] }, root, []))).toContain(
      "does not exist",
    );
  });

  test("a file that is no database", async () => {
    writeFileSync(join(root, "text.db"), "no database at all\n".repeat(200));
    const policy = {
      sources: [source("sqlite", "text.db")],
      facts: [fact("int", [], "select count(*) from accounts")],
    };
    expect(silenceOf(await askF(policy, root, []))).toBe("its file is not a database");
  });

  test("a name with characters that mean something in a url", async () => {
    copyFileSync(join(root, "crm.db"), join(root, "a b?mode=rw#%41.db"));
    const policy = {
      sources: [source("sqlite", "a b?mode=rw#%41.db")],
      facts: [fact("int", [], "select count(*) from accounts")],
    };
    expect(await askF(policy, root, [])).toEqual({ source: "s", value: 3 });
  });

  test("a journal that is written meanwhile is read", async () => {
    const writer = new Database(join(root, "wal.db"));
    writer.exec("PRAGMA journal_mode = WAL; CREATE TABLE t(a); INSERT INTO t VALUES (1)");
    const policy = {
      sources: [source("sqlite", "wal.db")],
      facts: [fact("int", [], "select count(*) from t")],
    };
    await withSources(policy, root, async (sources) => {
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 1,
      });
      writer.exec("INSERT INTO t VALUES (2)");
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 2,
      });
    });
    writer.close();
  });

  test("a file put in its place is opened afresh", async () => {
    const path = join(root, "moved.db");
    copyFileSync(join(root, "crm.db"), path);
    const policy = {
      sources: [source("sqlite", "moved.db")],
      facts: [fact("int", [], "select count(*) from accounts")],
    };
    await withSources(policy, root, async (sources) => {
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 3,
      });
      const next = new Database(`${path}.next`);
      next.exec("CREATE TABLE accounts(id)");
      next.close();
      renameSync(`${path}.next`, path);
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 0,
      });
    });
  });
});

/** How many children of this process run SQLite; none where the system has no `ps` that tells. */
function childrenUnderWay(): number {
  const listed = spawnSync("ps", ["-o", "args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return (listed.stdout ?? "").split("\n").filter((line) => line.includes("reshimu__answer")).length;
}

const endless = "with recursive c(n) as (select :from union all select n + 1 from c) select count(*) from c";

describe("a query without an end", () => {
  const policy = {
    sources: [source("sqlite", "crm.db", { timeout: 1_500 }), source("sqlite", "crm.db", { name: "other" })],
    facts: [
      { ...fact("int", [{ name: "from", type: "int" }], endless), name: "slow" },
      fact("int", [], "select count(*) from accounts"),
      { ...fact("int", [], "select 7", "other"), name: "g" },
    ] satisfies FactIr[],
  };

  test("is stopped, keeps nobody else waiting, and the next one is answered", async () => {
    await withSources(policy, root, async (sources) => {
      const answers = await sources.ask([
        { fact: "slow", args: [1] },
        { fact: "f", args: [] },
        { fact: "g", args: [] },
      ]);
      expect(answers.map(onlyAnswer)).toEqual([
        { source: "s", silent: "gave no answer within 1500ms" },
        { source: "s", value: 3 },
        { source: "other", value: 7 },
      ]);
      const late = await sources.ask([1, 2, 3, 4].map((from) => ({ fact: "slow", args: [from] })));
      expect(late.map(onlyAnswer).every((answer) => "silent" in answer)).toBe(true);
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 3,
      });
    });
    await expect.poll(childrenUnderWay, { timeout: 5_000 }).toBe(0);
  });

  test("ends with close, and then nothing answers", async () => {
    await withSources(policy, root, async (sources) => {
      const asked = sources.ask([{ fact: "slow", args: [1] }]);
      await sources.close();
      expect(silenceOf(onlyAnswer((await asked)[0]))).toBe("was closed");
      expect(silenceOf(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0]))).toBe("was closed");
    });
  });
});
