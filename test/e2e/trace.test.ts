import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { text } from "../asking/tree.js";
import { startPostgres } from "../support/postgres.js";
import { ensureBuilt, reshimu } from "./binary.js";

const folder = mkdtempSync(join(tmpdir(), "reshimu-e2e-trace-"));
const server = await startPostgres();
beforeAll(ensureBuilt);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const write = { tool: "report.write", args: { body: "x" }, confidence: 1 };

describe.each(["sqlite", "postgres"])("a trace in %s", (medium) => {
  let place: string;
  const run = (...args: readonly string[]) => reshimu(args, { cwd: folder });
  const told = async (input: readonly object[], ...options: readonly string[]) => {
    const lines = input.map((line) => JSON.stringify(line)).join("\n");
    const args = ["eval", "policy.reshimu", "-", "--trace", place, "--format", "json", ...options];
    const { out } = await reshimu(args, { cwd: folder, input: lines });
    return out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).decision]));
  };

  beforeAll(async () => {
    writeFileSync(join(folder, "policy.reshimu"), text);
    place = medium === "sqlite" ? "trace.db" : await server.createDatabase();
  });

  test("is made by eval, goes on in another process, and answers", async () => {
    expect(await told([write], "--given", "region=EU", "--tier", "lead")).toEqual(["confirm"]);
    expect(await told([{ confirm: { by: "owner" } }])).toEqual(["authorize"]);
    const found = await run(
      "trace",
      "query",
      place,
      'has decision and decision == "confirm"',
      "--format",
      "json",
    );
    const { hash } = JSON.parse(found.out) as { hash: string };
    const why = await run("trace", "why", place, hash.slice(0, 20));
    expect([why.code, why.err]).toEqual([0, ""]);
    expect(why.out).toContain(
      "NESHER reversibility: held\n    policy.reshimu:25:3 treat report.write as heavy",
    );
    expect((await run("trace", "descent", place, "session")).out).toContain("1 authorize, 1 confirm");
    expect((await run("trace", "stats", place)).out).toContain("NESHER reversibility  1      1    0   100 %");
    expect((await run("trace", "ls", place, "--kind", "confirmed")).out).toContain("yes by owner");
  });

  test("is whole, and is found to be none that somebody wrote to", async () => {
    expect((await run("trace", "verify", place)).code).toBe(0);
    const { out } = await run("trace", "export", place);
    const meddled = await reshimu(["trace", "verify", "-"], {
      cwd: folder,
      input: out.replace('"body":"x"', '"body":"y"'),
    });
    expect([meddled.code, meddled.out]).toEqual([1, expect.stringMatching(/^tampered at #2 \(changed\)/)]);
    writeFileSync(join(folder, `${medium}.jsonl`), out);
    expect((await run("trace", "import", `${medium}-copy.db`, `${medium}.jsonl`)).code).toBe(0);
    expect((await run("trace", "export", `${medium}-copy.db`)).out).toBe(out);
  });
});
