import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createEngine, formatPolicy, loadPolicyFile, openTrace, Store } from "../../src/index.js";
import { commission } from "../support/policy.js";
import { runCli } from "./run-cli.js";

const blocks = {
  givens: 'given maybe: bool asks owner "Is it so?"\n given region: string asks board "Where?"',
  tools: "tool act(n: int, who?: string, to?: list<string>, note?: json)\ntool idle()\ntool look()",
  scope: `
    permit act serving find when n < 5 and given.maybe
    permit idle when given.region == "EU"
    permit look
    forbid look when given.region == "US"`,
  grounding: 'unsupported at most 1\n source a is json "none.json" trust 0.9\n fact f(): int from a "/f"',
  reversibility: "class free\n class grave above free confirm board\n treat look as grave\n otherwise free",
};
const act = { tool: "act", args: { n: 1, who: "Ann" }, confidence: 1 };

async function sandbox(more: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), "reshimu-"));
  const file = join(folder, "policy.reshimu");
  const formatted = formatPolicy({ file, text: commission({ ...blocks, ...more }) });
  if (!formatted.ok) throw new Error("the policy does not parse");
  await writeFile(file, formatted.text);
  const place = join(folder, "trace.db");
  const { policy } = await loadPolicyFile(file);
  if (policy === null) throw new Error("the policy does not check");
  const propose = async (...proposals: readonly object[]): Promise<string[]> => {
    const trace = await openTrace(place);
    const store = new Store(createEngine(policy), undefined, { trace });
    const session = await store.session("s").catch(() => store.open({ id: "s" }));
    for (const proposal of proposals) await session.propose(proposal);
    const hashes: string[] = [];
    for await (const record of trace.records({ kinds: ["decided"] })) hashes.push(record.hash.slice(7, 19));
    await trace.close();
    return hashes.slice(-proposals.length);
  };
  const at = ["--trace", place, "--policy", file] as const;
  return { folder, file, place, propose, at };
}

const verdictOf = (out: string): string => out.split(" ")[0] as string;

describe("reports", () => {
  test("lists each question once, with the proposals that wait for it", async () => {
    const { place, propose } = await sandbox();
    const [first, second] = await propose(act, { ...act, args: { n: 2 } });
    const { code, out, err } = await runCli("reports", "--trace", place);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.match(/Is it so\?/g)).toHaveLength(1);
    expect(out).toMatch(/^owner \(The owner\) is asked: Is it so\?/);
    expect(out).toContain(`${first} act(n: 1, who: "Ann")`);
    expect(out).toContain(`${second} act(n: 2)`);
    const json = await runCli("reports", "--trace", place, "--format", "json");
    const [line] = json.out.trim().split("\n");
    expect(JSON.parse(line as string)).toMatchObject({
      question: "given:maybe",
      ask: "owner",
      proposals: [{ session: "s", decision: "clarify" }, { session: "s" }],
    });
  });
  test("writes one whole, as text, Markdown and JSON", async () => {
    const { place, propose } = await sandbox();
    const [id] = await propose({ ...act, args: { n: 1, who: "\u202e\u0007**x**" } });
    const text = await runCli("reports", id as string, "--trace", place);
    expect(text.out).toContain("1. Did the source intent authorize this?");
    expect(text.out).toContain("it holds if given.maybe");
    for (const sign of ["\u202e", "\u0007"]) expect(text.out).not.toContain(sign);
    const markdown = await runCli("reports", id as string, "--trace", place, "--format", "markdown");
    expect(markdown.out).toContain("### 3. What specification is needed?");
    const json = await runCli("reports", id as string, "--trace", place, "--format", "json");
    expect(JSON.parse(json.out).report.source.for[0].residual).toBe("given.maybe");
  });
  test("says where nothing waits, and where there is no trace or decision", async () => {
    const { place, propose } = await sandbox();
    const [id] = await propose({ ...act, args: { n: 9 } });
    expect((await runCli("reports", "--trace", place)).out).toBe("nothing waits for an answer\n");
    expect(await runCli("reports", "--trace", `${place}.none`)).toMatchObject({ code: 3 });
    expect(await runCli("reports", "abcdef", "--trace", place)).toMatchObject({ code: 2 });
    expect(await runCli("reports", "abc", "--trace", place)).toMatchObject({ code: 2 });
    expect(await runCli("reports", id as string, "--trace", place)).toMatchObject({ code: 1 });
  });
});

describe("rule", () => {
  test("records the answer; the agent's next proposal is decided by it", async () => {
    const { at, propose, place } = await sandbox();
    const [id] = await propose(act);
    const { code, out, err } = await runCli("rule", id as string, ...at, "--by", "owner", "--answer", "yes");
    expect({ code, err, verdict: verdictOf(out) }).toEqual({ code: 0, err: "", verdict: "authorize" });
    const [next] = await propose(act);
    const decided = await runCli("reports", next as string, "--trace", place, "--format", "json");
    expect(JSON.parse(decided.out).decision).toBe("authorize");
  });
  test("takes a given's value", async () => {
    const { at, propose } = await sandbox();
    const [id] = await propose({ tool: "idle", args: {}, confidence: 1 });
    const named = ["--question", "given:region", "--answer", "EU"];
    const ruled = await runCli("rule", id as string, ...at, "--by", "board", ...named, "--format", "json");
    expect(JSON.parse(ruled.out).decision).toBe("authorize");
  });
  test("refuses who is not asked, what is no answer, and what is not asked", async () => {
    const { at, propose } = await sandbox();
    const [id] = await propose(act);
    const rule = (...more: readonly string[]) => runCli("rule", id as string, ...at, ...more);
    expect(await rule("--by", "board", "--answer", "yes")).toMatchObject({ code: 1, out: "" });
    expect(await rule("--by", "nobody", "--answer", "yes")).toMatchObject({ code: 1, out: "" });
    expect(await rule("--by", "owner", "--answer", "perhaps")).toMatchObject({ code: 2, out: "" });
    expect(await rule("--by", "owner", "--question", "permit/0", "--answer", "yes")).toMatchObject({
      code: 1,
    });
  });
});

