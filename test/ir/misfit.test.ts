import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { type Checked, fits, misfitOf } from "../../src/ir/misfit.js";
import { shapesText } from "../../src/ir/schemas/shapes.js";
import * as told from "../../src/ir/schemas/told.js";
import {
  createEngine,
  type Json,
  loadPolicyFile,
  MemoryTrace,
  type PolicyIr,
  Store,
} from "../../src/index.js";
import {
  policySchema,
  proposalSchema,
  recordSchemas,
  traceRecordSchema,
  wordSchema,
} from "../../src/schemas.js";

test("the shapes are fresh (else: npm run schemas)", async () => {
  expect(await readFile("src/ir/shapes.ts", "utf8")).toBe(shapesText());
});

const schemas = {
  policy: policySchema.omit({ spans: true }),
  spans: policySchema.shape.spans,
  proposal: proposalSchema,
  traceRecord: traceRecordSchema,
  word: wordSchema,
  ...recordSchemas,
  delegation: told.delegationSchema,
  anchor: told.anchorSchema,
  score: told.scoreSchema,
} as const;

const hash = `sha256:${"0a".repeat(32)}`;
const word = { reshimu: "word", by: "owner", session: "s", opened: hash, policy: hash, expires: 5 };

/** Something of each kind that fits. */
async function samples(): Promise<readonly (readonly [Checked & keyof typeof schemas, Json])[]> {
  const folder = "test/cli/samples/accounts";
  const { policy } = await loadPolicyFile(folder);
  const { spans, ...meaning } = policy as PolicyIr;
  const lines = (await readFile(`${folder}/proposals.jsonl`, "utf8")).split("\n").slice(0, 30);
  const entries = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as { readonly [key: string]: Json }];
    } catch {
      return [];
    }
  });
  const trace = new MemoryTrace();
  const session = await new Store(createEngine(policy as PolicyIr), undefined, { trace }).open({
    givens: { region: "EU" },
  });
  for (const entry of entries) if (Object.hasOwn(entry, "tool")) await session.propose(entry);
  const records: Json[] = [];
  for await (const record of trace.records()) records.push(JSON.parse(JSON.stringify(record)) as Json);
  const kinds = ["observe", "said", "confirm", "rule", "outcome"] as const;
  return [
    ["policy", meaning as unknown as Json],
    ["spans", spans as unknown as Json],
    ...entries.filter((one) => fits("proposal", one)).map((one) => ["proposal", one] as const),
    ...kinds.flatMap((kind) =>
      entries.filter((one) => Object.hasOwn(one, kind)).map((one) => [kind, one] as const),
    ),
    ["rule", { rule: { by: "owner", question: "q", answer: true }, session: "s" }],
    ["outcome", { outcome: { result: "worked", claims: { fits: true } } }],
    ["confirm", { confirm: { by: "owner", answer: false, signature: "x", expires: 4 } }],
    ...records.map((one) => ["traceRecord", one] as const),
    ["word", { ...word, kind: "confirm", decided: hash, answer: true }],
    ["word", { ...word, kind: "rule", decided: null, question: "given:a", answer: [1, { a: null }] }],
    ["word", { ...word, kind: "said", text: "yes" }],
    ["delegation", { brief: "b", tools: ["a"], expires: 3, depth: 0, else: 1 }],
    ["anchor", { seq: 1, hash, at: 5 }],
    ["anchor", { seq: 1, hash, at: 5, key: "k", signature: "s" }],
    ["score", { score: 0.5, more: true }],
  ];
}

/** The value with one thing in it changed: what it is, and where, the numbers say. */
function changed(value: Json, way: readonly number[], put: Json | undefined): Json | undefined {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  if (Array.isArray(value)) {
    if (value.length === 0) return put === undefined ? value : [put];
    const place = step % value.length;
    const inner = changed(value[place] as Json, rest, put);
    return inner === undefined ? value.toSpliced(place, 1) : value.with(place, inner);
  }
  const keys = Object.keys(value);
  // One way in so many leads to a key that is not there.
  const key = step % (keys.length + 1) === keys.length ? "more" : (keys[step % (keys.length + 1)] as string);
  const { [key]: inner, ...others } = value;
  const after = inner === undefined ? put : changed(inner, rest, put);
  return after === undefined ? others : { ...others, [key]: after };
}

describe("a shape takes what its zod schema takes", async () => {
  const all = await samples();

  test.each([...new Set(all.map(([name]) => name))])("%s", (name) => {
    const own = all.filter(([of]) => of === name).map(([, value]) => value);
    const schema: z.ZodType = schemas[name];
    for (const value of own) expect(misfitOf(name, value)).toBeUndefined();
    const strange = fc.oneof(
      fc.constantFrom<(Json | undefined)[]>(
        undefined,
        null,
        "",
        "x",
        -1,
        0.5,
        2 ** 60,
        1,
        [],
        {},
        true,
        hash,
        "said",
      ),
      fc.string({ minLength: 990, maxLength: 1_010 }),
      fc.jsonValue() as fc.Arbitrary<Json>,
    );
    fc.assert(
      fc.property(
        fc.nat(own.length - 1),
        fc.array(fc.nat(60), { maxLength: 8 }),
        strange,
        (place, way, put) => {
          const value = changed(own[place] as Json, way, put);
          expect([fits(name, value), value]).toEqual([schema.safeParse(value).success, value]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("email", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        expect(fits("email", text)).toBe(told.emailSchema.safeParse(text).success);
      }),
    );
  });
});

describe("why it does not fit", () => {
  const found = (name: Checked, value: unknown) => {
    const misfit = misfitOf(name, value);
    return misfit && `${misfit.path.join(".")}: ${misfit.message}`;
  };

  test.each<readonly [Checked, unknown, string]>([
    ["proposal", 5, ": expected object, received number"],
    ["proposal", { args: {} }, "tool: it is missing"],
    ["proposal", { tool: "a", args: [] }, "args: expected object, received array"],
    ["proposal", { tool: "a", args: {}, more: 1 }, ": unknown key `more`"],
    ["proposal", { tool: "a", args: {}, confidence: 2 }, "confidence: expected a number of at most 1"],
    [
      "proposal",
      { tool: "a", args: { x: undefined } },
      "args.x: expected string or number or boolean or null or array or object, received undefined",
    ],
    ["proposal", { tool: "x".repeat(1_001), args: {} }, "tool: expected a string of at most 1000 characters"],
    ["word", { ...word, kind: "else" }, 'kind: expected "confirm" or "rule" or "said"'],
    [
      "word",
      { ...word, kind: "said", text: "a", opened: "b" },
      "opened: expected a string that matches ^sha256:[0-9a-f]{64}$",
    ],
    [
      "word",
      { ...word, kind: "said", text: "a", expires: 1.5 },
      "expires: expected whole number, received number",
    ],
    ["rule", { rule: { by: 1 } }, "rule.given: it is missing"],
    ["outcome", { outcome: { result: "else" } }, 'outcome.result: expected "worked" or "failed" or "undone"'],
  ])("%s: %j", (name, value, message) => {
    expect(found(name, value)).toBe(message);
  });
});
