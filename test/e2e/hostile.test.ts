import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../cli/run-cli.js";
import { ensureBuilt, type Ran, reshimu } from "./binary.js";

const accounts = "test/cli/samples/accounts";
const many = 100_000;
const scope = "policy x\nscope {\n  permit a when ";

/** A UTF-16 text with its byte order mark. */
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, "utf16le");
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const bytes = Uint8Array.from({ length: 4_096 }, (_, i) => i * 7);

/** Whatever was wrong: an answer in time, no stack, no fault of its own. */
function expectCalm({ code, out, err }: Ran): void {
  expect(code).not.toBeNull();
  expect(out + err).not.toMatch(/\n\s+at .*:\d+:\d+|internal error|RangeError|TypeError/);
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "reshimu-"));
  await ensureBuilt();
});

const policies: Readonly<Record<string, readonly [content: string | Uint8Array, code: number]>> = {
  "empty.reshimu": ["", 1],
  "blank.reshimu": ["\n\n \t\n", 1],
  "binary.reshimu": [bytes, 3],
  "utf16.reshimu": [utf16("policy x\n"), 3],
  "latin1.reshimu": [latin1("policy x // Grüße\n"), 3],
  "line.reshimu": [`policy x // ${"a".repeat(5_000_000)}`, 3],
  "name.reshimu": [`policy ${"a".repeat(1_000_000)}`, 1],
  "parens.reshimu": [`${scope}${"(".repeat(many)}true${")".repeat(many)}\n}`, 1],
  "brackets.reshimu": [`${scope}x in ${"[".repeat(many)}${"]".repeat(many)}\n}`, 1],
  "braces.reshimu": ["{".repeat(many), 1],
  "nots.reshimu": [`${scope}${"not ".repeat(many)}true\n}`, 1],
  "ands.reshimu": [`${scope}${"true and ".repeat(many)}true\n}`, 1],
  "pluses.reshimu": [`${scope}${"1 + ".repeat(many)}1 > 0\n}`, 1],
  "quotes.reshimu": ['"'.repeat(many + 1), 1],
  "nul.reshimu": ["policy x\0y\n", 1],
  "reorders.reshimu": ['policy x\nprincipal owner "\u202eowner"\n', 0],
  "proto.reshimu": ["policy x\ntool `__proto__`(`constructor`: string)\ntool `constructor`()\n", 0],
  "numbers.reshimu": [`policy x\nscope {\n  limit a to 1${"0".repeat(400)} per session\n}`, 1],
  "mark.reshimu": ["\ufeffpolicy x\n", 0],
  "empty.json": ["", 3],
  "deep.json": ["[".repeat(many), 3],
  "other.json": ['{"format":"reshimu-policy","version":2}', 3],
  "array.json": ["[]", 3],
};

describe("check", () => {
  test.each(Object.entries(policies))("within this process, with %s", async (name, [content, code]) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    const ran = await runCli("check", file);
    expectCalm(ran);
    expect(ran.code).toBe(code);
    if (code !== 0) expect(ran.out).toContain(name);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is control characters
    expect(ran.out).not.toMatch(/[\u0000\u202e]/);
  });

  test("of them all at once", async () => {
    for (const [name, [content]] of Object.entries(policies)) writeFileSync(join(folder, name), content);
    const ran = await reshimu([
      "check",
      folder,
      ...Object.keys(policies).map((name) => join(folder, name)),
      "--format",
      "json",
    ]);
    expectCalm(ran);
    expect(ran).toMatchObject({ code: 3, err: "" });
    const found = new Set((JSON.parse(ran.out) as { span: { file: string } }[]).map(({ span }) => span.file));
    for (const [name, [, code]] of Object.entries(policies))
      if (code !== 0) expect(found).toContain(join(folder, name));
  });

  test("of what is missing, a folder, or below a file", async () => {
    mkdirSync(join(folder, "folder.reshimu"), { recursive: true });
    writeFileSync(join(folder, "a.reshimu"), "policy a\n");
    expect(await runCli("check", join(folder, "missing.reshimu"))).toMatchObject({
      code: 3,
      out: "",
      err: expect.stringContaining("missing.reshimu"),
    });
    expect(await runCli("check", join(folder, "folder.reshimu"))).toMatchObject({ code: 2, out: "" });
    expect(await runCli("check", join(folder, "a.reshimu/b"))).toMatchObject({ code: 3, out: "" });
  });
});

const query = '{"tool":"crm.query","args":{"table":"accounts","sql":"select 1","limit":1}}';
const write = (path: string): string =>
  `{"tool":"report.write","args":{"path":${JSON.stringify(path)},"body":""},"confidence":0.9,"claims":{"inactive":{"value":4}}}`;

