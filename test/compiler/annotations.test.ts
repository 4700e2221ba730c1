import { describe, expect, test } from "vitest";
import { compileNarrowing } from "../../src/compiler/compile.js";
import { importTools } from "../../src/compiler/tools-import.js";
import { createEngine } from "../../src/engine/engine.js";
import { loadPolicy } from "../../src/ir/load.js";
import { Store } from "../../src/index.js";
import { commission } from "../support/policy.js";
import { codesOf, compile, policyOf } from "./support.js";

const marksOf = (annotations: unknown) => {
  const result = importTools(JSON.stringify([{ name: "t", inputSchema: {}, annotations }]));
  return result.error === undefined ? result.tools[0] : undefined;
};

describe("what a server says of a tool", () => {
  test.each([
    [undefined, []],
    [{ title: "T" }, []],
    ["readOnlyHint", []],
    [{ readOnlyHint: true, openWorldHint: false }, []],
    [{ readOnlyHint: true }, ["open world"]],
    [{ readOnlyHint: true, destructiveHint: true, openWorldHint: false }, []],
    [{ readOnlyHint: false }, ["writing", "destructive", "open world"]],
    [{ idempotentHint: true }, ["writing", "destructive", "open world"]],
    [{ destructiveHint: false, openWorldHint: false }, ["writing"]],
    [
      { readOnlyHint: "true", destructiveHint: "false", openWorldHint: 0 },
      ["writing", "destructive", "open world"],
    ],
  ])("%j", (annotations, annotated) => {
    expect(marksOf(annotations)).toMatchObject({ annotated });
  });

  test("only a plain true says that it reads", () => {
    expect(marksOf({ readOnlyHint: true })).toMatchObject({ readOnly: true });
    expect(marksOf({ readOnlyHint: 1 })).toMatchObject({ readOnly: false });
  });
});

const list = JSON.stringify([
  { name: "get", inputSchema: {}, annotations: { readOnlyHint: true, openWorldHint: false } },
  {
    name: "drop",
    inputSchema: { type: "object", properties: { id: { type: "string" } } },
    annotations: { readOnlyHint: false },
  },
  { name: "bare", inputSchema: {} },
]);
const tools = 'tools "./tools.json"\ntool drop(id?: path)\ntool own()';
const files = { "tools.json": list };

describe("`annotated`", () => {
  const policy = policyOf(
    compile(commission({ tools, scope: 'permit *\nforbid * when annotated("destructive")' }), files),
  );
  const decide = async (tool: string, of = policy) =>
    (await (await new Store(createEngine(of), undefined).open()).propose({ tool, args: {}, confidence: 1 }))
      .decision;

  test("is true of a tool so marked, also of a refined one, and of no other", async () => {
    expect(await decide("drop")).toBe("return");
    for (const tool of ["get", "bare", "own"]) expect(await decide(tool)).toBe("authorize");
  });

  test("is kept in a built policy, and told to a narrowing", async () => {
    const loaded = loadPolicy(JSON.stringify(policy));
    expect(loaded.ok && (await decide("drop", loaded.policy))).toBe("return");
    const wide = policyOf(compile(commission({ tools }), files));
    expect(await decide("drop", wide)).toBe("authorize");
    const narrowed = compileNarrowing(
      { file: "narrowing", text: 'scope { permit * forbid * when annotated("writing") }' },
      wide,
    );
    expect(narrowed.policy === null ? codesOf(narrowed) : await decide("drop", narrowed.policy)).toBe(
      "return",
    );
  });

  test.each(["", '"reading"', "true", '"writing", "destructive"'])("takes one kind, not (%s)", (args) => {
    const found = codesOf(
      compile(commission({ tools, scope: `permit *\nforbid * when annotated(${args})` }), files),
    );
    expect(found).toContain("check/wrong-arguments");
  });
});

describe("a server's word makes nothing milder", () => {
  const codes = (blocks: Parameters<typeof commission>[0]) =>
    codesOf(compile(commission({ tools, ...blocks }), files));
  const kind = 'annotated("destructive")';

  test.each([
    { scope: `permit * when ${kind}` },
    { scope: `permit *\nforbid * when not ${kind}` },
    { scope: `permit *\nforbid * when ${kind} == false` },
    { scope: `permit *\nforbid * when if ${kind} then false else true` },
    { scope: `permit *\nforbid drop when has id and some x in [id]: not ${kind}` },
    { grounding: `unsupported at most 1\nground * on situation not ${kind}` },
    {
      grounding: `unsupported at most 1\nsource s is tool * when ${kind} trust 0.9\nground drop on situation has id and id traced to s`,
    },
    { discernment: `threshold 0.5\ngray * when not ${kind} weight 0.6\nescalate owner within 4h` },
    {
      reversibility: `class free\nclass grave above free confirm owner\ntreat * as free when ${kind}\notherwise grave`,
    },
    { more: `assert never authorize * when ${kind}` },
  ])("%j is refused", (blocks) => {
    expect(codes(blocks)).toContain("check/annotation-lowers");
  });

  test.each([
    { scope: `permit *\nforbid * when now > "2020-01-01" and (${kind} or annotated("writing"))` },
    { discernment: `threshold 0.5\ngray * when ${kind} weight 0.6\nescalate owner within 4h` },
    {
      reversibility: `class free\nclass grave above free confirm owner\ntreat * as grave when ${kind}\notherwise free`,
    },
    {
      reversibility: `class free\nclass grave above free confirm owner\ntreat * as grave when ${kind}\notherwise grave`,
    },
  ])("%j is not", (blocks) => {
    expect(codes(blocks)).not.toContain("check/annotation-lowers");
  });
});
