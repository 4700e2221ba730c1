/**
 * Times decisions. Two ways, in each round for each subject in turn:
 *
 * - *by request*: a request is decided some times in a row, each time on objects of its own that were made from its text just before
 *   (so that nothing is remembered by identity, and no time is spent on making them), and the time is divided. A request's cost is the
 *   median of its rounds; p50 and p99 are over requests: what the cheap and the dear ones cost, free of the noise of one moment.
 * - *single*: the clock is read before and after each single decision, and what the clock itself costs is taken off. Its p99 and p99.9
 *   are the tail that a caller sees: collections of garbage and the noise of the machine are in it.
 */
import { median, percentile } from "./stats.js";

const now = () => performance.now();

/** What two readings of the clock cost, in milliseconds. */
export function clockCost() {
  const times = new Float64Array(20_000);
  for (let i = 0; i < times.length; i += 1) {
    const start = now();
    times[i] = now() - start;
  }
  return median(times);
}

/** How a subject is timed: how many requests, how often each. */
export function planOf(subject, { requests }, { budget, batch }) {
  const each = warmUp(subject, requests, budget);
  const repeats = Math.max(1, Math.min(64, Math.round(batch / each)));
  const fits = Math.floor(budget / (each * repeats + 0.002 * repeats));
  const count = Math.max(5, Math.min(requests.length, fits));
  const stride = Math.max(1, Math.floor(requests.length / count));
  const places = requests.flatMap((_, i) => (i % stride === 0 && i / stride < count ? [i] : []));
  return { repeats, places };
}

/** Runs until it is compiled, and says what a decision takes then, in milliseconds. */
function warmUp({ input, decide }, requests, budget) {
  let each = 1;
  const end = now() + budget * 4;
  for (let pass = 0; pass < 20 && now() < end; pass += 1) {
    const inputs = requests.map((request) => input(JSON.parse(JSON.stringify(request))));
    const start = now();
    let count = 0;
    for (const one of inputs) {
      decide(one);
      count += 1;
      if (now() > end) break;
    }
    each = (now() - start) / count;
  }
  return each;
}

/** One round of one subject: milliseconds a decision, by request and single. */
export function roundOf({ input, decide }, { texts, expected }, { repeats, places }, clock) {
  const byRequest = new Float64Array(places.length);
  const single = new Float64Array(places.length);
  let good = 0;
  places.forEach((place, n) => {
    const word = expected[place].decision;
    const inputs = Array.from({ length: repeats }, () => input(JSON.parse(texts[place])));
    const start = now();
    for (let i = 0; i < repeats; i += 1) if (decide(inputs[i]) === word) good += 1;
    byRequest[n] = Math.max(0, now() - start - clock) / repeats;
  });
  places.forEach((place, n) => {
    const one = input(JSON.parse(texts[place]));
    const start = now();
    const word = decide(one);
    single[n] = Math.max(0, now() - start - clock);
    if (word === expected[place].decision) good += 1;
  });
  if (good !== places.length * (repeats + 1))
    throw new Error("a decision was not the one that was checked before");
  return { byRequest, single };
}

/** The figures of one subject over its rounds, in microseconds. */
export function figuresOf(rounds) {
  const requests = rounds[0].byRequest.length;
  const costs = Array.from(
    { length: requests },
    (_, i) => median(rounds.map(({ byRequest }) => byRequest[i])) * 1_000,
  );
  const singles = rounds.flatMap(({ single }) => [...single]).map((time) => time * 1_000);
  return {
    p50: median(costs),
    p99: percentile(costs, 0.99),
    mean: costs.reduce((sum, cost) => sum + cost, 0) / requests,
    single: { p50: median(singles), p99: percentile(singles, 0.99), p999: percentile(singles, 0.999) },
    byRound: rounds.map(({ byRequest }) => median(byRequest) * 1_000),
  };
}

/** How many times another's cost: the median over rounds of the ratio in that round, since both ran side by side in it. */
export const ratioOf = (figures, base) =>
  median(figures.byRound.map((cost, round) => cost / base.byRound[round]));