/** Each with what is said of it: a decision's word, or a piece of the message that names its line. */
const lines: readonly (readonly [string | Uint8Array, string])[] = [
  [query, "authorize"],
  [`${query}\r`, "authorize"],
  ["nonsense", "not JSON"],
  [bytes.subarray(200, 205), "not UTF-8"],
  [latin1('{"tool":"Grüße","args":{}}'), "not UTF-8"],
  ["[".repeat(many), "nested more than"],
  [`{"tool":"crm.query","args":${'{"a":'.repeat(many)}1${"}".repeat(many)}}`, "nested more than"],
  [`{"tool":"${"x".repeat(5_000_000)}","args":{}}`, "longer than"],
  [`{"tool":"${"x".repeat(500_000)}","args":{}}`, "return"],
  ['{"tool":"__proto__","args":{}}', "return"],
  ['{"tool":"constructor","args":{}}', "return"],
  ['{"tool":"crm.query","args":{"__proto__":{"table":"accounts"},"sql":"x","limit":1}}', "return"],
  ['{"tool":"crm.query","args":{"constructor":1,"table":"accounts","sql":"x","limit":1}}', "return"],
  [query.replace("}}", '},"claims":{"__proto__":{"value":1}}}'), "return"],
  [query.replace("}}", '},"claims":{"constructor":{"value":1}}}'), "authorize"],
  [query.replace("1}", "1e999}"), "number that is too large"],
  [query.replace("1}", "9007199254740993}"), "cannot be told exactly"],
  [query.replace("1}", "NaN}"), "not JSON"],
  [query.replace("1}", "1e308}"), "return"],
  [query.replace("1}", "-0}"), "return"],
  ['{"tool":"a","tool":"b","args":{}}', "twice"],
  ['{"tool":"\\ud800","args":{}}', "surrogate"],
  [write("/reports/audit/../../etc/passwd"), "return"],
  [write("/reports/audit/../audit/a"), "authorize"],
  [write("//reports//audit//b"), "authorize"],
  [write("/reports/audit/\0"), "return"],
  [write("/reports/auditx/a"), "return"],
  [write("../reports/audit/a"), "return"],
  [write("/reports/audit/."), "return"],
  ['{"tool":null,"args":[]}', "return"],
  ['{"tool":"crm.query","args":{},"session":5}', "return"],
  ['{"said":{"by":"__proto__","text":"x"}}', "no principal"],
  ['{"rule":{"by":"owner","given":"__proto__","answer":1}}', "no given"],
  ['{"confirm":{"by":"owner"},"session":"__proto__"}', "confirmed"],
  ["null", "not an object"],
  ['{"__proto__":{"tool":"crm.query"}}', "neither a proposal nor a record"],
  [`${query}${query}`, "goes on after its end"],
];

describe("eval, with lines of all kinds", () => {
  test("says something of each, in its place", async () => {
    const input = Buffer.concat(lines.flatMap(([line]) => [Buffer.from(line as string), Buffer.from("\n")]));
    const ran = await reshimu(["eval", accounts, "--given", "region=EU", "--format", "json"], { input });
    expectCalm(ran);
    const told = ran.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const short = told.map((one) => one.decision ?? `${one.line}: ${one.error.message}`);
    expect(short).toEqual(
      lines.map(([, said], i) =>
        ["authorize", "return"].includes(said) ? said : expect.stringMatching(`^${i + 1}: .*${said}`),
      ),
    );
    expect(ran.code).toBe(3);
    expect(ran.err.trimEnd().split("\n")).toHaveLength(told.filter((one) => one.error !== undefined).length);
  });

  test("says so as text, and nothing that a terminal would obey", async () => {
    const input = Buffer.concat(lines.flatMap(([line]) => [Buffer.from(line as string), Buffer.from("\n")]));
    const ran = await reshimu(["eval", accounts, "--given", "region=EU"], { input });
    expectCalm(ran);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is control characters
    expect(ran.out + ran.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(ran.out.length).toBeLessThan(100_000);
  });

  test.each<[string, string | Uint8Array, number]>([
    ["empty", "", 0],
    ["binary", bytes, 3],
    ["UTF-16", utf16(`${query}\n`), 3],
    ["one line of five megabytes", "x".repeat(5_000_000), 3],
  ])("of a file that is %s", async (name, content, code) => {
    const file = join(folder, `${name.replaceAll(" ", "-")}.jsonl`);
    writeFileSync(file, content);
    const ran = await runCli("eval", accounts, file, "--given", "region=EU");
    expectCalm(ran);
    expect(ran.code).toBe(code);
    if (code !== 0) expect(ran.err).toContain(`${file}:1`);
  });

  test("of a folder, or of a file that is missing", async () => {
    for (const file of [folder, join(folder, "missing.jsonl")])
      expect(await runCli("eval", accounts, file, "--given", "region=EU")).toMatchObject({
        code: 3,
        out: "",
        err: expect.stringContaining(file),
      });
  });

  test.each(["empty.reshimu", "binary.reshimu", "deep.json", "missing.reshimu", "folder.reshimu"])(
    "by a policy that is none: %s",
    async (name) => {
      const content = policies[name]?.[0];
      if (content !== undefined) writeFileSync(join(folder, name), content);
      else if (name.startsWith("folder")) mkdirSync(join(folder, name), { recursive: true });
      const ran = await runCli("eval", join(folder, name), "none.jsonl");
      expectCalm(ran);
      expect(ran).toMatchObject({ code: 3, out: "", err: expect.stringContaining(name) });
    },
  );
});
