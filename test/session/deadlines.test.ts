import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine/engine.js";
import { turnsOf } from "../../src/session/deadlines.js";
import { Store } from "../../src/session/store.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import { type Blocks, commission, compiled } from "../support/policy.js";

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 31, 12);

/** Stores of two processes on one trace, with a clock that is set by hand. */
function world(blocks: Blocks) {
  const engine = createEngine(compiled(commission(blocks)));
  const trace = new MemoryTrace();
  const time = { now: start };
  const store = (): Store => new Store(engine, undefined, { trace, clock: () => time.now });
  return { store, time };
}

const asking: Blocks = {
  givens: 'given maybe: bool asks owner "Is it so?"',
  scope: "permit act when given.maybe\n permit idle when given.maybe",
};
const gray: Blocks = {
  discernment: "threshold 0.1\n gray act weight 0.5\n escalate owner within 4h, then board within 1d",
};
const proposal = { tool: "act", args: { n: 1 }, confidence: 1 };

describe("turns", () => {
  const escalate = [
    { principal: "owner", within: 4 },
    { principal: "board", within: 6 },
  ];
  test("go on from whom the question names", () => {
    expect(turnsOf(escalate, "owner", 100)).toEqual([
      { principal: "owner", since: 100, until: 104 },
      { principal: "board", since: 104, until: 110 },
    ]);
    expect(turnsOf(escalate, "board", 100)).toEqual([{ principal: "board", since: 100, until: 106 }]);
    expect(turnsOf(escalate, undefined, 100)).toEqual(turnsOf(escalate, "owner", 100));
  });
  test("one who does not stand in `escalate` has the first one's time", () => {
    expect(turnsOf(escalate, "else", 100)).toEqual([
      { principal: "else", since: 100, until: 104 },
      ...turnsOf(escalate, "owner", 104),
    ]);
    expect(turnsOf([], "else", 100)).toEqual([]);
  });
});

test("each unknown waits once, with all proposals and whose turn it is", async () => {
  const { store, time } = world(asking);
  const session = await store().open();
  await session.propose(proposal);
  time.now += hour;
  await session.propose({ tool: "idle", args: {}, confidence: 1 });
  const [one, ...more] = await session.waiting();
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    question: "given:maybe",
    kind: "given",
    text: "Is it so?",
    turn: { principal: "owner", since: start, until: start + 4 * hour },
    lapses: start + 28 * hour,
  });
  expect(one?.proposals.map(({ decision }) => decision.action?.tool)).toEqual(["act", "idle"]);
  time.now = start + 4 * hour;
  expect((await session.waiting())[0]?.turn?.principal).toBe("board");
  await session.rule({ by: "owner", given: "maybe", answer: true });
  expect(await session.waiting()).toEqual([]);
  expect((await session.propose(proposal)).decision).toBe("authorize");
});

test("who comes next may answer when it is their turn, and not before", async () => {
  const { store, time } = world(gray);
  const session = await store().open();
  const { remedies } = await session.propose(proposal);
  const question = remedies[0]?.questions?.[0] as string;
  await expect(session.rule({ by: "board", question, answer: true })).rejects.toThrow("is asked of `owner`");
  time.now += 5 * hour;
  await session.rule({ by: "board", question, answer: true });
  const again = await store().session(session.id);
  expect((await again.propose(proposal)).decision).toBe("authorize");
});

test("a no of who came next is theirs", async () => {
  const { store, time } = world(gray);
  const session = await store().open();
  const question = (await session.propose(proposal)).remedies[0]?.questions?.[0] as string;
  time.now += 5 * hour;
  await session.rule({ by: "board", question, answer: false });
  const { decision, assessments } = await session.propose(proposal);
  expect([decision, assessments.discernment.refusedBy]).toEqual(["return", ["board"]]);
});

test("a given too is answered by whose turn it is", async () => {
  const { store, time } = world(asking);
  const session = await store().open();
  await session.propose(proposal);
  await expect(session.rule({ by: "board", given: "maybe", answer: true })).rejects.toThrow("owner");
  time.now += 5 * hour;
  await session.rule({ by: "board", given: "maybe", answer: true });
  expect((await session.propose(proposal)).decision).toBe("authorize");
});

describe("a report that nobody answers", () => {
  const lapsed = async (blocks: Blocks = gray) => {
    const { store, time } = world(blocks);
    const session = await store().open();
    const first = await session.propose(proposal);
    time.now += 27 * hour;
    // Proposing it again does not set the clock back.
    await session.propose(proposal);
    time.now += hour;
    return { session, first, time, store };
  };

  test("returns the action, for good", async () => {
    const { session, store } = await lapsed();
    expect(await session.waiting()).toEqual([]);
    for (const one of [session, await store().session(session.id)]) {
      const { decision, assessments } = await one.propose(proposal);
      expect([decision, assessments.discernment.refusedBy]).toEqual(["return", ["board"]]);
    }
  });
  test("can be answered no more", async () => {
    const { session, first } = await lapsed();
    const question = first.remedies[0]?.questions?.[0] as string;
    await expect(session.rule({ by: "owner", question, answer: true })).rejects.toThrow("has passed");
    await expect(session.confirm({ by: "owner" })).rejects.toThrow("has passed");
  });
  test("leaves other proposals alone", async () => {
    const { session } = await lapsed();
    expect((await session.propose({ ...proposal, args: { n: 2 } })).decision).toBe("clarify");
  });
  test("is asked anew once a principal says something", async () => {
    const { session } = await lapsed();
    await session.said({ by: "owner", text: "look at it again" });
    expect((await session.propose(proposal)).decision).toBe("clarify");
    expect((await session.waiting())[0]?.turn?.principal).toBe("owner");
  });
});

describe("a confirmation", () => {
  const held: Blocks = {
    reversibility: "class free\n class grave above free confirm board\n otherwise grave",
  };
  test("waits for those who are named, and for nobody in their stead", async () => {
    const { store, time } = world(held);
    const session = await store().open();
    await session.propose(proposal);
    expect(await session.waiting()).toMatchObject([
      {
        question: "confirm:board",
        kind: "confirmation",
        turn: { principal: "board", until: start + 24 * hour },
      },
    ]);
    time.now += 23 * hour;
    expect((await session.confirm({ by: "board" })).decision).toBe("authorize");
    expect(await session.waiting()).toEqual([]);
  });
  test("that is not given in time returns the action", async () => {
    const { store, time } = world(held);
    const session = await store().open();
    await session.propose(proposal);
    time.now += 24 * hour;
    await expect(session.confirm({ by: "board" })).rejects.toThrow("has passed");
    expect((await session.propose(proposal)).decision).toBe("return");
  });
});
