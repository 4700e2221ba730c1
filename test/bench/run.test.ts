import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, expect, test } from "vitest";
import { load, type Shape, type Workload } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "reshimu-bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ["bench/decide.js", "--out", folder, ...args], { encoding: "utf8" });

interface Told {
  readonly results: readonly {
    readonly workload: string;
    readonly size: number;
    readonly rows: readonly { readonly peer: string; readonly p50: number }[];
    readonly left: readonly { readonly peer: string; readonly why: string }[];
  }[];
}

test("a short run prints tables, and writes figures and a picture", () => {
  const ran = bench(
    "--quick",
    "--rounds",
    "1",
    "--only",
    "few,facts",
    "--most",
    "10",
    "--peers",
    "hand,reshimu",
  );
  expect(ran.status, ran.stderr).toBe(0);
  expect(ran.stdout).toContain("hand-written, same checks");
  expect(ran.stdout).toContain(
    "without hand, hand-indexed: it knows two answers, and no facts, classes or gray lines",
  );
  const { results } = JSON.parse(readFileSync(join(folder, "decide.json"), "utf8")) as Told;
  expect(results.map(({ workload, size, rows, left }) => [workload, size, rows.length, left.length])).toEqual(
    [
      ["few", 10, 7, 0],
      ["facts", 10, 5, 2],
    ],
  );
  for (const row of results.flatMap(({ rows }) => rows))
    expect(row).toMatchObject({ checked: 600, p50: expect.any(Number), overHand: expect.any(Number) });
  expect(results[0]?.rows.find((row) => row.peer === "hand-checked")).toMatchObject({ overHand: 1 });
  expect(XMLValidator.validate(readFileSync(join(folder, "decide.svg"), "utf8"))).toBe(true);
});

test.each([
  [["--only", "fow"], "there is no fow; there are few, many"],
  [["--rounds", "0"], "give a whole number above 0"],
  [["--write-docs", "--quick"], "--write-docs takes a whole run"],
])("%j is refused", (args, message) => {
  const ran = bench(...args);
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain(message);
});

test("what a package cannot say keeps it out of a workload, and nothing else does", async () => {
  const { cannotSay, nested } = await load<{
    cannotSay(missing: object): (workload: Workload) => string | undefined;
    nested(why: string): object;
  }>("others/shapes.js");
  const { workloads, workload } = await load<{
    readonly workloads: readonly Shape[];
    workload(shape: Shape, size: number): Workload;
  }>("decide/workloads/index.js");
  const cannot = cannotSay(nested("it has no `or`"));
  const reasons = workloads.map((shape) => [shape.name, cannot(workload(shape, shape.sizes[0] ?? 0))]);
  expect(Object.fromEntries(reasons)).toEqual({
    few: undefined,
    many: undefined,
    heaped: undefined,
    deep: "it has no `or`",
    lists: undefined,
    facts: "it knows two answers, and no facts, classes or gray lines",
    layers: undefined,
    statements: "it has no count of earlier actions",
  });
});
