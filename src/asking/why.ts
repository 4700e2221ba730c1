import type { PolicyIr } from "../ir/policy.js";
import type { TraceRecord } from "../ir/trace.js";
import { keptPolicy } from "../trace/kept-policy.js";
import type { TraceStore } from "../trace/store.js";
import { byHash, first } from "./find.js";
import { type FindingTold, findingsOf } from "./findings.js";

/** What was read before a decision. */
export interface Read {
  readonly seq: number;
  readonly at: number;
  readonly session: string;
  readonly tool: string;
  readonly error: boolean;
  /** The tool sources that it belongs to, and the highest trust of these, 0 to 1; null where the policy is not kept. */
  readonly sources: readonly string[];
  readonly trust: number | null;
}

/** The story of one decision, from the root intent down to what became of it. */
export interface Why {
  readonly decided: TraceRecord<"decided">;
  /** How the tree began; absent where that was removed for its age. */
  readonly opened: TraceRecord<"opened"> | undefined;
  readonly hops: readonly TraceRecord<"delegated">[];
  /** The last of what was read in the tree before, and how much that was in all. */
  readonly read: readonly Read[];
  readonly readings: number;
  /** The last of what principals said in the session before. */
  readonly said: readonly TraceRecord<"said">[];
  readonly proposed: TraceRecord<"proposed"> | undefined;
  readonly findings: readonly FindingTold[];
  /** Words of principals on this decision: confirmations and rulings. */
  readonly words: readonly TraceRecord<"confirmed" | "ruled">[];
  /** The decision whose confirmation led to this one. */
  readonly before: TraceRecord<"decided"> | undefined;
  /** What became of it: decisions made afresh on it, what it returned, how it turned out. */
  readonly became: readonly TraceRecord[];
  /** The policy that it was decided under; undefined where it is not kept. */
  readonly policy: PolicyIr | undefined;
}

export type WhyResult =
  | { readonly ok: true; readonly why: Why }
  | { readonly ok: false; readonly problem: string };

/** So much is told of what was read and of what was said. */
const mostTold = 20;

/** The story of the decision that a record is, or is about. Reads no more than what is of its session tree. */
export async function whyOf(store: TraceStore, record: TraceRecord): Promise<WhyResult> {
  const decided = await decisionOf(store, record);
  if (decided === undefined)
    return { ok: false, problem: `record ${record.seq} is \`${record.kind}\`, and of no decision` };
  const policy = await keptPolicy(store, decided.policy.digest);
  const { root, session, seq } = decided;
  const hops = await hopsTo(store, decided);
  const { read, readings } = await readBefore(store, decided, policy);
  const said: TraceRecord<"said">[] = [];
  for await (const one of store.records({ session, kinds: ["said"], upTo: seq }))
    keepLast(said, one as TraceRecord<"said">);
  const before = await byHash(store, decided.body.shown ?? null);
  const followed = await all(store, decided.hash);
  const why: Why = {
    decided,
    opened: (await first(store, { root, kinds: ["opened"] })) as TraceRecord<"opened"> | undefined,
    hops,
    read,
    readings,
    said,
    proposed: await proposedFor(store, decided),
    findings: findingsOf(decided.body.decision),
    words: followed.filter((one) => one.kind === "confirmed" || one.kind === "ruled"),
    before: before?.kind === "decided" ? before : undefined,
    became: followed.filter(({ kind }) => kind !== "confirmed" && kind !== "ruled"),
    policy,
  };
  return { ok: true, why };
}

/** The decision itself; of a proposal the decision on it, of what follows from a decision that one. */
async function decisionOf(
  store: TraceStore,
  record: TraceRecord,
): Promise<TraceRecord<"decided"> | undefined> {
  const found =
    record.kind === "decided"
      ? record
      : record.kind === "proposed"
        ? await first(store, { cause: record.hash, kinds: ["decided"] })
        : await byHash(store, record.cause);
  return found?.kind === "decided" ? found : undefined;
}

/** What was proposed: a decision that was made afresh goes back to the first. */
async function proposedFor(
  store: TraceStore,
  decided: TraceRecord<"decided">,
): Promise<TraceRecord<"proposed"> | undefined> {
  let at: TraceRecord | undefined = decided;
  // Causes lie before what they cause, so this ends.
  while (at !== undefined && at.kind !== "proposed") {
    const seq: number = at.seq;
    const cause = await byHash(store, at.cause);
    at = cause !== undefined && cause.seq < seq ? cause : undefined;
  }
  return at;
}

/** All that follows from a record at once. */
async function all(store: TraceStore, cause: string): Promise<TraceRecord[]> {
  const found: TraceRecord[] = [];
  for await (const one of store.records({ cause })) found.push(one);
  return found;
}

/** The delegations from the root down to the session of a decision. */
async function hopsTo(
  store: TraceStore,
  { root, session, seq }: TraceRecord,
): Promise<TraceRecord<"delegated">[]> {
  const made = new Map<string, TraceRecord<"delegated">>();
  for await (const record of store.records({ root, kinds: ["delegated"], upTo: seq }))
    if (record.kind === "delegated" && !made.has(record.session)) made.set(record.session, record);
  const hops: TraceRecord<"delegated">[] = [];
  // Each parent was there before its child.
  let before = seq + 1;
  for (let at = made.get(session); at !== undefined && at.seq < before; at = made.get(at.body.parent)) {
    before = at.seq;
    hops.unshift(at);
  }
  return hops;
}

async function readBefore(
  store: TraceStore,
  { root, seq: upTo }: TraceRecord,
  policy: PolicyIr | undefined,
): Promise<Pick<Why, "read" | "readings">> {
  const trusts = new Map(policy?.sources.map(({ name, trust }) => [name, trust]) ?? []);
  const read: Read[] = [];
  let readings = 0;
  for await (const record of store.records({ root, kinds: ["observed"], upTo })) {
    if (record.kind !== "observed") continue;
    readings += 1;
    const { tool, error, sources } = record.body;
    const trust = policy === undefined ? null : Math.max(0, ...sources.map((name) => trusts.get(name) ?? 0));
    keepLast(read, { seq: record.seq, at: record.at, session: record.session, tool, error, sources, trust });
  }
  return { read, readings };
}

function keepLast<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > mostTold) list.shift();
}
