import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { SourceAnswer } from "../../src/ir/knowledge.js";
import type { FactIr, WorldSourceIr } from "../../src/ir/policy.js";
import { type PostgresServer, startPostgres } from "../support/postgres.js";
import { askF, fact, onlyAnswer, silenceOf, source, withSources } from "./policy.js";

let server: PostgresServer;
let admin: string;
let reader: string;

beforeAll(async () => {
  server = await startPostgres({
    settings: { ssl: "on", ssl_cert_file: "../certificate.pem", ssl_key_file: "../key.pem" },
    prepare: (folder) => {
      for (const name of ["certificate.pem", "key.pem"])
        copyFileSync(join("test/fixtures/tls", name), join(folder, name));
      chmodSync(join(folder, "key.pem"), 0o600);
    },
  });
  admin = await server.createDatabase();
  await server.run(
    admin,
    `create table accounts(id bigint, region text, active boolean, tags text[], ratio numeric, last_login timestamptz);
     insert into accounts values
       (1, 'EU', true, '{a,b}', 0.5, '2026-01-01T01:00:00+01:00'),
       (2, 'EU', false, '{}', 1.50, '2026-02-01'),
       (3, 'US', null, null, null, null);
     create table secrets(a int);
     create function writing() returns int language sql as 'insert into accounts(id) values (9) returning 1';
     create role reader login password 'secret';
     grant select on accounts to reader;`,
  );
  reader = admin.replace("postgres:secret@", "reader:secret@");
});
afterAll(() => server.stop());
afterEach(() => {
  vi.unstubAllEnvs();
});

const region = { name: "region", type: "string" } as const;

const ask = (
  type: FactIr["type"],
  sql: string,
  params: FactIr["params"] = [],
  args: Json[] = [],
  locator = reader,
  more: Partial<WorldSourceIr> = {},
): Promise<SourceAnswer> =>
  askF({ sources: [source("postgres", locator, more)], facts: [fact(type, params, sql)] }, ".", args);

const value = async (...asked: Parameters<typeof ask>): Promise<Json> => {
  const answer = await ask(...asked);
  if ("silent" in answer) throw new Error(answer.silent);
  return answer.value;
};

const silence = async (...asked: Parameters<typeof ask>): Promise<string> => silenceOf(await ask(...asked));

describe("a value", () => {
  test("one row of one column; none or NULL is null", async () => {
    expect(await value("int", "select count(*) from accounts where region = :region", [region], ["EU"])).toBe(
      2,
    );
    expect(await value("int", "with one(n) as (select 1) select n from one ;\n")).toBe(1);
    expect(await value("int", "select 1 -- one")).toBe(1);
    expect(await value("int", "select id from accounts where id = 99")).toBeNull();
    expect(await value("decimal", "select ratio from accounts where id = 3")).toBeNull();
    expect(await value({ list: "string" }, "select tags from accounts where id = 3")).toBeNull();
  });

  test.each<[FactIr["type"], string, Json]>([
    ["int", "9007199254740991::int8", 9_007_199_254_740_991],
    ["int", "7::int2", 7],
    ["decimal", "1.50::numeric", 1.5],
    ["decimal", "0.1::float8", 0.1],
    ["decimal", "0.1::float4", 0.1],
    ["decimal", "100::numeric(6,2)", 100],
    ["bool", "true", true],
    ["time", "'2026-01-01T01:00:00.25+01'::timestamptz", "2026-01-01T00:00:00.25+00:00"],
    ["time", "'2026-01-01T01:00:00'::timestamp", "2026-01-01T01:00:00"],
    ["time", "'2026-01-01'::date", "2026-01-01"],
    ["string", "'a \"b\" \\ é 🙂'", 'a "b" \\ é 🙂'],
    ["string", "'5'::json", 5],
    ["string", "'[1,2]'", "[1,2]"],
    [{ list: "decimal" }, "array[1.5, 2]", [1.5, 2]],
    [{ list: "string" }, `'["a"]'::jsonb`, ["a"]],
    [{ list: "string" }, "'[1,2]'", ["[1,2]"]],
    [{ list: "int" }, "unnest(array[3, 1, 2])", [3, 1, 2]],
    [{ list: "int" }, "1 where false", []],
  ])("%j from %s", async (type, expression, expected) => {
    expect(await value(type, `select ${expression}`)).toEqual(expected);
  });

  test.each([
    ["more rows", "select id from accounts", "gave 3 rows, one was expected"],
    ["too many rows", "select generate_series(1, 1000000000)", "more than 10000 rows"],
    ["two columns", "select 1, 2", "it has 2 columns"],
    ["two columns and no row", "select 1, 2 where false", "it has 2 columns"],
    ["an unsafe integer", "select 9007199254740993", "cannot be told exactly"],
    ["a numeric of more digits", "select 0.12345678901234567891", "cannot be told exactly"],
    ["one of them in a list", "select array[1, 0.12345678901234567891]", "cannot be told exactly"],
    ["too large a number", "select 1e400::numeric", "too large"],
    ["too long a text", "select repeat('x', 2000000)", "1048576 bytes"],
    ["too long a text in all", "select repeat('x', 1000) from generate_series(1, 2000)", "1048576 bytes"],
    ["no table", "select 1 from nowhere", 'relation "nowhere" does not exist'],
    ["no right", "select a from secrets", "does not let this user read"],
    ["a division by zero", "select 1 / 0", "with these values (SQLSTATE 22012)"],
  ])("%s: silent", async (_, sql, reason) => {
    expect(await silence("int", sql)).toContain(reason);
  });
});

