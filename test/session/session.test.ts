import { describe, expect, test } from "vitest";
import type { Decision } from "../../src/ir/decision.js";
import type { Json } from "../../src/ir/json.js";
import type { PastAction } from "../../src/ir/knowledge.js";
import { SessionError, type SessionOptions } from "../../src/session/opening.js";
import type { Session } from "../../src/session/session.js";
import { SessionState } from "../../src/session/state.js";
import { Store } from "../../src/session/store.js";
import type { Sources } from "../../src/sources/ask.js";
import { type Blocks, commission, compiled, engineOf } from "../support/policy.js";

const start = Date.UTC(2026, 0, 31, 12);
const ask = { tool: "act", args: { n: 1 }, confidence: 1 };
const held: Blocks = {
  reversibility:
    "class free\n class grave above free confirm owner\n treat act as grave\n treat idle as free\n otherwise free",
};

/** A store whose clock goes on by a millisecond with every look at it. */
function storeOf(blocks: Blocks = {}, sources?: Sources): Store {
  let now = start;
  return new Store(engineOf(blocks), sources, { clock: () => ++now });
}
const opened = (blocks: Blocks = {}, options: SessionOptions = {}, sources?: Sources): Promise<Session> =>
  storeOf(blocks, sources).open(options);

/** What the trace says was done, in all sessions. */
async function historyOf({ engine, trace }: Store): Promise<readonly PastAction[]> {
  const state = new SessionState("session", engine.policy, engine.digest);
  for await (const record of trace.records()) state.take(record);
  return state.history;
}

/** Sources that answer each fact by a function of its arguments, after a while, and tell what they were asked. */
function answering(
  answer: (fact: string, args: readonly Json[]) => Json,
  source = "a",
): Sources & { readonly asked: string[]; readonly rounds: () => number } {
  const asked: string[] = [];
  let rounds = 0;
  return {
    asked,
    rounds: () => rounds,
    ask: async (questions) => {
      rounds += 1;
      await new Promise((done) => setTimeout(done, 2));
      return questions.map(({ fact, args }) => {
        asked.push(`${fact}(${args.join(", ")})`);
        return { fact, args, answers: [{ source, value: answer(fact, args) }] };
      });
    },
    close: async () => {},
  };
}

const fails = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (error instanceof SessionError) return error.message;
  throw new Error("a SessionError was expected");
};

describe("opening", () => {
  const givens = 'given must: int\n given may: int = 3\n given asked: bool asks owner "Is it so?"';
  test("takes what was given, and defaults", async () => {
    expect((await opened({ givens }, { givens: { must: 1 } })).id).toBe("session");
  });
  test.each<readonly [string, SessionOptions, string]>([
    ["a given that has no value and nobody to ask", {}, "`given.must` has no value"],
    ["a given of another type", { givens: { must: "1" } }, "`given.must` is a string"],
    ["null as a given", { givens: { must: null } }, "`given.must` is null"],
    ["a given that is not declared", { givens: { must: 1, other: 1 } }, "no given is called `other`"],
    [
      "a given called `__proto__`",
      { givens: JSON.parse('{"must":1,"__proto__":1}') as never },
      "no given is called `__proto__`",
    ],
    ["a tier that does not exist", { givens: { must: 1 }, tier: "low" }, "no tier is called `low`"],
    ["half of a surrogate pair as an id", { givens: { must: 1 }, id: "\ud800" }, "surrogate"],
    ["half of a surrogate pair as an actor", { givens: { must: 1 }, actor: "\ud800" }, "surrogate"],
  ])("fails on %s", async (_, options, problem) => {
    expect(await fails(opened({ givens }, options))).toContain(problem);
  });
  test("fails on a policy without an intent", async () => {
    const base = { ...compiled(commission()), intent: null };
    const engine = { ...engineOf(), policy: base };
    expect(await fails(new Store(engine, undefined).open())).toContain("no intent");
  });
  test("gives each session a name of its own, and takes none twice", async () => {
    const store = storeOf();
    const ids: string[] = [];
    for (const options of [{}, {}, { id: "mine" }, {}]) ids.push((await store.open(options)).id);
    expect(ids).toEqual(["session", "session-2", "mine", "session-3"]);
    expect(await fails(store.open({ id: "mine" }))).toContain("`mine` is there already");
  });
});

