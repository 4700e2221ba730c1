import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runAt, runCli } from "./run-cli.js";
import { explainedDecisionSchema } from "../../src/schemas.js";

const policy = `policy notes.agent
principal owner "Owner"
intent {
  read     "Read the notes."
  keep     "Keep a summary."
  restrain "Nothing else."
  given week: int asks owner "Which week?"
}
tool notes.read(path: string, to: list<string>, at: time, note?: string)
scope {
  permit notes.read serving read, keep
    when "ｄａｔａ" != path and length(path) > 2
      and every one in to:
        one like "*@acme.example"
  forbid notes.read serving restrain when has note and note == "x" or at > "2026-05-01T00:00:00Z"
  limit notes.read to 2 per session
}
grounding {
  fact size(path: string): int
    from box "/size/{path}"
  source box is json "box.json" trust 0.9
  ground notes.read on fact size(path) + given.week < 10
}
reversibility {
  class light
  otherwise light
}
discernment {
  threshold 0.3
  escalate owner within 1h
}
`;

let file: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reshimu-"));
  file = join(folder, "p.reshimu");
  await writeFile(file, policy);
  await writeFile(join(folder, "box.json"), '{"size": {"abc": 3, "データ/abc": 3}}');
});

const call = (args: object): string =>
  JSON.stringify({
    tool: "notes.read",
    args: { path: "abc", to: [], at: "2026-01-31T09:00:00Z", ...args },
  });

async function explained(
  args: object,
  { width = 100, color = false } = {},
  ...options: string[]
): Promise<string> {
  const lines = join(folder, "lines.jsonl");
  await writeFile(lines, call(args));
  const { out } = await runAt({ width, color }, "eval", file, lines, "--explain", ...options);
  return out.replaceAll(file, "p.reshimu");
}

const from = (text: string, mark: string): string[] => {
  const lines = text.split("\n");
  return lines.slice(lines.findIndex((line) => line.includes(mark)));
};

describe("eval --explain", () => {
  test("hangs values beneath the author's own lines, also where letters are wide", async () => {
    const out = await explained({
      path: "データ",
      to: ["a@acme.example", "b@else.example", "c@acme.example"],
    });
    expect(from(out, "how ARYEH scope came to outside").slice(0, 14)).toEqual([
      "  how ARYEH scope came to outside:",
      "    p.reshimu:11:3 permit is false",
      '      12 |     when "ｄａｔａ" != path and length(path) > 2',
      "         |                     |  |    |   |      |     |",
      "         |                     |  |    |   |      |     true",
      '         |                     |  |    |   3      "データ"',
      "         |                     |  |    false",
      '         |                     |  "データ"',
      "         |                     true",
      "      13 |       and every one in to:",
      "         |           |            |",
      '         |           |            ["a@acme.example", "b@else.example", "c…',
      "         |           false (one: 2 of 3)",
      '      14 |         one like "*@acme.example"',
    ]);
  });

  test("tells why something is unknown, beneath what rests on it", async () => {
    const out = await explained({});
    const lines = from(out, "ground on fact is unknown");
    expect(lines[1]).toContain("ground notes.read on fact size(path) + given.week < 10");
    expect(out).toContain("`given.week` is unknown: nobody has said what `given.week` is");
    expect(out).not.toContain("`size(path)` is unknown");
  });

  test("shows absent values, and times as they are written", async () => {
    const out = await explained({ at: "2026-06-01T00:00:00Z" });
    expect(out).toContain('"2026-06-01T00:00:00.000Z"');
    expect(out).toContain("| `note` is absent");
    expect(out).toContain('`note == "x"` is unknown: what it compares is absent');
    expect(out).toContain("forbid is true");
  });

  test("lists values where a line has no room for them", async () => {
    const out = await explained({ at: "2026-06-01T00:00:00Z" }, { width: 60 });
    expect(out).toContain('| `at` is "2026-06-01T00:00:00.000Z"');
  });

  test("lets nothing steer the terminal, and nothing grow long", async () => {
    const out = await explained({ path: `\u001b[2J\u202e${"x".repeat(5_000)}`, to: ["\u0007"] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is control characters
    expect(out).not.toMatch(/[\u0007\u001b\u202e]/);
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(160);
  });

  test("says the same in colour", async () => {
    const args = { to: ["b@else.example"] };
    const [plain, coloured] = [await explained(args), await explained(args, { color: true })];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is colour
    expect(coloured.replace(/\u001b\[\d+m/g, "").replace(/\s+/g, " ")).toBe(plain.replace(/\s+/g, " "));
  });

  test("gives it as data, of the form that is written down", async () => {
    const out = await explained({ to: ["b@else.example"], path: "y".repeat(3_000) }, {}, "--format", "json");
    const decision = explainedDecisionSchema.parse(JSON.parse(out));
    const [scope] = decision.explanation;
    expect(decision.explanation.map(({ validator }) => validator)).toEqual(decision.stoppedBy);
    expect(scope?.statements[0]).toMatchObject({ effect: "permit", value: "false" });
    const [condition] = scope?.statements[0]?.conditions ?? [];
    const [whole] = condition?.parts ?? [];
    expect(whole).toMatchObject({ state: "known", value: false });
    expect(condition?.text.slice(whole?.from, whole?.to)).toMatch(/^"ｄａｔａ" != path and/);
    expect(whole?.parts[0]?.parts[0]?.cut).toHaveLength(1_000);
    expect(whole?.parts.at(-1)).toMatchObject({
      value: false,
      element: { variable: "one", place: 1, count: 1 },
    });
  });

  test("explains what a built policy decides too", async () => {
    const source = await explained({}, {}, "--format", "json");
    await runCli("build", file, "-o", join(folder, "p.json"));
    const { out } = await runCli(
      "eval",
      join(folder, "p.json"),
      join(folder, "lines.jsonl"),
      "--explain",
      "--format",
      "json",
    );
    expect(JSON.parse(out).explanation).toEqual(JSON.parse(source.replaceAll("p.reshimu", file)).explanation);
  });

  test("without it, nothing is explained", async () => {
    const { out } = await runCli("eval", file, join(folder, "lines.jsonl"), "--format", "json");
    expect(JSON.parse(out)).not.toHaveProperty("explanation");
  });
});
