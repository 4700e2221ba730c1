import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldNames } from "../../src/asking/fields.js";
import { openSqliteTrace } from "../../src/trace/sqlite.js";
import { filledTree, lastOf, text } from "../asking/tree.js";
import { runAt, runCli } from "./run-cli.js";

const folder = mkdtempSync(join(tmpdir(), "reshimu-trace-cli-"));
const at = (name: string): string => join(folder, name);
const place = at("trace.db");
const places = { confirm: 0, returned: 0, opened: 1, worker: 0 };

beforeAll(async () => {
  const trace = await openSqliteTrace(place);
  await filledTree(trace);
  const word = async (of: string) =>
    (await lastOf(trace, "decided", ({ body }) => body.decision.decision === of)).seq;
  places.confirm = await word("confirm");
  places.returned = await word("return");
  places.worker = (await lastOf(trace, "delegated")).seq;
  await trace.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trace = (...args: readonly string[]) => runCli("trace", ...args);
const lines = (out: string): unknown[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** What steers a terminal, and stood in what a principal said. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is control characters
const steering = /[\u0007\u001b\u202e]/;

describe("trace ls", () => {
  test("shows sessions", async () => {
    const { out, code } = await trace("ls", place);
    expect(code).toBe(0);
    expect(out).toBe(`s books.audit opened 2026-01-31T12:00:01Z by agent at root
  1 authorize
s/1 books.audit opened 2026-01-31T12:00:02Z by agent at lead below s
  2 authorize, 1 confirm
s/1/1 books.audit opened 2026-01-31T12:00:03Z by agent at worker below s
  1 authorize, 1 return, closed
3 sessions
`);
    const { out: json } = await trace("ls", place, "--format", "json");
    expect(lines(json)).toMatchObject([
      { session: "s" },
      { session: "s/1" },
      { session: "s/1/1", closed: true },
    ]);
  });
  test.each([
    [["--session", "s/1/1", "--kind", "said"], 1],
    [["--tool", "crm.query"], 3],
    [["--tool", "crm.query", "--kind", "decided"], 2],
    [["--decision", "return"], 1],
    [["--decision", "return", "--kind", "said"], 0],
    [["--since", "2026-01-31T12:00:04Z", "--kind", "opened"], 0],
    [["--since", "2020-01-01T00:00:00Z", "--kind", "opened"], 1],
  ])("with %j lists records", async (options, count) => {
    const { out, code } = await trace("ls", place, ...options, "--format", "json");
    expect([code, lines(out).length]).toEqual([0, count]);
    const told = (await trace("ls", place, ...options)).out;
    expect(told.endsWith(`${count} record${count === 1 ? "" : "s"}\n`)).toBe(true);
    expect(told).not.toMatch(steering);
  });
  test("is told what is no time", async () => {
    const { err, code } = await trace("ls", place, "--since", "soon");
    expect([code, err]).toEqual([2, expect.stringContaining("`--since soon` is no time")]);
  });
});

describe("trace show", () => {
  test("shows a decision as eval does, and other records whole", async () => {
    const { out } = await trace("show", place, `#${places.returned}`);
    expect(out).toContain(
      'return crm.query(days: 2000, region: "EU")\n  ARYEH scope: outside\n    policy.reshimu:16:3 forbid',
    );
    const opened = (await trace("show", place, "#1")).out;
    expect(opened).toContain("instruction: Audit the region; and be quick.");
    expect(opened).toContain("follows  from nothing");
  });
  test("prints nothing that steers a terminal, and is not wider than it", async () => {
    for (let seq = 1; seq <= 12; seq += 1) {
      const { out } = await runAt({ width: 80 }, "trace", "show", place, `#${seq}`);
      expect(out).not.toMatch(steering);
      expect(out.split("\n").filter((line) => line.length > 80 && !line.includes("sha256:"))).toEqual([]);
    }
  });
  test("as JSON is the record, which is found by its hash too", async () => {
    const [record] = lines((await trace("show", place, "#1", "--format", "json")).out) as [{ hash: string }];
    expect(record).toMatchObject({ seq: 1, kind: "opened" });
    const prefix = record.hash.slice("sha256:".length, "sha256:".length + 12);
    expect(lines((await trace("show", place, prefix, "--format", "json")).out)).toEqual([record]);
    expect(await trace("show", place, "#99")).toMatchObject({
      code: 2,
      err: "error: no record has the place 99\n",
    });
  });
});

describe("trace why", () => {
  test("tells the story of a decision", async () => {
    const { out, code } = await trace("why", place, `#${places.returned}`);
    expect(code).toBe(0);
    await expect(out.replace(/sha256:[0-9a-f]{64}/g, "sha256:…")).toMatchFileSnapshot(
      "samples/trace/why.txt",
    );
  });
  test("as JSON is data, without the policy", async () => {
    const [story] = lines((await trace("why", place, `#${places.confirm}`, "--format", "json")).out);
    expect(story).toMatchObject({
      decided: { seq: places.confirm },
      words: [{ kind: "confirmed" }],
      became: [{ kind: "decided" }],
    });
    expect(story).not.toHaveProperty("policy");
  });
  test("is asked of decisions", async () => {
    const { code, err } = await trace("why", place, "#1");
    expect([code, err]).toEqual([2, "error: record 1 is `opened`, and of no decision\n"]);
  });
});

describe("trace descent", () => {
  test("draws the tree as text, as Mermaid and as SVG", async () => {
    for (const format of ["text", "mermaid", "svg"]) {
      const { out, code } = await trace("descent", place, "s/1", "--format", format);
      expect(code).toBe(0);
      await expect(out).toMatchFileSnapshot(`samples/trace/descent.${format === "text" ? "txt" : format}`);
    }
  });
  test("draws well-formed SVG of whatever was said", async () => {
    const { out } = await trace("descent", place, "s", "--format", "svg");
    const { svg } = new XMLParser({ ignoreAttributes: false }).parse(out) as { svg: { g: unknown[] } };
    // The edges, and three cards.
    expect(svg.g).toHaveLength(4);
    expect(await trace("descent", place, "nobody")).toMatchObject({
      code: 2,
      err: "error: no session is called `nobody`\n",
    });
  });
});

describe("trace query", () => {
  test("lists what a condition holds of", async () => {
    const { out } = await trace("query", place, 'has decision and decision == "return"');
    expect(out).toBe(
      `#${places.returned} 2026-01-31T12:00:07Z s/1/1 decided return crm.query(days: 2000, region: "EU")\n1 record\n`,
    );
  });
  test("reads the arguments of the tool that it asks about", async () => {
    const condition = 'has tool and tool == "crm.query" and has args and args.days > 1_000';
    expect(lines((await trace("query", place, condition, "--format", "json")).out)).toMatchObject([
      { seq: places.returned },
    ]);
  });
  test("tells what cannot be told", async () => {
    const condition = 'kind == "opened" and 1 / (seq - 1) > 0';
    expect((await trace("query", place, condition)).out).toBe("0 records; of 1 record it cannot be told\n");
    expect((await trace("query", place, condition, "--format", "json")).err).toBe(
      "of 1 record it cannot be told\n",
    );
  });
  test("points at what is wrong", async () => {
    const { code, out, err } = await trace("query", place, "knd == 1");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("error[check/unknown-name]: unknown name `knd`\n --> condition:1:1");
  });
  test("names all its fields in its help", async () => {
    const { out } = await trace("query", "--help");
    const named = out.split(/\s+/);
    expect(fieldNames.filter((name) => !named.includes(name))).toEqual([]);
  });
});

test("trace stats counts", async () => {
  const { out } = await trace("stats", place);
  await expect(out).toMatchFileSnapshot("samples/trace/stats.txt");
  expect(lines((await trace("stats", place, "--format", "json")).out)).toMatchObject([
    { alarms: { asked: 1, yes: 1, no: 0 } },
  ]);
  const zoned = await trace("stats", place, "--zone", "Pacific/Kiritimati", "--format", "json");
  expect(Object.keys((lines(zoned.out)[0] as { days: object }).days)).toEqual(["2026-02-01"]);
  expect((await trace("stats", place, "--zone", "Moon")).code).toBe(2);
  expect((await trace("stats", place, "--since", "1d")).out).toBe("0 records of 0 sessions\n");
});

describe("keeping a trace safe", () => {
  const key = at("key.pem");
  test("with a key that nobody else reads and nothing overwrites", async () => {
    const { out, code } = await trace("key", key);
    expect([code, out]).toEqual([0, readFileSync(`${key}.pub`, "utf8")]);
    for (const file of [key, `${key}.pub`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(key, "utf8");
    expect(await trace("key", key)).toMatchObject({
      code: 3,
      err: expect.stringContaining("is there already"),
    });
    writeFileSync(at("half"), "mine");
    expect((await trace("key", at("half"))).code).toBe(3);
    expect([readFileSync(key, "utf8"), existsSync(at("half.pub"))]).toEqual([before, false]);
  });

  test("by checkpoints and anchors, with which a cut is found", async () => {
    expect((await trace("anchor", place, "--to", at("head.jsonl"))).code).toBe(0);
    expect(JSON.parse(readFileSync(at("head.jsonl"), "utf8"))).not.toHaveProperty("signature");
    const { out } = await trace("checkpoint", place, "--key", key);
    expect(out).toMatch(/^signed #\d+ sha256:/);
    expect((await trace("checkpoint", place, "--key", key)).out).toBe("nothing new to be signed\n");
    expect((await trace("checkpoint", place, "--key", key, "--every", "often")).code).toBe(2);
    expect((await trace("checkpoint", place, "--key", place)).code).toBe(3);
    await trace("anchor", place, "--to", at("anchors.jsonl"));
    expect(JSON.parse(readFileSync(at("anchors.jsonl"), "utf8"))).toHaveProperty("signature");
    expect((await trace("anchor", place, "--to", at("none/x"))).code).toBe(3);

    const whole = await trace("verify", place, "--key", `${key}.pub`, "--checkpoints", at("anchors.jsonl"));
    expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/^whole: 19 records up to #19/)]);
    const words = async (...args: readonly string[]) =>
      JSON.parse((await trace("verify", ...args, "--format", "json")).out).words;
    await trace("export", place, at("all.jsonl"));
    expect([await words(place), await words(at("all.jsonl"))]).toEqual([true, false]);
    const all = readFileSync(at("all.jsonl"), "utf8").trimEnd().split("\n");
    const verdict = async (some: readonly string[], ...options: readonly string[]) => {
      writeFileSync(at("some.jsonl"), `${some.join("\n")}\n`);
      const { code, out: json } = await trace("verify", at("some.jsonl"), "--format", "json", ...options);
      const { ok, harm, flaw } = JSON.parse(json);
      return [code, ok, harm, flaw?.kind, flaw?.seq];
    };
    expect(await verdict(all)).toEqual([0, true, undefined, undefined, undefined]);
    expect(await verdict(all.slice(0, 15))).toEqual([0, true, undefined, undefined, undefined]);
    for (const anchors of ["anchors.jsonl", "head.jsonl"])
      expect(await verdict(all.slice(0, 15), "--checkpoints", at(anchors))).toEqual([
        1,
        false,
        "truncated",
        "truncated",
        19,
      ]);
    expect(await verdict(all.toSpliced(6, 1))).toEqual([1, false, "tampered", "broken", 7]);
    expect(await verdict(all.with(7, all[7]?.replace("old ones", "new ones") ?? ""))).toEqual([
      1,
      false,
      "tampered",
      "changed",
      8,
    ]);
    expect(await verdict(all.with(6, "{}"))).toEqual([1, false, "tampered", "malformed", 7]);
    expect(
      await verdict(all, "--checkpoints", at("anchors.jsonl"), "--key", `ed25519:${"A".repeat(43)}=`),
    ).toEqual([1, false, "unsigned", "unsigned", 19]);
    const { out: told } = await trace("verify", at("some.jsonl"), "--checkpoints", at("all.jsonl"));
    expect(told).toBe("");
    expect((await trace("verify", place, "--key", at("all.jsonl"))).code).toBe(2);
  });

  test("by exports, which are taken over whole or not at all", async () => {
    expect((await trace("export", place, at("all.jsonl"))).code).toBe(3);
    const { out, err } = await trace("export", place);
    expect([out, err]).toEqual([readFileSync(at("all.jsonl"), "utf8"), "19 records written\n"]);
    expect((await trace("import", at("copy.db"), at("all.jsonl"))).out).toBe("19 records taken over\n");
    expect((await trace("export", at("copy.db"))).out).toBe(out);
    // They do not follow what is there.
    expect(await trace("import", at("copy.db"), at("all.jsonl"))).toMatchObject({
      code: 3,
      err: expect.stringContaining("does not follow"),
    });
    writeFileSync(at("bad.jsonl"), out.replace("old ones", "new ones"));
    const bad = await trace("import", at("bad.db"), at("bad.jsonl"));
    expect([bad.code, bad.err, existsSync(at("bad.db"))]).toEqual([
      1,
      expect.stringContaining("tampered at #8 (changed)"),
      false,
    ]);
    expect((await trace("import", at("bad.db"), "-")).code).toBe(2);
  });

  test("by removing what is old, after which the rest still holds", async () => {
    await trace("import", at("old.db"), at("all.jsonl"));
    expect((await trace("prune", at("old.db"))).code).toBe(2);
    expect((await trace("prune", at("old.db"), "--keep", "long")).code).toBe(2);
    const dry = await trace("prune", at("old.db"), "--before", "2026-01-31T12:00:08Z", "--dry-run");
    expect(dry.out).toBe(
      "nothing would be removed\nthe session s went on later: it stays from its beginning\n",
    );
    const { out } = await trace("prune", at("old.db"), "--before", "2027-01-31T12:00:08Z");
    expect(out).toBe("19 records removed, up to #19\n");
    expect((await trace("verify", at("old.db"))).out).toContain("whole");
  });
});

describe("a place that is no trace", () => {
  test.each([
    [at("none.db"), 3, "there is no such trace"],
    [at("text"), 3, "is no trace"],
    ["memory:", 2, "ends with its process"],
    [
      "postgres://me:secret@127.0.0.1:1/x?password=other",
      3,
      "cannot open the trace `postgres://me:…@127.0.0.1:1/x?password=…`",
    ],
  ])("%s is told, and not made", async (where, code, message) => {
    writeFileSync(at("text"), "some text that is no database");
    const ran = await trace("ls", where);
    expect([ran.code, ran.out]).toEqual([code, ""]);
    expect(ran.err).toContain(message);
    expect(ran.err).not.toMatch(/secret|other/);
    expect(existsSync(at("none.db"))).toBe(false);
  });
});

describe("eval --trace", () => {
  const file = at("policy.reshimu");
  const evaluate = async (written: readonly object[], ...options: readonly string[]) => {
    writeFileSync(file, text);
    writeFileSync(at("lines.jsonl"), written.map((line) => JSON.stringify(line)).join("\n"));
    return runCli("eval", file, at("lines.jsonl"), "--trace", at("eval.db"), "--format", "json", ...options);
  };
  const write = { tool: "report.write", args: { body: "x" }, confidence: 1, session: "mine" };

  test("goes on with a session that is there, as it was opened", async () => {
    const first = await evaluate([write], "--given", "region=EU", "--tier", "lead");
    expect(lines(first.out)).toMatchObject([{ decision: "confirm" }]);
    // Given nothing: it was given all at its opening.
    const second = await evaluate([{ confirm: { by: "owner" }, session: "mine" }]);
    expect([second.code, second.err]).toEqual([0, ""]);
    expect(lines(second.out)).toMatchObject([{ decision: "authorize" }]);
    expect((await trace("ls", at("eval.db"))).out).toContain("1 authorize, 1 confirm\n1 session");
  });
  test("opens no session that no line names, and tells what one lacks", async () => {
    const { code, err } = await evaluate([{ ...write, session: "new" }]);
    expect([code, err]).toEqual([3, expect.stringContaining("`given.region` has no value")]);
    expect((await trace("ls", at("eval.db"))).out).toContain("1 session\n");
  });
  test("goes into sessions that were delegated to, also with a narrowing", async () => {
    const delegate = {
      tool: "delegate",
      args: {
        brief: "Find the inactive customer accounts of the region.",
        narrowing: "scope { permit * limit report.write to 0 per session }",
      },
      confidence: 1,
      session: "top",
    };
    const { out } = await evaluate(
      [delegate, { ...write, session: "top/1" }],
      "--given",
      "region=EU",
      "--tier",
      "root",
    );
    expect(lines(out)).toMatchObject([{ decision: "authorize" }, { decision: "return" }]);
    expect((await trace("descent", at("eval.db"), "top/1")).out).toContain("└─lead top/1");
  });
});