describe("proposing", () => {
  test("records what is authorized, and only that", async () => {
    const store = storeOf({ scope: "permit act when n == 1" });
    const session = await store.open();
    expect((await session.propose(ask)).decision).toBe("authorize");
    expect((await session.propose({ ...ask, args: { n: 2 } })).decision).toBe("return");
    expect((await session.propose("nonsense")).decision).toBe("return");
    expect(await historyOf(store)).toMatchObject([
      { session: "session", tool: "act", args: { n: 1 }, classes: ["free"], observed: false, trust: 0 },
    ]);
  });
  test("without sources every fact is silent", async () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(): int from a "/f"\n ground act on fact f() == 7';
    expect((await (await opened({ grounding })).propose(ask)).decision).toBe("clarify");
  });
  test("asks what it has to know, also with what it learns", async () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(n: int): int from a "/f/{n}"\n ground act on fact f(f(n)) == 7';
    const sources = answering((_, [n]) => (n === 1 ? 5 : 7));
    expect((await (await opened({ grounding }, {}, sources)).propose(ask)).decision).toBe("authorize");
    expect(sources.asked).toEqual(["f(1)", "f(5)"]);
  });
  test("is of one instant: a fact that reads `now` is judged for the moment for which it was asked", async () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(at: time): int from a "/f/{at}"\n ground act on fact f(now - 1d) == 7';
    const sources = answering(() => 7);
    const session = await opened({ grounding }, {}, sources);
    expect((await session.propose(ask)).decision).toBe("authorize");
    expect(sources.rounds()).toBe(1);
  });
  test("does not go on for ever where each answer is another question", async () => {
    const grounding =
      'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(n: int): int from a "/f/{n}"\n ground act on fact f(f(f(n))) == 7';
    const sources: Sources = { ask: async () => [], close: async () => {} };
    expect((await (await opened({ grounding }, {}, sources)).propose(ask)).decision).toBe("clarify");
  });
  test("a ruled given, a roles list and an instruction are known", async () => {
    const scope =
      'permit act when "clerk" in actor.roles and actor.id == "me" and session.instruction == "go" and session.id == "s"';
    const session = await opened({ scope }, { id: "s", actor: "me", roles: ["clerk"], instruction: "go" });
    expect((await session.propose(ask)).decision).toBe("authorize");
  });
});

describe("limits hold however many propose at once", () => {
  const grounding =
    'unsupported at most 1\n source a is json "a.json" trust 0.9\n fact f(at: time): int from a "/f/{at}"\n ground act on fact f(now) == 7';
  const count = (decisions: readonly Decision[]): number =>
    decisions.filter(({ decision }) => decision === "authorize").length;
  test("in one session", async () => {
    const session = await opened(
      { grounding, scope: "permit *\n limit act to 3 per session" },
      {},
      answering(() => 7),
    );
    expect(count(await Promise.all(Array.from({ length: 20 }, () => session.propose(ask))))).toBe(3);
  });
  test("over sessions, for a limit per duration", async () => {
    const store = storeOf(
      { grounding, scope: "permit *\n limit act to 3 per 1h" },
      answering(() => 7),
    );
    const sessions = await Promise.all(Array.from({ length: 10 }, () => store.open()));
    expect(count(await Promise.all(sessions.map((session) => session.propose(ask))))).toBe(3);
  });
  test("of a sum", async () => {
    const store = storeOf(
      { grounding, scope: "permit *\n limit act sum n to 10 per 1h" },
      answering(() => 7),
    );
    const sessions = await Promise.all(Array.from({ length: 10 }, () => store.open()));
    await Promise.all(sessions.map((session, i) => session.propose({ ...ask, args: { n: i } })));
    expect(
      (await historyOf(store)).reduce((sum, action) => sum + (action.args.n as number), 0),
    ).toBeLessThanOrEqual(10);
  });
  test("and no record is before the one that was written last", async () => {
    const store = storeOf(
      { grounding },
      answering(() => 7),
    );
    await Promise.all(Array.from({ length: 10 }, async () => (await store.open()).propose(ask)));
    const times = (await historyOf(store)).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times).toHaveLength(10);
  });
});

