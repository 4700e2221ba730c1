import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FactAnswer, FactQuestion } from "../../src/ir/knowledge.js";
import type { TraceRecord } from "../../src/ir/trace.js";
import { exportTrace } from "../../src/trace/export.js";
import { openTrace } from "../../src/trace/open.js";
import { Store } from "../../src/session/store.js";
import { runCli } from "../cli/run-cli.js";
import { commission, compiled, engineOf, knowing, past } from "../support/policy.js";
import { all } from "../trace/stores.js";

const secret = "hunter2-correct-horse";
const pin = "84170553";
const blocks = {
  tools: `tool login(user: string, password: sensitive string, at?: sensitive time)
tool pay(card: { owner: string, number: sensitive string, codes: list<{ code: sensitive int }> }, amount: int)
tool keep(keys: sensitive list<string>, n: int)
tool look(q: json)`,
  grounding: `unsupported at most 1
  source vault is json "vault.json" trust 0.9
  fact known(password: string): bool from vault "/{password}"
  ground login on fact known(password)`,
  scope: `permit login when length(password) > 3
  permit pay when amount < 100 and (every c in card.codes: c.code > 0)
  permit keep when some k in keys: k like "h*"
  permit look
  limit keep to 3 per session`,
  reversibility:
    "class free\n class grave above free confirm owner\n treat look as free\n treat login as grave\n treat pay as grave\n treat keep as free\n otherwise grave",
};
const engine = engineOf(blocks);
const login = {
  tool: "login",
  args: { user: "ann", password: secret, at: "2026-01-31T09:00:00+01:00" },
  confidence: 1,
};
const pay = {
  tool: "pay",
  args: { card: { owner: "ann", number: secret, codes: [{ code: Number(pin) }] }, amount: 5 },
  confidence: 1,
};
const keep = { tool: "keep", args: { keys: [secret, "horse"], n: 1 }, confidence: 1 };

