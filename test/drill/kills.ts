import { setTimeout as pause } from "node:timers/promises";
import { verifyTrace } from "../../src/trace/verify.js";
import type { Head } from "../../src/trace/store.js";
import { lostOf, seenIn } from "./findings.js";
import { type Medium, type Place, takePlace } from "./place.js";
import { startProposer } from "./proposers.js";

export interface Killing {
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (done: number) => void;
}

export interface Killed {
  readonly kills: number;
  /** Of these, how many hit a process that had been told something and was not done. */
  readonly amidst: number;
  readonly acknowledged: number;
  readonly records: number;
  readonly seconds: number;
  /** Each sentence is something that must not be. */
  readonly failures: readonly string[];
}

/** Per session; who is killed and who survives want more together. */
const limit = 20;
const survivors = 30;
const victims = 10_000;
/** Milliseconds from the first decision to the kill, at the most; some are killed as they start. */
const latest = 60;
const starting = 400;

/**
 * Kills processes at random moments, one a round, each while another works on the same session. After each kill the chain
 * must hold, all that was acknowledged be there, and the limit of the session be used up and not exceeded.
 */
export async function kill(medium: Medium, { kills, seed, onKill }: Killing): Promise<Killed> {
  const place = await takePlace(medium, limit);
  const chance = chances(seed);
  const start = performance.now();
  const failures: string[] = [];
  let [head, amidst, acknowledged]: [Head | null, number, number] = [null, 0, 0];
  try {
    for (let round = 0; round < kills; round += 1) {
      const found = await oneKill(place, `s${round}`, chance);
      amidst += found.amidst ? 1 : 0;
      acknowledged += found.acknowledged;
      failures.push(...found.failures.map((one) => `kill ${round + 1}: ${one}`));
      // What was there before was verified then: the new records must follow from it.
      const verified = await verifyTrace(place.store.trace.records({ after: head?.seq ?? 0 }), {
        base: head,
      });
      if (verified.flaw !== undefined) failures.push(`kill ${round + 1}: ${verified.flaw.message}`);
      head = verified.head;
      onKill?.(round + 1);
    }
    const whole = await verifyTrace(place.store.trace.records());
    if (whole.flaw !== undefined) failures.push(`at the end: ${whole.flaw.message}`);
    const seconds = (performance.now() - start) / 1_000;
    return { kills, amidst, acknowledged, records: whole.records, seconds, failures };
  } finally {
    await place.leave();
  }
}

async function oneKill(
  { policy, place, store }: Place,
  session: string,
  chance: () => number,
): Promise<Pick<Killed, "acknowledged" | "failures"> & { readonly amidst: boolean }> {
  await store.open({ id: session });
  const survivor = startProposer({ policy, place, session, count: survivors, from: 0 });
  const victim = startProposer({ policy, place, session, count: victims, from: survivors });
  if (chance() < 0.1) await pause(chance() * starting);
  else {
    await victim.begun;
    await pause(chance() * latest);
  }
  const amidst = victim.acknowledged().length > 0 && !victim.isDone();
  victim.kill();
  await Promise.all([victim.ended, survivor.ended]);
  const seen = await seenIn(store.trace, session);
  const lost = lostOf(seen, victim) + lostOf(seen, survivor);
  return {
    amidst,
    acknowledged: victim.acknowledged().length + survivor.acknowledged().length,
    failures: [
      ...(survivor.isDone() ? [] : ["the process that was not killed did not come to its end"]),
      ...(lost === 0 ? [] : [`${lost} acknowledged decisions are lost`]),
      ...(seen.authorized === limit ? [] : [`${seen.authorized} are authorized: ${limit} must be`]),
    ],
  };
}

/** Numbers from 0 to below 1, the same for the same seed (a multiplicative congruential generator). */
function chances(seed: number): () => number {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