describe("a confirmation", () => {
  test("releases the proposal, once", async () => {
    const session = await opened(held);
    expect((await session.propose(ask)).decision).toBe("confirm");
    expect((await session.confirm({ by: "owner" })).decision).toBe("authorize");
    expect((await session.propose(ask)).decision).toBe("confirm");
  });
  test("does not release another", async () => {
    const session = await opened(held);
    await session.propose(ask);
    await session.propose({ ...ask, args: { n: 2 } });
    expect((await session.confirm({ by: "owner" })).decision).toBe("authorize");
    expect((await session.propose(ask)).decision).toBe("confirm");
  });
  test("does not release what was changed after it was shown", async () => {
    const session = await opened(held);
    const changing = { ...ask, args: { n: 1 } };
    await session.propose(changing);
    changing.args.n = 2;
    const released = await session.confirm({ by: "owner" });
    expect(released.action).toEqual({ tool: "act", args: { n: 1 } });
    expect((await session.propose(changing)).decision).toBe("confirm");
  });
  test("may name the proposal that was shown: then it is of no other", async () => {
    const session = await opened(held);
    const { proposal } = await session.propose(ask);
    await session.propose({ ...ask, args: { n: 2 } });
    expect(await fails(session.confirm({ by: "owner", proposal }))).toContain("something else was decided");
    await session.propose(ask);
    expect((await session.confirm({ by: "owner", proposal })).decision).toBe("authorize");
  });
  test("by another than is asked leaves it held", async () => {
    const session = await opened(held);
    await session.propose(ask);
    expect((await session.confirm({ by: "board" })).decision).toBe("confirm");
    expect((await session.confirm({ by: "owner" })).decision).toBe("authorize");
  });
  test("as a no is a refusal, which stays", async () => {
    const session = await opened(held);
    await session.propose(ask);
    expect((await session.confirm({ by: "owner", answer: false })).decision).toBe("return");
    expect((await session.propose(ask)).decision).toBe("return");
    expect((await session.propose({ ...ask, args: { n: 2 } })).decision).toBe("confirm");
  });
  test("is of a principal of the policy, one without a key", async () => {
    const session = await opened({
      ...held,
      principals: `principal owner "The owner" key "ed25519:${"A".repeat(43)}="\nprincipal board "The board"`,
    });
    await session.propose(ask);
    expect(await fails(session.confirm({ by: "nobody" }))).toContain("no principal is called `nobody`");
    expect(await fails(session.confirm({ by: "owner" }))).toContain("has a key");
  });
  test("is of something that waits for one", async () => {
    const session = await opened();
    expect(await fails(session.confirm({ by: "owner" }))).toContain("nothing has been proposed");
    await session.propose(ask);
    expect(await fails(session.confirm({ by: "owner" }))).toContain("nothing to confirm");
  });
  test("does not release what became graver since it was shown", async () => {
    const blocks: Blocks = {
      givens: 'given bad: bool asks owner "Is it bad?"',
      reversibility:
        "class free\n class grave above free confirm owner\n class worse above grave limit 9 per session\n treat act as worse when given.bad\n otherwise grave",
    };
    const session = await opened(blocks, { givens: { bad: false } });
    await session.propose(ask);
    await session.rule({ by: "owner", given: "bad", answer: true });
    expect((await session.confirm({ by: "owner" })).decision).toBe("confirm");
    expect((await session.confirm({ by: "owner" })).decision).toBe("authorize");
  });
  test("expires", async () => {
    let now = start;
    const blocks = {
      reversibility:
        "class free\n class grave above free confirm owner\n class worse above grave confirm board\n otherwise worse",
    };
    const session = await new Store(engineOf(blocks), undefined, { clock: () => now }).open();
    await session.propose(ask);
    await session.confirm({ by: "owner" });
    now += 4 * 3_600_000;
    expect((await session.confirm({ by: "board" })).assessments.reversibility.awaiting).toEqual(["owner"]);
  });
});

describe("a ruling", () => {
  const givens = 'given maybe: bool asks owner "Is it so?"\n given count: int asks owner "How many?"';
  test("answers a given for the session, from whom it is asked", async () => {
    const session = await opened({ givens, scope: "permit act when given.maybe" });
    expect((await session.propose(ask)).decision).toBe("clarify");
    expect(await fails(session.rule({ by: "board", given: "maybe", answer: true }))).toContain(
      "is `owner`'s to say",
    );
    expect(await fails(session.rule({ by: "owner", given: "maybe", answer: "yes" }))).toContain(
      "is a string",
    );
    expect(await fails(session.rule({ by: "owner", given: "other", answer: true }))).toContain(
      "no given is called",
    );
    await session.rule({ by: "owner", question: "given:maybe", answer: true });
    expect((await session.propose({ ...ask, args: { n: 2 } })).decision).toBe("authorize");
    await session.rule({ by: "owner", given: "maybe", answer: false });
    expect((await session.propose(ask)).decision).toBe("return");
  });
  test("on a condition is of the last proposal alone", async () => {
    const session = await opened({ givens, scope: "permit act when given.count > 3" });
    const decision = await session.propose(ask);
    const question = decision.report?.questions?.key as string;
    await session.rule({ by: "owner", question, answer: true, proposal: decision.proposal });
    expect((await session.propose(ask)).decision).toBe("authorize");
    expect((await session.propose({ ...ask, args: { n: 2 } })).decision).toBe("clarify");
    expect(
      await fails(session.rule({ by: "owner", question, answer: true, proposal: decision.proposal })),
    ).toContain("something else was decided");
  });
  test("answers what was asked, and comes from whom it was asked of", async () => {
    const session = await opened({ givens, scope: "permit act when given.count > 3" });
    const question = (await session.propose(ask)).report?.questions?.key as string;
    expect(await fails(session.rule({ by: "board", question, answer: true }))).toContain("not of `board`");
    expect(
      await fails(session.rule({ by: "owner", question: "permit/000000000000", answer: true })),
    ).toContain("does not ask");
  });
  test("before anything was proposed holds for nothing", async () => {
    const session = await opened({ givens, scope: "permit act when given.count > 3" });
    expect(
      await fails(session.rule({ by: "owner", question: "permit/000000000000", answer: true })),
    ).toContain("nothing has been proposed");
  });
  test("is told what it is about, and true or false", async () => {
    const session = await opened({ givens });
    await session.propose(ask);
    expect(await fails(session.rule({ by: "owner", answer: true }))).toContain("either");
    expect(await fails(session.rule({ by: "owner", given: "maybe", question: "x", answer: true }))).toContain(
      "either",
    );
    expect(
      await fails(session.rule({ by: "owner", question: "permit/000000000000", answer: "yes" })),
    ).toContain("true or false");
    expect(await fails(session.rule({ by: "nobody", given: "maybe", answer: true }))).toContain(
      "no principal",
    );
  });
});

