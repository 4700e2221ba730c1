import { bytesADecision } from "./allocations.js";
import { clockCost, figuresOf, planOf, ratioOf, roundOf } from "./measure.js";
import { rounded } from "./stats.js";
import { subjectsOf } from "./subjects.js";
import { workload } from "./workloads/index.js";

/** What each is compared with: the hand-written that makes the same checks, in order and by an index. */
const bases = { hand: "hand-checked", indexed: "hand-indexed-checked" };

/** Of fewer requests nobody can say what the dearest of a hundred costs. */
const leastForTail = 100;

/** Measures one workload in one size: a row a peer. */
export async function measured(shape, size, peers, { rounds, budget, batch, told }) {
  const made = workload(shape, size);
  const ready = { ...made, texts: made.requests.map((request) => JSON.stringify(request)) };
  const { subjects, left } = await subjectsOf(peers, ready, told);
  const timed = subjects.map((subject) => ({
    subject,
    plan: planOf(subject, ready, { budget, batch }),
    rounds: [],
  }));
  const clock = clockCost();
  for (let round = 0; round < rounds; round += 1) {
    told(`round ${round + 1} of ${rounds}`);
    // Another begins each time: who runs after whom makes a difference.
    for (let i = 0; i < timed.length; i += 1) {
      const one = timed[(i + round) % timed.length];
      one.rounds.push(roundOf(one.subject, ready, one.plan, clock));
    }
  }
  const figures = new Map(timed.map((one) => [one.subject.peer.name, figuresOf(one.rounds)]));
  const rows = timed.map(({ subject, plan }) => rowOf(subject, plan, figures, ready));
  return {
    workload: shape.name,
    about: shape.about,
    sized: shape.sized ?? "rules",
    size,
    clock: rounded(clock * 1_000),
    rows,
    left,
  };
}

function rowOf({ peer, prepared, checked, ...subject }, { repeats, places }, figures, ready) {
  const own = figures.get(peer.name);
  const over = (base) => (figures.has(base) ? rounded(ratioOf(own, figures.get(base))) : null);
  const tail = (value) => (places.length < leastForTail ? null : rounded(value));
  return {
    peer: peer.name,
    title: peer.title,
    checks: peer.checks,
    p50: rounded(own.p50),
    p99: tail(own.p99),
    mean: rounded(own.mean),
    single: { p50: rounded(own.single.p50), p99: tail(own.single.p99), p999: tail(own.single.p999) },
    overHand: over(bases.hand),
    overIndexed: over(bases.indexed),
    bytes: Math.round(bytesADecision(subject, ready)),
    prepared: rounded(prepared),
    checked,
    requests: places.length,
    repeats,
  };
}