describe("confirm", () => {
  const look = { tool: "look", args: {}, confidence: 1 };
  test("releases what waits for it", async () => {
    const { at, propose } = await sandbox({ scope: "permit *" });
    const [id] = await propose(look);
    const wrong = await runCli("rule", id as string, ...at, "--by", "board", "--answer", "yes");
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("reshimu confirm") });
    const { code, out } = await runCli("confirm", id as string, ...at, "--by", "board");
    expect({ code, verdict: verdictOf(out) }).toEqual({ code: 0, verdict: "authorize" });
    expect(await runCli("confirm", id as string, ...at, "--by", "board")).toMatchObject({ code: 1 });
  });
  test("with a no returns it", async () => {
    const { at, propose } = await sandbox({ scope: "permit *" });
    const [id] = await propose(look);
    const { out } = await runCli("confirm", id as string, ...at, "--by", "board", "--answer", "no");
    expect(verdictOf(out)).toBe("return");
  });
});

describe("a ruling as a patch", () => {
  async function patched(
    proposal: object,
    { more = {}, rule }: { more?: object; rule: readonly string[] },
  ): Promise<{ changed: string[]; verdict: string; out: string }> {
    const { at, folder, file, propose } = await sandbox(more);
    const [id] = await propose(proposal);
    const { code, out, err } = await runCli("rule", id as string, ...at, ...rule, "--as-patch");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await writeFile(join(folder, "change.diff"), out);
    execFileSync("git", ["apply", "change.diff"], { cwd: folder });
    const text = await readFile(file, "utf8");
    expect(formatPolicy({ file, text })).toEqual({ ok: true, text });
    const { policy } = await loadPolicyFile(file);
    if (policy === null) throw new Error("the changed policy does not check");
    const decision = await (await new Store(createEngine(policy), undefined).open()).propose(proposal);
    const changed = out.split("\n").filter((line) => /^[+-] /.test(line));
    return { changed: changed.map((line) => line.replace(/\s+/g, " ")), verdict: decision.decision, out };
  }
  const permitKey = async (proposal: object, more: object = {}): Promise<string> => {
    const { propose, place } = await sandbox(more);
    const [id] = await propose(proposal);
    const { out } = await runCli("reports", id as string, "--trace", place, "--format", "json");
    return JSON.parse(out)
      .remedies.flatMap((one: { questions?: string[] }) => one.questions ?? [])
      .find((key: string) => !key.startsWith("given:"));
  };

  test("gives a given its value", async () => {
    const { changed, verdict, out } = await patched(act, { rule: ["--by", "owner", "--answer", "yes"] });
    expect(out).toMatch(/^--- a\/policy\.reshimu\t?\n\+\+\+ b\/policy\.reshimu/);
    expect(changed.join("\n")).toContain("+ given maybe: bool = true asks owner");
    expect(verdict).toBe("authorize");
  });
  test("lets a permit that was open cover exactly these arguments, or a forbid", async () => {
    const idle = { tool: "act", args: { n: 1, to: ["a", "b", "a"] }, confidence: 1 };
    const question = await permitKey(idle);
    const yes = await patched(idle, { rule: ["--by", "owner", "--question", question, "--answer", "yes"] });
    expect(yes.changed.join("\n")).toContain("+ permit act serving find");
    expect(yes.verdict).toBe("authorize");
    const no = await patched(idle, { rule: ["--by", "owner", "--question", question, "--answer", "no"] });
    expect(no.changed.join("\n")).toContain('+ because "ruled by owner"');
    expect(no.verdict).toBe("return");
  });
  test("takes a gray line away for exactly these arguments, or forbids them", async () => {
    const more = {
      scope: "permit *",
      discernment: "threshold 0.1\n gray act when n > 0 weight 0.5\n escalate owner within 4h",
    };
    const yes = await patched(act, { more, rule: ["--by", "owner", "--answer", "yes"] });
    expect(yes.verdict).toBe("authorize");
    const no = await patched(act, { more, rule: ["--by", "owner", "--answer", "no"] });
    expect(no.changed.join("\n")).toContain("+ forbid act");
    expect(no.verdict).toBe("return");
  });
  test("says what no line of a policy can say", async () => {
    const more = { scope: "permit *", grounding: `${blocks.grounding}\n ground act on fact f() == 7` };
    const { at, propose } = await sandbox(more);
    const [id] = await propose(act);
    const ruled = await runCli("rule", id as string, ...at, "--by", "owner", "--answer", "yes", "--as-patch");
    expect(ruled).toMatchObject({ code: 1, out: "", err: expect.stringContaining("no line of a policy") });
    const json = await sandbox();
    const odd = { tool: "act", args: { n: 1, note: { a: 1 } }, confidence: 1 };
    const [other] = await json.propose(odd);
    const question = await permitKey(odd);
    const rule = ["--by", "owner", "--question", question, "--answer", "yes", "--as-patch"];
    expect(await runCli("rule", other as string, ...json.at, ...rule)).toMatchObject({
      code: 1,
      err: expect.stringContaining("`note`"),
    });
  });
});
