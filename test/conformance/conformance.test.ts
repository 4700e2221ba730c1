import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ensureBuilt } from "../e2e/binary.js";
import { type Case, casesOf, kinds, readFiles } from "./cases.js";
import { cli } from "./drivers/cli.js";
import { library } from "./drivers/library.js";
import { model } from "./drivers/model.js";
import { covered, differences, type Driver, run } from "./run.js";

const files = readFiles();
const cases = casesOf(files);
const place = ({ file, name }: Case): string => `${file}: ${name}`;
const counts = (of: readonly Case[]): { [kind: string]: number } =>
  Object.fromEntries(kinds.map((kind) => [kind, of.filter((one) => one.kind === kind).length]));

/** What each driver answers, by kind: all else it says it does not cover. README.md tells why; `library.test.ts` runs the library. */
const answers: readonly (readonly [Driver, { readonly [kind: string]: number }])[] = [
  [model, { predicate: 1504, traced: 164, decision: 559, layers: 57 }],
  [cli, { predicate: 1578, value: 389, decision: 370, layers: 55 }],
];

describe("the cases", () => {
  test("are as many as they are said to be", () => {
    expect(cases.length).toBeGreaterThanOrEqual(1_500);
    expect(readFileSync("test/conformance/README.md", "utf8")).toContain(`${cases.length} cases`);
  });

  test("fit their schema", () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync("test/conformance/case.schema.json", "utf8")));
    const misfits = files.flatMap(({ path, ...file }) => {
      const parsed = schema.safeParse(file);
      return parsed.success ? [] : [`${path}: ${JSON.stringify(parsed.error.issues[0]).slice(0, 1_000)}`];
    });
    expect(misfits).toEqual([]);
  });

  test("have names of their own, and are of every kind", () => {
    expect(new Set(cases.map(place)).size).toBe(cases.length);
    expect(Object.entries(counts(cases)).filter(([, count]) => count === 0)).toEqual([]);
  });

  test("are what the generator writes", async () => {
    await promisify(execFile)(process.execPath, ["scripts/generate-conformance.mjs", "--check"]);
  });
});

describe.each(answers)("$name", (driver, expected) => {
  test("answers every case that it covers as the case says", async () => {
    const results = await run(cases, driver);
    expect(differences(results)).toEqual([]);
    const some = Object.fromEntries(Object.entries(expected).filter(([, count]) => count > 0));
    expect(covered(results)).toEqual(some);
  });
});

test("the runner sees what is different", async () => {
  const [one] = cases as [Case];
  const wrong = { ...one, expected: { value: "something else" } };
  expect(differences(await run([one, wrong], library))).toHaveLength(1);
});

describe("JsonLogic parity", () => {
  const data = "../shared/data/jsonlogic/compatible.json";
  test.skipIf(!existsSync(data))(
    "the table is what the engine makes of the 278 cases (skipped where they are not here)",
    async () => {
      await ensureBuilt();
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["scripts/jsonlogic-parity.mjs", data, "--print"],
        { maxBuffer: 1e7 },
      );
      expect(stdout).toBe(readFileSync("test/conformance/jsonlogic-parity.md", "utf8"));
      expect(stdout.match(/^\| \d+ \|/gm)).toHaveLength(278);
    },
  );
});
