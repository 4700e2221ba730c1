import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { formatPolicy, templates } from "../../src/index.js";
import { runCli } from "../cli/run-cli.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-init-"));
});
const at = (...parts: string[]): string => join(folder, ...parts);

/** A list of tools in a file, and what `init` makes of it. */
async function initFor(name: string, list: unknown) {
  await writeFile(at(`${name}.json`), JSON.stringify(list));
  return runCli("init", at(name), "--tools", at(`${name}.json`));
}

describe("init", () => {
  test.each(Object.keys(templates))(
    "%s gives a policy that checks, is formatted, and passes",
    async (name) => {
      const { code, out, err } = await runCli("init", at(name), "--template", name);
      expect([code, out.split("\n")[0]]).toEqual([0, at(name, "policy.reshimu")]);
      expect(err).toContain(`reshimu test ${at(name)}`);
      expect(await runCli("check", at(name))).toMatchObject({ code: 0, out: "1 policy, no problems\n" });
      expect((await runCli("test", at(name))).code).toBe(0);
      expect((await runCli("fmt", "--check", at(name))).code).toBe(0);
    },
  );

  test("overwrites nothing, and then writes nothing", async () => {
    await runCli("init", at("twice"), "--template", "mcp");
    await writeFile(at("twice", "tools.json"), "mine");
    const { code, err } = await runCli("init", at("twice"), "--template", "mcp");
    expect([code, err]).toEqual([2, expect.stringContaining("nothing is overwritten")]);
    expect(await readFile(at("twice", "tools.json"), "utf8")).toBe("mine");
    await writeFile(at("lone.json"), "[]");
    expect((await runCli("init", at("lone.json", "below"))).code).toBe(3);
  });

  test("tells a program what it wrote", async () => {
    const { out } = await runCli("init", at("told"), "--format", "json");
    expect(JSON.parse(out)).toEqual({ files: [at("told", "policy.reshimu")], tests: 4 });
  });

  test("is used one way or the other", async () => {
    expect((await runCli("init", at("x"), "--template", "none")).code).toBe(2);
    expect((await runCli("init", at("x"), "--template", "mcp", "--tools", "x.json")).code).toBe(2);
    expect((await runCli("init", at("x"), "--tools", at("missing.json"))).code).toBe(3);
    expect(await readdir(folder)).not.toContain("x");
  });
});

describe("init for a list of tools", () => {
  const odd = {
    tools: [
      {
        name: "list-users",
        inputSchema: {
          type: "object",
          properties: {
            in: { type: "string" },
            "user-id": { type: "string" },
            deep: { type: "object", properties: { every: { type: "boolean" } }, required: ["every"] },
            many: { type: "array", items: { type: "string" } },
            one: { enum: ['x"y'] },
            much: { type: "number" },
            any: {},
          },
          required: ["in", "user-id", "deep", "many", "one", "much", "any"],
        },
      },
      { name: "a.b-c", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } },
      { name: ".x", inputSchema: {} },
      { name: "not_listed", inputSchema: {} },
    ],
  };

  test("every tool has its permit, and a server's word makes none milder", async () => {
    expect((await initFor("odd", odd)).code).toBe(0);
    const text = await readFile(at("odd", "policy.reshimu"), "utf8");
    expect(text).toContain(
      "permit `list-users` serving act\n  permit a.`b-c` serving look\n  permit `.x` serving act",
    );
    expect(text).toContain(
      "ground `list-users` on situation\n    `user-id` traced to [intent, owner, answers]",
    );
    expect(text).toContain("// treat a.`b-c` as read\n  otherwise permanent");
    expect(text).not.toMatch(/^ {2}treat/m);
    expect(formatPolicy({ file: "x", text })).toEqual({ ok: true, text });
    expect((await runCli("check", at("odd"))).out).toBe("1 policy, no problems\n");
    expect((await runCli("test", at("odd"))).code).toBe(0);
    expect(JSON.parse(await readFile(at("odd", "tools.json"), "utf8"))).toEqual(odd);
  });

  test("that only reads, or does not say so, both leave no bullet idle", async () => {
    for (const annotations of [{ readOnlyHint: true }, {}]) {
      const name = `one${Object.keys(annotations).length}`;
      expect((await initFor(name, [{ name: "t", inputSchema: {}, annotations }])).code).toBe(0);
      expect((await runCli("check", at(name))).out).toBe("1 policy, no problems\n");
    }
  });

  test.each([
    ["no list", { a: 1 }, "is no list of tools"],
    ["empty", [], "it lists no tool"],
    [
      "twice",
      [
        { name: "a", inputSchema: {} },
        { name: "a", inputSchema: {} },
      ],
      "check/duplicate",
    ],
    ["unwritable", [{ name: "a`b", inputSchema: {} }], "a name with a backquote"],
    [
      "hidden",
      [
        {
          name: "a",
          inputSchema: {
            type: "object",
            properties: { l: { type: "array", items: { type: "object", properties: { "x`": {} } } } },
          },
        },
      ],
      "a name with a backquote",
    ],
    ["escaping", [{ name: "a\n}\nscope { permit *", inputSchema: {} }], "no statement could write"],
  ])("%s: nothing is written", async (name, list, said) => {
    const { code, err } = await initFor(`bad ${name}`, list);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(await readdir(folder)).not.toContain(`bad ${name}`);
  });
});
