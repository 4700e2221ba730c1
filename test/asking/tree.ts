import { compileNarrowing } from "../../src/compiler/compile.js";
import { createEngine } from "../../src/engine/engine.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import type { TraceKind, TraceRecord } from "../../src/ir/trace.js";
import type { Session } from "../../src/session/session.js";
import { Store } from "../../src/session/store.js";
import type { Filter, TraceStore } from "../../src/trace/store.js";
import { compiled } from "../support/policy.js";

/** A policy of three tiers, with something to read, something that asks for a word and something that is never let through. */
export const text = `policy books.audit
principal owner "The owner"
intent {
  find "Find the inactive customer accounts of the region."
  report "Report them to the account team."
  restrain "Change nothing."
  given region: string
}
tool delegate(tier?: string, brief: string, tools?: list<string>, carries?: list<string>, narrowing?: string)
tool crm.query(region: string, days: int)
tool report.write(body: string)
scope {
  permit delegate serving find
  permit crm.query serving find when region == given.region
  permit report.write serving report
  forbid crm.query serving restrain when days > 1_000 because "nobody needs so much"
}
grounding {
  source crm is tool crm.query trust 0.7
  unsupported at most 1
}
reversibility {
  class free
  class heavy above free confirm owner
  treat report.write as heavy
  treat crm.query, delegate as free
  otherwise free
}
discernment { threshold 0.3 escalate owner within 1h }
tiers root > lead > worker
boundary root -> lead { carries intent.*, given.* grants * }
boundary lead -> worker { carries intent.find, intent.restrain, given.* withholds intent.report grants crm.query, delegate withholds report.write }
`;

export const policy: PolicyIr = compiled(text);
export const start = Date.UTC(2026, 0, 31, 12);

/** A store whose clock goes on by a second at each look. */
export function storeOn(trace: TraceStore, from = start): Store {
  let now = from;
  return new Store(createEngine(policy), undefined, {
    trace,
    narrow: compileNarrowing,
    clock: () => {
      now += 1_000;
      return now;
    },
  });
}

export const query = (days: number, region = "EU") => ({
  tool: "crm.query",
  args: { region, days },
  confidence: 0.9,
});
export const brief =
  "Find the inactive customer accounts of the region, and report them to the account team.";

export async function delegated(
  from: Session,
  more: { readonly [name: string]: string } = {},
): Promise<Session> {
  const { decision, session } = await from.delegate({ brief, ...more }, { confidence: 1 });
  if (session === undefined) throw new Error(JSON.stringify(decision.remedies));
  return session;
}

/**
 * A session `s` that delegates to `lead`, which delegates to `worker`; the worker reads, is held back once, and the lead writes a report
 * that the owner confirms.
 */
export async function filledTree(trace: TraceStore): Promise<Store> {
  const store = storeOn(trace);
  const root = await store.open({
    id: "s",
    tier: "root",
    givens: { region: "EU" },
    instruction: "Audit the region; and be quick.",
  });
  const lead = await delegated(root);
  const worker = await delegated(lead, { narrowing: "scope { permit crm.* }" });
  await worker.said({ by: "owner", text: "Look at \u001b[2Jthe old ones first." });
  await worker.propose(query(90));
  await worker.observe({ tool: "crm.query", args: { region: "EU", days: 90 }, output: { n: 1 } });
  await worker.propose(query(2_000));
  await lead.propose({
    tool: "report.write",
    args: { body: "All is well." },
    confidence: 0.9,
    message: "the report",
  });
  await lead.confirm({ by: "owner" });
  await lead.outcome({ result: "worked", note: "sent" });
  await worker.close("done");
  return store;
}

export async function recordsOf(trace: TraceStore, filter: Filter = {}): Promise<TraceRecord[]> {
  const found: TraceRecord[] = [];
  for await (const record of trace.records(filter)) found.push(record);
  return found;
}

/** The last record of a kind, or of those that fit. */
export async function lastOf<K extends TraceKind>(
  trace: TraceStore,
  kind: K,
  fits: (record: TraceRecord<K>) => boolean = () => true,
): Promise<TraceRecord<K>> {
  const all = (await recordsOf(trace, { kinds: [kind] })) as unknown as TraceRecord<K>[];
  const found = all.findLast(fits);
  if (found === undefined) throw new Error(`there is no such ${kind}`);
  return found;
}
