import { describe, expect, test } from "vitest";
import { compileNarrowing, compilePolicy } from "../../src/compiler/compile.js";
import { createEngine } from "../../src/engine/engine.js";
import type { Json } from "../../src/ir/json.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import type { TraceRecord } from "../../src/ir/trace.js";
import type { Session } from "../../src/session/session.js";
import { Store, type StoreOptions } from "../../src/session/store.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import { verifyTrace } from "../../src/trace/verify.js";

const text = `
policy books.audit
principal owner "Owner"
intent {
  find "Find the inactive customer accounts of the region."
  report "Report them to the account team."
  restrain "Change nothing."
  given region: string
  given cutoff: int = 90
}
tool delegate(tier?: string, brief: string, tools?: list<string>, carries?: list<string>, narrowing?: string, depth?: int, expires?: time)
tool crm.query(region: string, days: int)
tool report.write(body: string)
tool wipe()
scope {
  permit delegate serving find
  permit crm.query serving find when region == given.region and days >= given.cutoff
  permit report.write serving report
  permit wipe serving restrain
  limit crm.query to 3 per session
}
grounding { unsupported at most 1 }
reversibility { class free otherwise free }
discernment { threshold 0.3 escalate owner within 1h }
tiers root > lead > worker
boundary root -> lead { carries intent.*, given.* grants delegate, report.write passes crm.query, wipe }
boundary lead -> worker { carries intent.find, intent.restrain, given.* withholds intent.report grants crm.query, delegate withholds report.write, wipe }
`;

