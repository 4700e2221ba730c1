import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import * as reshimu from "../../src/index.js";

/** What the example gives; it is written in JavaScript, to be run with the built package. */
interface Result {
  readonly table: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly refused: readonly { readonly task: number; readonly decision: string }[];
  readonly violations: Readonly<
    Record<string, { readonly made: number; readonly returned: number; readonly named: number }>
  >;
}
interface Example {
  readonly hasData: boolean;
  readonly howToGetIt: string;
  runScenario(library: typeof reshimu, policy: reshimu.PolicyIr): Promise<Result>;
  surprises(result: Result): string[];
  totalOf(result: Result): Readonly<Record<string, number>>;
}

const at = (file: string): URL => new URL(`../../examples/retail/${file}`, import.meta.url);
const parts = await Promise.all(
  ["data.js", "scenario.js", "summary.js"].map((file) => import(at(file).href)),
);
const example: Example = Object.assign({}, ...parts);

const read = () => reshimu.loadPolicyFile(fileURLToPath(at("policy.reshimu")));

describe("the retail policy", () => {
  test("checks without a word", async () => {
    const { policy, diagnostics } = await read();
    expect(diagnostics).toEqual([]);
    expect(policy?.tools).toHaveLength(16);
  });

  test("passes its own tests", async () => {
    const { policy } = await read();
    const results = await reshimu.runTests(policy as reshimu.PolicyIr);
    expect(results).toHaveLength(19);
    expect(results.filter((result) => !result.passed)).toEqual([]);
  });
});

const withoutData = example.hasData ? "" : ` (skipped: ${example.howToGetIt})`;

describe.skipIf(!example.hasData)(`the retail tasks, replayed${withoutData}`, () => {
  let result: Result;

  beforeAll(async () => {
    const { policy } = await read();
    if (policy === null) throw new Error("the policy has an error");
    result = await example.runScenario(reshimu, policy);
  }, 300_000);

  test("come to what README.md says", () => {
    expect(example.surprises(result)).toEqual([]);
  });

  test("succeed as they did when recorded: readings at once, changes with the customer's yes", () => {
    expect(example.totalOf(result)).toEqual({
      calls: 630,
      failed: 24,
      authorize: 448,
      confirm: 174,
      released: 174,
      return: 8,
      clarify: 0,
    });
  });

  test("have four changes that the shop refused, and so does the policy", () => {
    expect(result.refused.map(({ task, decision }) => [task, decision])).toEqual([
      [12, "return"],
      [13, "return"],
      [64, "return"],
      [106, "return"],
    ]);
  });

  test("turned into violations are all returned, each with its rule", () => {
    const rows = Object.values(result.violations);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatchObject({ returned: row.made, named: row.made });
  });
});