describe("parameters", () => {
  const typed = (type: FactIr["type"], arg: Json, expression = ":v::text"): Promise<Json> =>
    value("string", `select ${expression}`, [{ name: "v", type }], [arg]);

  test("are bound as text, of the type that their place asks for", async () => {
    expect(await typed("int", 5, ":v::int + 1")).toBe(6);
    expect(await typed("decimal", 0.1, ":v::numeric * 3")).toBe(0.3);
    expect(await typed("bool", true, "not :v")).toBe(false);
    expect(await typed("time", Date.UTC(2026, 0, 31, 9), ":v::timestamptz")).toBe(
      "2026-01-31T09:00:00+00:00",
    );
    expect(await typed("duration", 7_776_000_000)).toBe("90d");
    expect(await typed({ list: "time" }, [0])).toBe('["1970-01-01T00:00:00.000Z"]');
    expect(
      await typed({ list: "int" }, [1, 2], "sum(n::int) from jsonb_array_elements(:v::jsonb) as n"),
    ).toBe(3);
    expect(await typed("json", "x")).toBe('"x"');
    expect(await typed("string", "'; drop table accounts; --")).toBe("'; drop table accounts; --");
    expect(await typed("string", "$1 :v")).toBe("$1 :v");
    expect(await typed("int", 5, "'x' || :v")).toBe("x5");
  });

  test("stand for themselves only where the statement has code", async () => {
    expect(
      await value(
        "string",
        "select ':a' || E'\\':a' || $$ :a $$ || :größe /* :a */ -- :a",
        [{ name: "größe", type: "string" }],
        ["x"],
      ),
    ).toBe(":a':a :a x");
    expect(await value("int", "select (array[1,2,3])[:n] + :n", [{ name: "n", type: "int" }], [2])).toBe(4);
  });

  test("must all be named, and no others", async () => {
    expect(await silence("int", "select 1", [region], ["EU"])).toContain("leaves out a parameter");
    expect(await silence("int", "select :other", [region], ["EU"])).toContain("does not have");
    expect(await silence("int", "select :toString")).toContain("does not have");
    expect(await silence("int", "select $1", [region], ["EU"])).toContain("leaves out a parameter");
    expect(await silence("int", "select length(:region)", [region], ["a\0b"])).toContain("NUL");
    expect(await silence("int", "select id from accounts where id = :region", [region], ["EU"])).toBe(
      "its look-up cannot be run with these values (SQLSTATE 22P02)",
    );
  });
});

describe("only reading", () => {
  test.each([
    "insert into accounts(id) values (9)",
    "insert into accounts(id) values (9) returning id",
    "with gone as (delete from accounts returning id) select id from gone",
    "select id from accounts for update",
    "select writing()",
    "select nextval('s')",
    "select 1 into made",
    "create table made(a int)",
    "copy accounts to '/tmp/made'",
    "select set_config('transaction_read_only', 'off', false)",
    "set transaction read write",
    "commit",
    "select 1; delete from accounts",
    "select 1; select 2",
    "select 1), b as (select 2",
    "select 1) as a, (select 2",
    "select 1 /*",
    "explain select 1",
    "",
    "-- nothing",
  ])("%s", async (sql) => {
    // As one who could.
    expect(await silence("int", sql, [], [], admin)).toMatch(/one SELECT of one column|writes|SQLSTATE/);
    const { rows } = await server.run(
      admin,
      "select (select count(*)::int from accounts) as accounts, to_regclass('made') as made",
    );
    expect(rows).toEqual([{ accounts: 3, made: null }]);
  });

  test("what it changes of its session does not reach the next question", async () => {
    const changing = "select set_config('statement_timeout', '1', false)";
    const policy = {
      sources: [source("postgres", reader)],
      facts: [
        { ...fact("string", [], changing), name: "g" },
        fact("string", [], "select current_setting('statement_timeout')"),
      ],
    };
    await withSources(policy, ".", async (sources) => {
      expect((await sources.ask([{ fact: "g", args: [] }]))[0]?.answers).toEqual([
        { source: "s", value: "1ms" },
      ]);
      expect((await sources.ask([{ fact: "f", args: [] }]))[0]?.answers).toEqual([
        { source: "s", value: "5s" },
      ]);
    });
  });
});

