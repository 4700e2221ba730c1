import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importTools } from "../../src/compiler/tools-import.js";
import { codesOf, compile, policyOf, rendered } from "./support.js";

const fixture = readFileSync(new URL("../fixtures/tools-list.json", import.meta.url), "utf8");

const paramsOf = (schema: unknown) => {
  const result = importTools(JSON.stringify([{ name: "t", inputSchema: schema }]));
  if (result.error !== undefined) throw new Error(result.error);
  return result.tools[0]?.params;
};
const typeOf = (property: unknown) =>
  paramsOf({ type: "object", properties: { p: property }, required: ["p"] })?.[0];

describe("types of a JSON Schema", () => {
  test.each([
    [{ type: "string" }, { type: "string" }],
    [{ type: "string", format: "uri" }, { type: "string" }],
    [{ type: "number" }, { type: "decimal" }],
    [{ type: "integer" }, { type: "int" }],
    [{ type: "boolean" }, { type: "bool" }],
    [{ enum: ["a", "b"] }, { type: { enum: ["a", "b"] } }],
    [
      { type: "string", enum: ["a", null] },
      { type: { enum: ["a"] }, optional: true },
    ],
    [{ type: "integer", enum: [1, 2] }, { type: "int" }],
    [{ type: "array", items: { type: "string" } }, { type: { list: "string" } }],
    [{ type: "array" }, { type: { list: "json" } }],
    [{ type: "object" }, { type: "json" }],
    [
      { type: "object", properties: { a: { type: "integer" }, b: { type: "string" } }, required: ["a"] },
      {
        type: {
          record: [
            { name: "a", type: "int" },
            { name: "b", type: "string", optional: true },
          ],
        },
      },
    ],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, { type: "string", optional: true }],
    [{ oneOf: [{ type: "null" }, { type: "integer" }] }, { type: "int", optional: true }],
    [{ type: ["boolean", "null"] }, { type: "bool", optional: true }],
    [{ anyOf: [{ type: "string" }, { type: "integer" }] }, { type: "json" }],
    [{ type: ["string", "integer"] }, { type: "json" }],
    [{ allOf: [{ type: "string" }] }, { type: "string" }],
    [{}, { type: "json" }],
    [true, { type: "json" }],
    [{ const: 3 }, { type: "json" }],
    [{ $ref: "#/nowhere" }, { type: "json" }],
    [{ $ref: "https://a.example/schema" }, { type: "json" }],
  ])("%j", (schema, field) => {
    expect(typeOf(schema)).toEqual({ name: "p", ...field });
  });

  test("references within the schema are followed, and rings end", () => {
    const schema = {
      type: "object",
      $defs: { who: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] } },
      properties: { who: { $ref: "#/$defs/who" } },
      required: ["who"],
    };
    expect(paramsOf(schema)).toEqual([{ name: "who", type: { record: [{ name: "id", type: "int" }] } }]);
    const ring = { type: "object", properties: { next: { $ref: "#" } }, required: ["next"] };
    expect(JSON.stringify(paramsOf(ring))).toContain('"json"');
    expect(typeOf({ $ref: "#/properties/p" })).toEqual({ name: "p", type: "json" });
  });

  test("hostile names are names", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}},"required":["__proto__"]}',
    );
    expect(paramsOf(schema)).toEqual([
      { name: "__proto__", type: "string" },
      { name: "constructor", type: "int", optional: true },
    ]);
  });
});

describe("shapes of a tool list", () => {
  const tool = {
    name: "a.b",
    inputSchema: { type: "object", properties: { x: { type: "string" } }, required: ["x"] },
  };
  const expected = [{ name: "a.b", params: [{ name: "x", type: "string" }], annotated: [], readOnly: false }];

  test.each([
    [[tool]],
    [{ tools: [tool] }],
    [{ jsonrpc: "2.0", id: 1, result: { tools: [tool] } }],
    [[{ type: "function", function: { name: "a.b", parameters: tool.inputSchema } }]],
    [[{ name: "a.b", parameters: tool.inputSchema }]],
    [[{ name: "a.b", input_schema: tool.inputSchema }]],
  ])("%j", (list) => {
    expect(importTools(JSON.stringify(list))).toEqual({ tools: expected });
  });

  test.each([
    "",
    "{",
    "3",
    "null",
    "{}",
    '{"tools":3}',
    "[3]",
    '[{"name":""}]',
    '[{"name":"a","inputSchema":3}]',
    '[{"name":"a*"}]',
  ])("%s is no list", (text) => {
    expect(importTools(text).error).toBeDefined();
  });
});

describe("tools of a server in a policy", () => {
  const policy = (lines: string, files = { "tools.json": fixture }) =>
    compile(`policy p\ntools "./tools.json"\n${lines}`, files);

  test("are declared, and refined by lines of the same file in any order", () => {
    const compiled = policyOf(
      policy(`tool mcp__mail__send(to: list<email>, priority: int)
        tool mcp__fs__read(path: path)`),
    );
    expect(compiled.tools).toMatchSnapshot();
  });

  test.each([
    ["tool mcp__fs__read(file: path)", "check/bad-refinement"],
    ["tool mcp__fs__read(path: int)", "check/bad-refinement"],
    ["tool mcp__fs__read(path?: path)", "check/bad-refinement"],
    ["tool mcp__fs__read(path: path)\ntool mcp__fs__read(path: path)", "check/duplicate"],
    ['tools "./tools.json"', "check/duplicate"],
  ])("%s", (lines, code) => {
    expect(new Set(codesOf(policy(lines)))).toEqual(new Set([code]));
  });

  test("a file that is no list is one diagnostic, and its tools are not missed", () => {
    const files = { "tools.json": '{"name":"server"}' };
    const result = policy('scope { permit mcp__fs__read when path == "x" }', files);
    expect(codesOf(result), rendered(result)).toEqual(["check/bad-tools-file"]);
    expect(codesOf(policy("", {} as typeof files))).toEqual(["check/unreadable-file"]);
  });
});
