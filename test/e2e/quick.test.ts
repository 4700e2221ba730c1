import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt, type Ran, reshimu, type RunOptions } from "./binary.js";

const accounts = "test/cli/samples/accounts";
let folder = "";
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  await ensureBuilt();
  folder = mkdtempSync(path.join(tmpdir(), "reshimu-quick-"));
  for (const [name, text] of Object.entries(policies)) {
    writeFileSync(at(`${name}.reshimu`), text);
    const built = await reshimu(["build", at(`${name}.reshimu`), "-o", at(`${name}.json`)]);
    expect(built).toMatchObject({ code: 0, out: "" });
  }
  writeFileSync(
    at("broken.json"),
    readFileSync(at("plain.json"), "utf8").replace('"zone":"UTC"', '"zone":5'),
  );
  writeFileSync(at("latin1.json"), Buffer.from([0x7b, 0xe9, 0x7d]));
  writeFileSync(at("lines.jsonl"), lines.join("\n"));
  writeFileSync(at("first.jsonl"), lines[0] ?? "");
  writeFileSync(at("bytes.jsonl"), Buffer.from([0xff, 0xfe, 0x7b, 0x00]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const head = `principal owner "Owner"
principal board "Board"
intent {
  keep "Keep the notes."
  share "Share what is asked for."
  restrain "Nothing else."
  given region: enum("EU", "US") asks board "Which region?"
}
tool notes.read(path: path, at?: time)
tool notes.write(path: path, text: string)
SOURCES
scope {
  permit notes.read serving keep when path within "/notes" and not path matches ".*secret.*"
  permit notes.write serving share when given.region == "EU"
  forbid notes.write serving restrain when path within "/notes/old" because "it is kept as it was"
  limit notes.write to 2 per session
}
grounding {
  unsupported at most 0.9
  FACTS
}
reversibility {
  class free
  class kept above free confirm owner
  treat notes.write as kept
  otherwise free
}
discernment {
  threshold 0.3
  gray notes.read when path like "/notes/*.draft" weight 0.6 asks board "May drafts be read?"
  escalate owner within 4h
}
`;
const policies = {
  plain: `policy plain\n${head.replace("SOURCES", "").replace("FACTS", "")}`,
  bare: `policy bare\n${head
    .replace("SOURCES", "")
    .replace("FACTS", "")
    .replace(/ and not path matches.*/, "")
    .replace(/ {2}gray.*\n/, "")}`,
  asking: `policy asking\n${head
    .replace("SOURCES", "")
    .replace(
      "FACTS",
      'source crm is json "crm.json" trust 0.9\n  fact open(id: path): bool\n    from crm "/open/{id}"\n  ground notes.write on fact open(path)',
    )}`,
} as const;

const lines = [
  '{"tool":"notes.read","args":{"path":"/notes/1.md"},"confidence":0.9}',
  '{"tool":"notes.read","args":{"path":"/else/1.md"},"confidence":0.9}',
  '{"tool":"notes.read","args":{"path":"/notes/a/x.draft"}}',
  '{"tool":"notes.read","args":{"path":"/notes/1.md","at":"2026-01-31T09:00:00+01:00"}}',
  '{"tool":"notes.read","args":{"path":"/notes/1.md","at":"2026-03-29T02:30"}}',
  '{"observe":{"tool":"notes.read","args":{"path":"/notes/1.md"},"output":{"body":"Größe 12 – ok","n":[1,2]}}}',
  '{"observe":{"tool":"notes.read","args":{"path":"/notes/2.md"},"output":"a: 1\\nb: two\\n"}}',
  '{"said":{"by":"owner","text":"Größe 12 – ok"}}',
  '{"tool":"notes.write","args":{"path":"/notes/2.md","text":"Größe 12 – ok"},"confidence":0.8}',
  '{"confirm":{"by":"owner"}}',
  '{"tool":"notes.write","args":{"path":"/notes/old/2.md","text":"x"},"confidence":1}',
  '{"rule":{"by":"board","given":"region","answer":"EU"}}',
  '{"tool":"notes.write","args":{"path":"/notes/3.md","text":"Größe 12 – ok"},"confidence":0.8,"message":"As was asked for, with what the notes say."}',
  '{"outcome":{"result":"worked"}}',
  '{"confirm":{"by":"nobody"}}',
  '{"confirm":{"by":"owner","extra":1}}',
  '{"tol":"notes.read"}',
  '{"tool":5,"args":[]}',
  '{"tool":"notes.gone","args":{}}',
  '{"a":1,"a":2}',
  "not JSON \u0007 at all",
  "",
  '{"session":"other","tool":"notes.read","args":{"path":"/notes/../../x"}}',
  `{"tool":"notes.read","args":{"path":"/notes/${"long/".repeat(60)}1.md"}}`,
  "[]",
];

/** Runs both ways, and compares; gives what they gave. */
async function same(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [quick, whole] = [await reshimu(args, options), await reshimu(args, { ...options, whole: true })];
  expect(quick).toEqual(whole);
  return quick;
}

const now = ["--now", "2026-01-31T09:00:00Z"];

describe("eval says the same the quick way and the whole way", () => {
  test.each([
    [[]],
    [["--given", "region=EU"]],
    [["--given=region=US", "--format=json"]],
    [["--format", "json", "--given", "region=EU", "--exit-code"]],
    [["--exit-code", "--words", "--format", "json"]],
    [["--words", "--actor", "ann", "--role", "a", "--role", "b", "--instruction", "Write 3.md."]],
    [["--given", "region=else"]],
    [["--given", "region"]],
    [["--given", "reigon=EU"]],
    [["--tier", "worker"]],
    [["--actor", ""]],
    [["--now", "yesterday"]],
    [["--format", "xml"]],
    [["--unknown"]],
    [["--explain", "--given", "region=EU"]],
    [["--root", "."]],
    [["--trace", "memory:"]],
    [["--help"]],
    [["--given"]],
  ])("with %j", async (more) => {
    await same(["eval", at("plain.json"), at("lines.jsonl"), ...now, ...more]);
  });

  test.each([
    ["gone.json", "lines.jsonl"],
    ["broken.json", "lines.jsonl"],
    ["latin1.json", "lines.jsonl"],
    ["plain.json", "gone.jsonl"],
    ["plain.json", "bytes.jsonl"],
    ["plain.json", "."],
    ["plain.reshimu", "lines.jsonl"],
    ["asking.json", "lines.jsonl"],
    [".", "lines.jsonl"],
  ])("of %s and %s", async (policy, proposals) => {
    await same(["eval", at(policy), at(proposals), ...now]);
  });

  test("from stdin, and with too many or too few arguments", async () => {
    const input = lines.slice(0, 4).join("\r\n");
    expect((await same(["eval", at("plain.json"), ...now], { input })).out).toContain("4 decided");
    await same(["eval", at("plain.json"), "-", ...now], { input: `\ufeff${input}` });
    await same(["eval", at("plain.json")], { input: "" });
    await same(["eval"]);
    await same(["eval", at("plain.json"), "-", "more"]);
    await same(["evil", at("plain.json")]);
    await same([]);
  });

  test("on longer lines, and many", async () => {
    const input = `${`{"tool":"notes.read","args":{"path":"/notes/${"x".repeat(70_000)}"}}\n`.repeat(5)}{"x":"${"y".repeat(1_100_000)}"}\n`;
    await same(["eval", at("plain.json"), "--format", "json", ...now], { input });
  });

  test("in colour where that is wanted", async () => {
    const { out } = await same(["eval", at("plain.json"), at("lines.jsonl"), ...now], {
      env: { FORCE_COLOR: "1" },
    });
    expect(out).toContain("\u001b[");
  });

  test("on the sample", async () => {
    await reshimu(["build", accounts, "-o", at("accounts.json")]);
    await same(["eval", at("accounts.json"), `${accounts}/proposals.jsonl`, "--given", "region=EU", ...now]);
  });
});

describe("its bundle", () => {
  test("is one file, and needs nothing else of the programme", async () => {
    const alone = at("alone");
    cpSync("dist/cli/start", alone, { recursive: true });
    for (const name of readdirSync(alone))
      if (!/^(?:main|quick)\.cjs$/.test(name)) rmSync(path.join(alone, name));
    const { execFileSync } = process.getBuiltinModule("node:child_process");
    const out = execFileSync(
      process.execPath,
      [
        path.join(alone, "main.cjs"),
        "eval",
        at("bare.json"),
        at("first.jsonl"),
        "--given",
        "region=EU",
        "--format",
        "json",
      ],
      { encoding: "utf8", env: { ...process.env, RESHIMU_CACHE_DIR: "off" } },
    );
    expect(out).toContain('{"decision":"authorize"');
  });

  test("brings neither parser nor schema library, nor what is loaded late", () => {
    const textOf = (...files: readonly string[]): string =>
      files.map((file) => readFileSync(file, "utf8")).join("");
    const quick = textOf("dist/cli/start/quick.cjs");
    const all = textOf(
      ...readdirSync("dist/whole").map((name) => `dist/whole/${name}`),
      ...readdirSync("dist/cli/start").map((name) => `dist/cli/start/${name}`),
    );
    // Each is a message or a name that the package is told by, however small its other names are made.
    const marks = [
      "MismatchedTokenException",
      "ZodError",
      "Invalid DateTime",
      "kysely_migration",
      "RE2JSSyntaxException",
      "YAMLParseError",
      "CommanderError",
    ];
    for (const mark of marks)
      expect([mark, quick.includes(mark), all.includes(mark)]).toEqual([mark, false, true]);
  });
});