function policyOf(edit: (text: string) => string = (same) => same): PolicyIr {
  const { policy, diagnostics } = compilePolicy("p.reshimu", { read: () => ({ text: edit(text) }) });
  if (policy === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return policy;
}

const start = Date.UTC(2026, 0, 31, 12);

function storeOf(policy = policyOf(), more: StoreOptions = {}): Store {
  let now = start;
  return new Store(createEngine(policy), undefined, {
    clock: () => ++now,
    narrow: compileNarrowing,
    trace: new MemoryTrace(),
    ...more,
  });
}

const opened = (store = storeOf(), tier = "root"): Promise<Session> =>
  store.open({ id: "s", tier, givens: { region: "EU" } });

const brief = "Find the inactive customer accounts of the region, and report them to the account team.";
const query = (region = "EU", days = 90) => ({ tool: "crm.query", args: { region, days }, confidence: 1 });

async function child(from: Session, args: { [name: string]: Json } = {}): Promise<Session> {
  const { decision, session } = await from.delegate({ brief, ...args }, { confidence: 1 });
  if (session === undefined) throw new Error(JSON.stringify(decision.remedies));
  return session;
}

async function recordsOf({ trace }: Store): Promise<TraceRecord[]> {
  const all: TraceRecord[] = [];
  for await (const record of trace.records()) all.push(record);
  return all;
}

const satisfy = async (from: Session, args: { [name: string]: Json }): Promise<string> => {
  const { decision, session } = await from.delegate({ brief, ...args }, { confidence: 1 });
  expect(session).toBeUndefined();
  expect(decision.decision).toBe("return");
  return decision.remedies.map((remedy) => remedy.satisfy).join("; ");
};

describe("a delegation", () => {
  test("makes a session that holds what the boundary lets through", async () => {
    const lead = await child(await opened());
    const worker = await child(lead);
    expect([lead.id, worker.id, worker.root]).toEqual(["s/1", "s/1/1", "s"]);
    expect(await worker.context()).toMatchObject({
      tier: "worker",
      bullets: [{ name: "find" }, { name: "restrain" }],
      givens: [
        { name: "cutoff", value: 90 },
        { name: "region", value: "EU" },
      ],
      uses: [{ name: "crm.query" }, { name: "delegate" }],
      passes: [],
      retention: 1,
    });
    expect((await worker.propose(query())).decision).toBe("authorize");
    expect((await worker.propose({ tool: "report.write", args: { body: "x" } })).decision).toBe("return");
  });

  test("is decided like any other action, and recorded behind its decision", async () => {
    const store = storeOf();
    await child(await opened(store));
    const records = await recordsOf(store);
    expect(records.map(({ kind, session }) => `${kind} ${session}`)).toEqual([
      "opened s",
      "proposed s",
      "decided s",
      "delegated s/1",
    ]);
    expect(records[3]?.cause).toBe(records[2]?.hash);
    expect((await verifyTrace(records)).flaw).toBeUndefined();
  });

  test("cannot be made where no line permits it", async () => {
    const store = storeOf(policyOf((all) => all.replace("permit delegate serving find", "")));
    const { decision, session } = await (await opened(store)).delegate({ brief });
    expect([decision.decision, decision.stoppedBy, session]).toEqual(["return", ["scope"], undefined]);
  });

  test("that waits for a confirmation makes its session when that comes", async () => {
    const grave = policyOf((all) =>
      all.replace(
        "class free otherwise free",
        "class free class grave above free confirm owner treat delegate as grave otherwise free",
      ),
    );
    const root = await opened(storeOf(grave));
    const { decision, session } = await root.delegate(
      { brief },
      { confidence: 1, receiver: { session: "lead", actor: "ann" } },
    );
    expect([decision.decision, session]).toEqual(["confirm", undefined]);
    expect((await root.confirm({ by: "owner" })).decision).toBe("authorize");
    const children = await root.children();
    expect(children.map(({ id }) => id)).toEqual(["lead"]);
  });

  test("goes on in another store on the same trace", async () => {
    const trace = new MemoryTrace();
    const lead = await child(await opened(storeOf(policyOf(), { trace })), {
      narrowing: "scope { permit * limit crm.query to 1 per session }",
    });
    const worker = await child(lead);
    await worker.propose(query());
    const again = await new Store(createEngine(policyOf()), undefined, {
      trace,
      clock: () => start + 9_999,
    }).session(worker.id);
    const decision = await again.propose(query());
    expect([decision.decision, decision.stoppedBy]).toEqual(["return", ["scope"]]);
  });

  test("takes a name that is free", async () => {
    const root = await opened();
    await root.delegate({ brief }, { confidence: 1, receiver: { session: "lead" } });
    await expect(root.delegate({ brief }, { confidence: 1, receiver: { session: "lead" } })).rejects.toThrow(
      "a session called `lead` is there already",
    );
  });
});

describe("what a delegation asks for and cannot have is told", () => {
  test.each<readonly [string, { [name: string]: Json }, string]>([
    ["a tier that is none", { tier: "moon" }, "no tier is called `moon`"],
    ["a tier that is not below", { tier: "root" }, "`root` is not below `lead`"],
    [
      "a tool that the boundary withholds",
      { tools: ["wipe"] },
      "`wipe` cannot be handed down: it is withheld at `lead -> worker`",
    ],
    ["a tool that it does not hold", { tools: ["mail.send"] }, "this session does not hold it"],
    ["a bullet that the boundary withholds", { carries: ["intent.report"] }, "withheld at `lead -> worker`"],
    ["a narrowing that is too long", { narrowing: " ".repeat(100_001) }, "longer than 100000 characters"],
    [
      "a narrowing with an error",
      { narrowing: "scope { permit nothing.here }" },
      "the narrowing cannot be taken",
    ],
  ])("%s", async (_, args, message) => {
    const lead = await child(await opened());
    expect(await satisfy(lead, args)).toContain(message);
  });
  test("a delegation below the lowest tier", async () => {
    const worker = await child(await opened(), { tier: "worker" });
    expect(await satisfy(worker, {})).toContain("`worker` is the lowest tier");
  });
  test("one deeper than was allowed", async () => {
    const lead = await child(await opened(), { depth: 0 });
    expect(await satisfy(lead, {})).toContain("no further delegation is allowed below this session");
  });
  test("one that would hang on a hundred others", async () => {
    const flat = policyOf((all) => all.slice(0, all.indexOf("tiers")));
    let at = await storeOf(flat).open({ id: "s", givens: { region: "EU" } });
    for (let depth = 0; depth < 100; depth += 1) at = await child(at);
    expect(await satisfy(at, {})).toContain("handed down no more than 100 times");
  });
  test("one by a session that has ended", async () => {
    const lead = await child(await opened(), { expires: new Date(start + 10).toISOString() });
    for (let i = 0; i < 10; i += 1) await lead.propose(query());
    expect(await satisfy(lead, {})).toContain("this session ended at 2026-01-31T12:00:00.01");
  });
  test("a narrowing, where the host has nothing that takes one", async () => {
    const { narrow: _, ...none } = storeOf();
    const store = new Store(none.engine, undefined);
    expect(await satisfy(await opened(store), { narrowing: "scope { permit * }" })).toContain(
      "this host takes no narrowings",
    );
  });
});

describe("a trace that went thin", () => {
  const thin = { tier: "worker", carries: ["intent.find"] };
  test("is a question, and says where it was lost", async () => {
    const worker = await child(await opened(), thin);
    const decision = await worker.propose(query());
    expect([decision.decision, decision.assessments.scope.finding]).toEqual(["clarify", "unknown"]);
    expect(decision.assessments.scope.unknowns.map(({ reason }) => reason)).toEqual([
      "`given.cutoff` did not reach this session: the delegation of `s/1` left it out; carry it down, or let a principal say it",
      "`given.region` did not reach this session: the delegation of `s/1` left it out; carry it down, or let a principal say it",
    ]);
    expect((await worker.context()).retention).toBeCloseTo(1 / 3, 5);
  });
  test("is no question where all that is known refuses: it would be asked in vain", async () => {
    const worker = await child(await opened(), thin);
    expect((await worker.propose(query("US"))).decision).toBe("return");
  });
  test("is repaired by a principal's answer to the session that asked, and to no other", async () => {
    const root = await opened();
    const [one, other] = [await child(root, thin), await child(root, thin)];
    for (const session of [one, other]) expect((await session.propose(query())).decision).toBe("clarify");
    await one.rule({ by: "owner", given: "region", answer: "EU" });
    await one.rule({ by: "owner", given: "cutoff", answer: 90 });
    expect((await one.propose(query())).decision).toBe("authorize");
    expect((await other.propose(query())).decision).toBe("clarify");
  });
  test("is thin too where the bullet is lost that a permit serves", async () => {
    const worker = await child(await opened(), { tier: "worker", carries: ["given.*"] });
    const decision = await worker.propose(query());
    expect(decision.decision).toBe("clarify");
    expect(decision.assessments.scope.unknowns[0]).toMatchObject({ key: "bullet:find", kind: "bullet" });
  });
});

describe("a tree counts as one", () => {
  test("limits", async () => {
    const root = await opened();
    const [one, other] = [await child(root, { tier: "worker" }), await child(root, { tier: "worker" })];
    const words: string[] = [];
    for (const session of [one, other, one, other]) words.push((await session.propose(query())).decision);
    expect(words).toEqual(["authorize", "authorize", "authorize", "return"]);
  });
  test("a session closed above is closed below", async () => {
    const lead = await child(await opened());
    const worker = await child(lead);
    await lead.close();
    await expect(worker.propose(query())).rejects.toThrow("is closed");
  });
});

describe("a brief is scored", () => {
  const floored = policyOf((all) => all.replace("threshold 0.3", "threshold 0.3 fidelity at least 0.5"));
  test("and a delegation whose brief lost the intent is asked about", async () => {
    const root = await opened(storeOf(floored));
    const { decision } = await root.delegate(
      { brief: "Do whatever it takes to grow revenue." },
      { confidence: 1 },
    );
    expect([decision.decision, decision.stoppedBy]).toEqual(["clarify", ["discernment"]]);
    expect((await child(root)).id).toBe("s/1");
  });
  test("by the scorer of the host; one that fails lets nothing through", async () => {
    const asked: unknown[] = [];
    const scorer = async (scored: unknown): Promise<number> => {
      asked.push(scored);
      throw new Error("no");
    };
    const root = await opened(storeOf(floored, { scorer }));
    expect((await root.delegate({ brief }, { confidence: 1 })).decision.decision).toBe("clarify");
    expect(asked).toMatchObject([
      {
        text: brief,
        purpose: "brief",
        bullets: [expect.any(String), expect.any(String), expect.any(String)],
      },
    ]);
  });
  test("and the score is in the trace, with the retention", async () => {
    const store = storeOf();
    await child(await opened(store), { tier: "worker" });
    const [made] = (await recordsOf(store)).filter(
      ({ kind }) => kind === "delegated",
    ) as TraceRecord<"delegated">[];
    expect(made?.body.hop).toMatchObject({ session: "s/1", from: "root", to: "worker", retention: 1 });
    expect(made?.body.hop.fidelity).toBeGreaterThan(0.5);
  });
});

describe("what was heard", () => {
  test("above before a delegation is an origin below; what a sibling heard is none", async () => {
    const traced = policyOf((all) =>
      all
        .replace(
          "grounding { unsupported at most 1 }",
          "grounding { unsupported at most 1 source seen is tool crm.query trust 0.9 ground report.write on situation body traced to [seen, owner] }",
        )
        .replace(
          "permit crm.query serving find when region == given.region and days >= given.cutoff",
          "permit crm.query serving find",
        )
        .replace(
          "grants delegate, report.write passes crm.query, wipe",
          "grants delegate, report.write, crm.query passes wipe",
        ),
    );
    const root = await opened(storeOf(traced));
    await root.said({ by: "owner", text: "Ask for Jane Doe" });
    const [one, other] = [await child(root, { tier: "lead" }), await child(root, { tier: "lead" })];
    await one.propose(query());
    await one.observe({ tool: "crm.query", args: { region: "EU", days: 90 }, output: "Jim Roe" });
    const write = (session: Session, body: string) =>
      session
        .propose({ tool: "report.write", args: { body }, confidence: 1 })
        .then(({ decision }) => decision);
    expect(await write(other, "Jane Doe")).toBe("authorize");
    expect(await write(one, "Jim Roe")).toBe("authorize");
    expect(await write(other, "Jim Roe")).toBe("clarify");
  });
});

describe("opening with a narrowing", () => {
  test("adds a layer for that session, which it keeps", async () => {
    const store = storeOf();
    const narrowing = "scope { permit * forbid crm.query when days > 100 }";
    const session = await store.open({ id: "n", tier: "worker", givens: { region: "EU" }, narrowing });
    expect((await session.propose(query("EU", 120))).decision).toBe("return");
    expect((await (await store.session("n")).propose(query("EU", 120))).decision).toBe("return");
    expect(
      (await (await store.open({ tier: "worker", givens: { region: "EU" } })).propose(query("EU", 120)))
        .decision,
    ).toBe("authorize");
  });
  test("is refused where it has an error", async () => {
    await expect(storeOf().open({ givens: { region: "EU" }, narrowing: "scope {" })).rejects.toThrow(
      "the narrowing cannot be taken",
    );
  });
});
