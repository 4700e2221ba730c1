import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { loadPolicyFile } from "../../src/index.js";
import { jsonSchemas } from "../../src/ir/schemas/json-schemas.js";
import { runCli } from "./run-cli.js";

const folder = "test/cli/samples/accounts";
const schemas = jsonSchemas();
/** The generated schema, read by another way than the one it was written from. */
const accepts = (file: string, value: unknown): boolean =>
  z.fromJSONSchema(schemas[file] as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value).success;

describe("the JSON Schemas in grammar/", () => {
  test.each(Object.keys(schemas))("%s is fresh (else: npm run schemas)", async (file) => {
    expect(JSON.parse(await readFile(`grammar/${file}`, "utf8"))).toEqual(schemas[file]);
  });

  test("accept what the programme writes and reads", async () => {
    const { policy } = await loadPolicyFile(folder);
    expect(accepts("policy.schema.json", policy)).toBe(true);
    const lines = (await readFile(`${folder}/proposals.jsonl`, "utf8"))
      .split("\n")
      .slice(0, 20)
      .map((line) => JSON.parse(line));
    expect(lines.filter((line) => !accepts("eval-record.schema.json", line))).toEqual([]);
    expect(lines.filter((line) => line.tool !== undefined && !accepts("proposal.schema.json", line))).toEqual(
      [],
    );
    const { out } = await runCli(
      "eval",
      folder,
      `${folder}/proposals.jsonl`,
      "--given",
      "region=EU",
      "--format",
      "json",
    );
    const decisions = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter((one) => one.error === undefined);
    expect(decisions.length).toBeGreaterThan(10);
    expect(decisions.filter((one) => !accepts("decision.schema.json", one))).toEqual([]);
  });

  test("refuse what is otherwise", async () => {
    const { policy } = await loadPolicyFile(folder);
    const text = JSON.stringify(policy);
    expect(accepts("policy.schema.json", JSON.parse(text.replace('"===":', '"==":')))).toBe(false);
    expect(accepts("policy.schema.json", { ...policy, extra: 1 })).toBe(false);
    expect(accepts("eval-record.schema.json", { confirm: { who: "owner" } })).toBe(false);
    expect(accepts("proposal.schema.json", { tool: "a" })).toBe(false);
  });
});
