import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import * as reshimu from "../../src/index.js";

const example = fileURLToPath(new URL("../../examples/descent/", import.meta.url));
const { descend }: { descend(folder: string, api: object, say: (line: string) => void): Promise<string[]> } =
  await import(path.join(example, "run.js"));

const folder = mkdtempSync(path.join(tmpdir(), "descent-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the trace goes thin, is asked about, and the next iteration is authorized; as README.md says", async () => {
  cpSync(path.join(example, "policy.reshimu"), path.join(folder, "policy.reshimu"));
  const lines: string[] = [];
  const words = await descend(folder, reshimu, (line) => lines.push(line));
  expect(words).toEqual(["return", "clarify", "authorize", "clarify", "authorize"]);
  const readme = readFileSync(path.join(example, "README.md"), "utf8");
  const [, shown] = /```console\n\$.*\n([\s\S]*?)```/u.exec(readme) ?? [];
  expect(`${lines.join("\n")}\n`).toBe(shown);
  const trace = await reshimu.openTrace(path.join(folder, "out/trace.db"));
  const hops: number[] = [];
  for await (const record of trace.records({ kinds: ["delegated"] }))
    if (record.kind === "delegated") hops.push(record.body.hop.fidelity ?? Number.NaN);
  expect((await reshimu.verifyTrace(trace.records())).flaw).toBeUndefined();
  await trace.close();
  expect(hops.slice(0, 4).map((score) => score.toFixed(2))).toEqual(["1.00", "0.90", "0.73", "0.35"]);
});