describe("observing", () => {
  const blocks: Blocks = {
    tools: "tool act(n: int, who?: string, at?: time)\ntool read(id?: string)",
    grounding: "unsupported at most 1\n source crm is tool read when session.trust > 0.1 trust 0.5",
    scope: "permit *\n forbid act when has who and not (who traced to [crm, owner])",
  };
  const who = (name: string) => ({ ...ask, args: { n: 1, who: name } });
  test("makes what a tool said an origin", async () => {
    const session = await opened(blocks);
    await session.propose({ tool: "read", args: {}, confidence: 1 });
    expect((await session.propose(who("Ann Lee"))).decision).toBe("clarify");
    await session.observe({ tool: "read", args: {}, output: { name: "Ann Lee" } });
    expect((await session.propose(who("Ann Lee"))).decision).toBe("authorize");
  });
  test("as said by a principal", async () => {
    const session = await opened(blocks);
    await session.said({ by: "owner", text: "write to Ann Lee" });
    expect((await session.propose(who("Ann Lee"))).decision).toBe("authorize");
    expect(await fails(session.said({ by: "nobody", text: "x" }))).toContain("no principal");
  });
  test("an error says nothing", async () => {
    const session = await opened(blocks);
    await session.observe({ tool: "read", args: {}, output: { name: "Ann Lee" }, error: true });
    expect((await session.propose(who("Ann Lee"))).decision).toBe("clarify");
  });
  test("matches the authorized call with the same arguments, in whatever form they are written", async () => {
    const store = storeOf(blocks);
    const session = await store.open();
    await session.propose({ ...ask, args: { n: 1, at: "2026-01-31T13:00:00+01:00" } });
    await session.observe({ tool: "act", args: { at: "2026-01-31T12:00:00Z", n: 1 }, output: null });
    expect(await historyOf(store)).toMatchObject([{ observed: true }]);
    await session.observe({ tool: "act", args: { at: "2026-01-31T12:00:00Z", n: 1 }, output: null });
    expect(await historyOf(store)).toHaveLength(2);
  });
  test("of what answers no authorized proposal counts as an authorized call", async () => {
    const store = storeOf({ ...blocks, scope: "permit *\n limit * to 2 per session" });
    const session = await store.open();
    await session.observe({ tool: "read", args: {}, output: null });
    await session.observe({ tool: "nobody.declared", args: { x: 1 }, output: "x" });
    expect(await historyOf(store)).toMatchObject([
      { tool: "read", observed: true, trust: 0.5 },
      { tool: "nobody.declared", observed: true, trust: 0, classes: ["free"] },
    ]);
    expect((await session.propose(ask)).decision).toBe("return");
  });
  test("of arguments that do not fit, however odd, is recorded and says nothing", async () => {
    const store = storeOf(blocks);
    const session = await store.open();
    await session.observe({ tool: "read", args: { id: "\ud800" }, output: { name: "Ann Lee" } });
    expect(await historyOf(store)).toHaveLength(1);
    expect((await session.propose(who("Ann Lee"))).decision).toBe("return");
  });
  test("decides a source's `when` as the output arrives", async () => {
    const session = await opened({ ...blocks, tools: `${blocks.tools}\ntool web()` });
    await session.observe({ tool: "web", args: {}, output: "something" });
    await session.observe({ tool: "read", args: {}, output: { name: "Ann Lee" } });
    expect((await session.propose(who("Ann Lee"))).decision).toBe("return");
  });
});
