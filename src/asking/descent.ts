import type { Hop } from "../ir/knowledge.js";
import type { TraceRecord } from "../ir/trace.js";
import type { TraceStore } from "../trace/store.js";
import { first } from "./find.js";
import { type Standing, Tally } from "./tally.js";

/** A session in the tree of its delegations. */
export interface DescentNode extends Standing {
  readonly session: string;
  readonly tier: string | null;
  readonly actor: string;
  /** When it was opened, or delegated, in milliseconds. */
  readonly opened: number;
  /** What it was told: the instruction of the root, the brief of a delegation. */
  readonly told?: string;
  /** How it came to be; absent at the root. */
  readonly hop?: Hop;
  /** The narrowing that was laid on it, as text. */
  readonly narrowing?: string;
  readonly children: readonly DescentNode[];
}

/** The tree that a session belongs to, from its root down; undefined where no session is called so. */
export async function descentOf(store: TraceStore, session: string): Promise<DescentNode | undefined> {
  const own = await first(store, { session, kinds: ["opened", "delegated"] });
  if (own === undefined) return undefined;
  const drafts = new Map<string, Draft>();
  const kinds = ["opened", "delegated", "decided", "closed"] as const;
  for await (const record of store.records({ root: own.root, kinds })) take(drafts, record);
  const root = drafts.get(own.root);
  return root === undefined ? undefined : nodeOf(root);
}

/** A session while its records are read. */
interface Draft {
  readonly record: TraceRecord<"opened" | "delegated">;
  readonly hop: Hop | undefined;
  readonly tally: Tally;
  readonly children: Draft[];
}

function take(drafts: Map<string, Draft>, record: TraceRecord): void {
  if (record.kind === "opened")
    drafts.set(record.session, { record, hop: undefined, tally: new Tally(), children: [] });
  else if (record.kind === "delegated") {
    const parent = drafts.get(record.body.parent);
    const draft = { record, hop: record.body.hop as Hop, tally: new Tally(), children: [] };
    // INVARIANT: a parent is there before its child, and no session is made twice, so that this is a tree.
    if (parent === undefined || drafts.has(record.session)) return;
    parent.children.push(draft);
    drafts.set(record.session, draft);
  } else drafts.get(record.session)?.tally.take(record);
}

function nodeOf({ record, hop, tally, children }: Draft): DescentNode {
  const { body, session, at } = record;
  const told = "brief" in body ? body.brief : body.instruction;
  const narrowing = typeof body.narrowing === "string" ? body.narrowing : body.narrowing?.text;
  return {
    session,
    tier: "hop" in body ? body.hop.to : body.tier,
    actor: body.actor.id,
    opened: at,
    ...(told === undefined ? {} : { told }),
    ...(hop === undefined ? {} : { hop }),
    ...(narrowing === undefined ? {} : { narrowing }),
    ...tally.standing,
    children: children.map(nodeOf),
  };
}