let folder: string;
let store: Store;
const sources = (silent?: string) => ({
  asked: [] as string[],
  async ask(questions: readonly FactQuestion[]): Promise<FactAnswer[]> {
    return questions.map(({ fact, args }) => {
      this.asked.push(String(args[0]));
      const answer = silent === undefined ? { source: "vault", value: true } : { source: "vault", silent };
      return { fact, args, answers: [answer] };
    });
  },
  close: async () => {},
});
const openOn = async (from = sources()) => {
  store = new Store(engine, from, { trace: await openTrace(join(folder, "trace.db")) });
  return store;
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "reshimu-sensitive-"));
  await openOn();
});
afterEach(async () => {
  await store.trace.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All that is on disk, and all that would be handed on. */
async function everything(): Promise<string> {
  const files = readdirSync(folder).filter((name) => name.startsWith("trace.db"));
  const disk = files.map((name) => readFileSync(join(folder, name), "latin1")).join("\n");
  return `${disk}\n${(await all(exportTrace(store.trace))).join("\n")}`;
}
const leaks = async () => {
  const text = await everything();
  return [secret, "correct-horse", pin, '"horse"', "2026-01-31T08:00:00.000Z", "2026-01-31T09:00"].filter(
    (one) => text.includes(one),
  );
};
const bodies = async <K extends "decided" | "proposed" | "observed">(kind: K) =>
  (await all(store.trace.records({ kinds: [kind] }))).map((record) => (record as TraceRecord<K>).body);

describe("what is sensitive", () => {
  test("is carried out as it is, and recorded as a salted digest", async () => {
    const from = sources();
    await openOn(from);
    const session = await store.open({ id: "s" });
    for (const proposal of [login, pay, keep]) {
      let decision = await session.propose(proposal);
      if (decision.decision === "confirm") decision = await session.confirm({ by: "owner" });
      expect(decision.decision).toBe("authorize");
      expect(JSON.stringify(decision.action)).toContain(secret);
      const recorded = session.recorded(decision);
      expect(JSON.stringify(recorded)).not.toContain(secret);
      const { tool, args } = proposal;
      expect(
        await session.observe({
          tool,
          args,
          output: { echo: `with ${secret}`, [secret]: 1, n: tool === "pay" ? Number(pin) : 1 },
        }),
      ).toBeDefined();
    }
    expect(from.asked).toEqual([secret, secret]);
    expect(await leaks()).toEqual([]);
    const decided = await bodies("decided");
    expect(decided[1]?.decision.action?.args).toEqual({
      user: "ann",
      password: { sensitive: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      at: { sensitive: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    });
    expect(decided[1]?.values).toEqual(decided[1]?.decision.action?.args);
    const [proposed] = await bodies("proposed");
    expect((proposed?.proposal as { args: object } | undefined)?.args).toEqual(decided[1]?.values);
    expect(decided[3]?.values).toMatchObject({
      card: {
        owner: "ann",
        number: { sensitive: expect.anything() },
        codes: [{ code: { sensitive: expect.anything() } }],
      },
    });
    const observed = await all(store.trace.records({ kinds: ["observed"] }));
    expect(observed.every(({ cause }) => cause !== null)).toBe(true);
  });

  test("is put away too where it does not fit, is mistyped, or nobody declared the tool", async () => {
    const session = await store.open();
    const sent: unknown[] = [
      { ...login, args: { user: "ann", pasword: secret } },
      { ...login, args: { user: "ann", password: { is: secret } } },
      { ...login, args: [secret] },
      { ...login, tool: "logn" },
      { ...login, tool: 5 },
      secret,
      { ...pay, args: { card: secret, amount: 1 } },
      { ...pay, args: { card: { owner: "ann", numbr: secret, codes: [Number(pin)] }, amount: 1 } },
      { ...login, message: `the password is ${secret}`, claims: { [secret]: { value: [secret] } } },
    ];
    for (const proposal of sent) await session.propose(proposal);
    await session.observe({ tool: "undeclared", args: { password: secret }, output: "" });
    await session.observe({ tool: "login", args: { password: [secret] }, output: "" });
    expect(await leaks()).toEqual([]);
  });

  test("cannot be found by trying values out on a digest that is kept", async () => {
    const [one, other] = [await store.open({ id: "s" }), await store.open({ id: "t" })];
    const digests = [await one.propose(login), await other.propose(login)].map(({ proposal }) => proposal);
    expect(digests[0]).not.toBe(digests[1]);
    const [a, b] = await bodies("proposed");
    expect(a).not.toEqual(b);
    expect((await store.open({ id: "u" }).then((session) => session.propose("x"))).proposal).not.toBe(
      engine.evaluate("x", knowing()).decision.proposal,
    );
  });

  test("is not told by a source that is silent, nor by what is not known", async () => {
    await openOn(sources(`has no ${secret} in it`));
    const session = await store.open();
    const decision = await session.propose(login);
    expect(decision.decision).toBe("clarify");
    expect(JSON.stringify(session.recorded(decision))).not.toContain(secret);
    expect(JSON.stringify(decision.remedies)).not.toContain(secret);
    expect(await leaks()).toEqual([]);
  });

  test("is needed again to confirm in another process, and only the same will do", async () => {
    const session = await store.open({ id: "s" });
    await session.propose(login);
    const elsewhere = new Store(engine, sources(), { trace: store.trace });
    const desk = await elsewhere.session("s");
    await expect(desk.confirm({ by: "owner" })).rejects.toThrow("give the `proposal` again");
    const other = { ...login, args: { ...login.args, password: `${secret}!` } };
    await expect(desk.confirm({ by: "owner", proposal: other })).rejects.toThrow(
      "not the proposal that was shown",
    );
    const louder = { ...login, confidence: 0.5 };
    await expect(desk.confirm({ by: "owner", proposal: louder })).rejects.toThrow(
      "not the proposal that was shown",
    );
    expect(await all(store.trace.records({ kinds: ["confirmed"] }))).toEqual([]);
    const released = await desk.confirm({ by: "owner", proposal: login });
    expect(released).toMatchObject({ decision: "authorize", action: { args: { password: secret } } });
    expect(await leaks()).toEqual([]);
  });

  test("is unknown of an earlier action, whatever a policy that was not checked reads", () => {
    const hidden = { sensitive: `sha256:${"0".repeat(64)}` };
    const counting = engineOf({
      tools: "tool act(n: int, who?: string)\ntool idle()",
      scope: "permit act when not has who or calls(act, who: who) == 0 ",
    });
    const evaluated = (who: unknown) =>
      counting.evaluate(
        { tool: "act", args: { n: 1, who: "x" }, confidence: 1 },
        knowing({ history: [past("act", { n: 1, who: who as string })] }),
      ).decision.decision;
    expect([evaluated("x"), evaluated("y"), evaluated(hidden)]).toEqual(["return", "authorize", "clarify"]);
    const limited = engineOf({
      tools: "tool act(n: int, who?: string)\ntool idle()",
      scope: "permit *\n limit act to 1 per session each n\n limit act sum n to 5 per session",
    });
    const used = (n: unknown) =>
      limited.evaluate(
        { tool: "act", args: { n: 1 }, confidence: 1 },
        knowing({ history: [past("act", { n: n as number })] }),
      ).decision.decision;
    expect([used(1), used(2), used(hidden)]).toEqual(["return", "authorize", "clarify"]);
  });
});

describe("what the command line prints of it", () => {
  test("is never the value", async () => {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const policy = file("policy.reshimu", commission(blocks));
    file("vault.json", JSON.stringify({ [secret]: true }));
    const lines = [
      login,
      { confirm: { by: "owner" } },
      { observe: { tool: "login", args: login.args, output: { echo: secret } } },
      pay,
      keep,
      { ...login, args: { password: secret, pasword: secret } },
      { ...login, args: { ...login.args, password: "x" }, tool: "logn" },
      { observe: { tool: "login", args: { password: secret }, output: secret } },
    ];
    const sent = file("lines.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
    for (const options of [
      [],
      ["--explain"],
      ["--format", "json"],
      ["--format", "json", "--explain", "--words"],
    ]) {
      const { out, err, code } = await runCli("eval", policy, sent, ...options);
      expect({ options, code, err }).toEqual({ options, code: 0, err: "" });
      expect(out).toContain("authorize");
      expect(out).toContain("sensitive");
      for (const one of [secret, "correct-horse", pin]) expect(out).not.toContain(one);
    }
  });
});

test.each<readonly [string, string]>([
  ["scope", "permit act\n limit act to 1 per session each p"],
  ["scope", "permit act when calls(act, p: p) == 0"],
  ["scope", "permit act when some x in l: x traced to crm"],
  ["scope", "permit act when r.s traced to crm"],
  ["scope", "permit act when every x in l: (some y in [x]: y traced to crm)"],
  ["reversibility", "class free\n treat act as free by idle(who: p) within 1h\n otherwise free"],
])("a %s that would have to keep it is an error: %s", (block, text) => {
  const policy = commission({
    tools:
      "tool act(p: sensitive string, l: sensitive list<string>, r: { s: sensitive string, t: string })\ntool idle(who: string)",
    grounding: "unsupported at most 1\n source crm is tool idle trust 0.5",
    [block]: text,
  });
  expect(() => compiled(policy)).toThrow("check/sensitive-read");
});

test("what lies beside it may be read", () => {
  const policy = commission({
    tools:
      "tool act(p: sensitive string, r: { s: sensitive string, t: string }, l: list<string>)\ntool idle(who: string)",
    grounding: "unsupported at most 1\n source crm is tool idle trust 0.5",
    scope:
      'permit act when r.t traced to crm and (every x in l: x traced to crm) and p != "" and r.s like "a*"',
  });
  expect(compiled(policy).tools[0]?.params[0]?.sensitive).toBe(true);
});