describe("reaching the server", () => {
  const one = (locator: string): Promise<SourceAnswer> => ask("int", "select 1", [], [], locator);
  const answered = { source: "s", value: 1 };

  test("what the URL leaves out comes from the environment", async () => {
    vi.stubEnv("PGHOST", "127.0.0.1");
    vi.stubEnv("PGPORT", String(server.port));
    vi.stubEnv("PGUSER", "reader");
    vi.stubEnv("PGPASSWORD", "secret");
    expect(await one("postgres:///test_1")).toEqual(answered);
    vi.stubEnv("PGDATABASE", "test_1");
    expect(await one("postgres://127.0.0.1")).toEqual(answered);
    expect(await one(`postgres:///test_1?host=${server.folder}`)).toEqual(answered);
  });

  test("or from a password file", async () => {
    const file = join(server.folder, "passwords");
    writeFileSync(file, `127.0.0.1:${server.port}:*:reader:secret\n`, { mode: 0o600 });
    vi.stubEnv("PGPASSFILE", file);
    expect(await one(`postgres://reader@127.0.0.1:${server.port}/test_1`)).toEqual(answered);
  });

  test("encrypted, to the server that its certificate names", async () => {
    const encrypted = "select count(*) from pg_stat_ssl where ssl and pid = pg_backend_pid()";
    const authority = `sslrootcert=${join(server.folder, "certificate.pem")}`;
    expect(await value("int", encrypted, [], [], `${reader}?sslmode=verify-full&${authority}`)).toBe(1);
    const beside = `sslrootcert=${relative(".", join(server.folder, "certificate.pem"))}`;
    expect(await value("int", encrypted, [], [], `${reader}?${beside}`)).toBe(1);
    expect(await value("int", encrypted, [], [], `${reader}?sslmode=disable`)).toBe(0);
    expect(await one(`${reader}?sslmode=verify-full`)).toEqual({
      source: "s",
      silent: "its database cannot be reached over TLS: check `sslmode` and the certificate",
    });
  });

  test("silence tells no credentials", async () => {
    const away = "postgres://hidden:hidden@127.0.0.1:1/hidden";
    const wrong = reader.replace("reader:secret", "hidden:hidden");
    const missing = reader.replace("test_1", "hidden");
    const reasons = await Promise.all(
      [
        away,
        wrong,
        missing,
        reader.replace(":secret", ""),
        `${reader}?sslmode=require`,
        "hidden",
        `${reader}?sslrootcert=/hidden`,
      ].map(async (locator) => silenceOf(await one(locator))),
    );
    expect(reasons).toEqual([
      "its database cannot be reached",
      "its database does not let us in: check user, password and database",
      "its database does not exist",
      "its database asks for a password, and none is set",
      "has a locator that has `sslmode=require`",
      "has a locator that is not a URL",
      "has a locator that cannot be read, or names a file that cannot be",
    ]);
  });

  test("a connection that broke is made again", async () => {
    const policy = { sources: [source("postgres", reader)], facts: [fact("int", [], "select 1")] };
    await withSources(policy, ".", async (sources) => {
      const again = async (): Promise<SourceAnswer> =>
        onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0]);
      expect(await again()).toEqual(answered);
      await server.run(
        admin,
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'",
      );
      await expect.poll(again).toEqual(answered);
    });
  });
});

describe("a query without an end", () => {
  const slow = "select 1 from pg_sleep(:n)";
  const policy = {
    sources: [source("postgres", "", { timeout: 700 })],
    facts: [
      { ...fact("int", [{ name: "n", type: "int" }], slow), name: "slow" },
      fact("int", [], "select 3"),
    ],
  };
  const opened = () => ({ ...policy, sources: [source("postgres", reader, { timeout: 700 })] });
  const underWay = async (): Promise<number> => {
    const { rows } = await server.run(
      admin,
      "select count(*)::int as n from pg_stat_activity where state = 'active' and usename = 'reader'",
    );
    return (rows[0] as { n: number }).n;
  };

  test("may be ended by the server", async () => {
    const long = { ...policy, sources: [source("postgres", reader, { timeout: 60_000 })] };
    await withSources(long, ".", async (sources) => {
      const asked = sources.ask([{ fact: "slow", args: [600] }]);
      await expect.poll(underWay).toBe(1);
      await server.run(
        admin,
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'",
      );
      expect(silenceOf(onlyAnswer((await asked)[0]))).toBe("its database broke off the connection");
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 3,
      });
    });
  });

  test("is cancelled, keeps nobody else waiting, and the next one is answered", async () => {
    await withSources(opened(), ".", async (sources) => {
      const answers = await sources.ask([
        { fact: "slow", args: [600] },
        { fact: "f", args: [] },
      ]);
      expect(answers.map(onlyAnswer)).toEqual([
        { source: "s", silent: "gave no answer within 700ms" },
        { source: "s", value: 3 },
      ]);
      await expect.poll(underWay).toBe(0);
      expect(onlyAnswer((await sources.ask([{ fact: "f", args: [] }]))[0])).toEqual({
        source: "s",
        value: 3,
      });
    });
  });

  test("ends with close", async () => {
    const long = { ...policy, sources: [source("postgres", reader, { timeout: 60_000 })] };
    await withSources(long, ".", async (sources) => {
      const asked = sources.ask([{ fact: "slow", args: [600] }]);
      await expect.poll(underWay).toBe(1);
      await sources.close();
      expect(silenceOf(onlyAnswer((await asked)[0]))).toBe("was closed");
    });
    await expect.poll(underWay).toBe(0);
  });
});
