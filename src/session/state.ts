import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Confirmation, Hop, Observation, PastAction, Ruling } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Holding, TraceBody, TraceRecord } from "../ir/trace.js";
import { signedText } from "../ir/word.js";
import { leavesOf } from "../sources/observed.js";
import { Clocks } from "./deadlines.js";
import { wordOf } from "../trace/words.js";

/** A decision as it was recorded: what a confirmation or a ruling is of. */
export interface Shown {
  /** The hash of its record. */
  readonly record: string;
  /** Whose proposal it is on. */
  readonly session: string;
  /** What was proposed; null where what was sent is no data. */
  readonly proposal: Json;
  /** Of a delegation: who is to receive it. */
  readonly receiver: Receiver | undefined;
  readonly digest: string;
  readonly decision: Decision["decision"];
  readonly whole: Decision;
  /** The class it was shown with. */
  readonly class: string | null;
  /** The questions it asks, and of whom. */
  readonly asks: ReadonlyMap<string, readonly string[]>;
}

export type Receiver = NonNullable<TraceBody<"proposed">["receiver"]>;

/** A principal's word on a decision, and until when (milliseconds) it counts. */
export type Word = Confirmation & { readonly until: number };

/** An earlier action, with the record that keeps it. */
export interface Kept extends PastAction {
  readonly record: string;
  /** The session that made it. */
  readonly by: string;
  /** Whether a decision authorized it, or it was made without. */
  readonly authorized: boolean;
  /** Of one that was made under a narrowing: under which, and its classes in all layers of that. */
  readonly narrowed?: { readonly policy: string; readonly classes: readonly (string | null)[] };
}

/** One session of a tree of delegations: the root, or what a delegation made. */
export interface Member {
  readonly id: string;
  readonly parent: string | undefined;
  readonly tier: string | null;
  readonly actor: { readonly id: string; readonly roles: readonly string[] };
  /** The digest of its policy, the narrowings of those above it included. */
  readonly policy: string;
  /** The place of the record that made it, and the decision that allowed that. */
  readonly begins: number;
  readonly cause: string | null;
  /** Absent: of the root, which holds all that its tier does. */
  readonly holds?: Holding;
  readonly hops: readonly Hop[];
  /** When it ends (milliseconds); absent: never by itself. */
  readonly expires?: number;
  /** How many delegations may hang below it; absent: any number. */
  readonly depth?: number;
  /** Givens that a principal answered to it. */
  readonly answered: Set<string>;
  closed: boolean;
}

interface Heard<T> {
  readonly value: T;
  readonly session: string;
  readonly seq: number;
}

/**
 * All that is known of a tree of sessions, from the trace alone (semantics.md, *The Reshimu: the trace*): what records say, in their
 * order, and nothing that a caller says.
 */
export class SessionState {
  /** The root of the tree. */
  readonly id: string;
  /** The last record that was read. */
  seq = 0;
  /** Its time (milliseconds). */
  at = 0;
  opened: TraceBody<"opened"> | undefined;
  /** The hash of the record that opened it. */
  openedBy: string | undefined;
  /** The texts of the signed words that were taken: each counts once. */
  readonly words = new Set<string>();
  /** All sessions of the tree, the root first. */
  readonly members = new Map<string, Member>();
  readonly givens: { [name: string]: Json } = Object.create(null);
  /** Actions of this tree, and those of others of the policy that a limit may count; in the order of time. */
  readonly history: Kept[] = [];
  readonly rulings: Ruling[] = [];
  confirmations: Word[] = [];
  /** The decision that each session made last. */
  readonly last = new Map<string, Shown>();
  /** Decisions that wait for a principal, by record: the latest on each proposal. */
  readonly waiting = new Map<string, Shown>();
  /** Until when they wait. */
  readonly clocks: Clocks;
  /** How many of the actions are this tree's own. */
  made = 0;
  readonly #observations: Heard<Observation>[] = [];
  readonly #said: Heard<{ by: string; text: string }>[] = [];
  readonly #policy: PolicyIr;
  readonly #digest: string;
  /** What was proposed and not decided yet, by record. */
  readonly #proposed = new Map<string, TraceBody<"proposed">>();

  constructor(id: string, policy: PolicyIr, digest: string) {
    this.id = id;
    this.#policy = policy;
    this.clocks = new Clocks(policy);
    this.#digest = digest;
  }

  /** Whether a session, or one above it, has been closed. */
  closed(id: string): boolean {
    return this.#lineage(id).some(({ member }) => member.closed);
  }

  /** What a session's delegations made, in the order of their making. */
  childrenOf(id: string): Member[] {
    return [...this.members.values()].filter(({ parent }) => parent === id);
  }

  /** The session that the decision of this record made. */
  madeBy(record: string | undefined): Member | undefined {
    return [...this.members.values()].find(({ cause }) => cause !== null && cause === record);
  }

  /** What tools returned to a session: its own, and what those above it had when it was made. */
  observations(id: string): Observation[] {
    return this.#heard(this.#observations, id);
  }

  /** What principals said to it, in the same way. */
  said(id: string): { by: string; text: string }[] {
    return this.#heard(this.#said, id);
  }

  /** The history with the classes that a narrowed policy's layers go by: what was made under another form counts as its gravest. */
  historyFor({ layers }: PolicyIr, digest: string): readonly Kept[] {
    if (digest === this.#digest) return this.history;
    return this.history.map((action) => {
      if (action.narrowed?.policy === digest) return { ...action, classes: action.narrowed.classes };
      const gravest = this.#gravest(action.narrowed?.classes ?? action.classes);
      const more = layers.slice(action.classes.length).map((layer) => layer.reversibility && gravest);
      return { ...action, classes: [...action.classes, ...more] };
    });
  }

  /** Takes in what was recorded since, in its order. */
  take(record: TraceRecord): void {
    if (record.seq <= this.seq) return;
    this.seq = record.seq;
    this.at = record.at;
    if (record.root === this.id) this.#own(record);
    else this.#acted(record);
  }

  #own(record: TraceRecord): void {
    this.clocks.take(record);
    const word = wordOf(record);
    if (word !== undefined) this.words.add(signedText(word));
    switch (record.kind) {
      case "opened":
        this.#opened(record);
        return;
      case "delegated":
        this.#delegated(record);
        return;
      case "proposed":
        this.#proposed.set(record.hash, record.body);
        return;
      case "decided":
        this.#acted(record);
        this.#decided(record);
        return;
      case "confirmed": {
        const { by, answer, proposal, until } = record.body;
        this.confirmations.push({ by, answer, proposal, policy: record.policy.digest, until });
        return;
      }
      case "ruled":
        this.#ruled(record);
        return;
      case "said":
        this.#said.push({ value: record.body, session: record.session, seq: record.seq });
        return;
      case "observed":
        this.#observed(record);
        return;
      case "closed": {
        const member = this.members.get(record.session);
        if (member !== undefined) member.closed = true;
        return;
      }
      default:
        return;
    }
  }

  #opened({ body, hash, policy, seq, cause }: TraceRecord<"opened">): void {
    this.opened = body;
    this.openedBy = hash;
    Object.assign(this.givens, body.givens);
    const { tier, actor } = body;
    this.members.set(this.id, {
      id: this.id,
      parent: undefined,
      tier,
      actor,
      policy: policy.digest,
      begins: seq,
      cause,
      hops: [],
      answered: new Set(),
      closed: false,
    });
  }

  #delegated({ body, session, policy, seq, cause }: TraceRecord<"delegated">): void {
    const { parent, hop, actor, holds, expires, depth } = body;
    this.members.set(session, {
      id: session,
      parent,
      tier: hop.to,
      actor,
      policy: policy.digest,
      begins: seq,
      cause,
      holds,
      hops: [...(this.members.get(parent)?.hops ?? []), hop as Hop],
      ...(expires === undefined ? {} : { expires }),
      ...(depth === undefined ? {} : { depth }),
      answered: new Set(),
      closed: false,
    });
  }

  #decided({ body, hash, cause, session }: TraceRecord<"decided">): void {
    const { decision, voids, shown } = body;
    if (voids)
      this.confirmations = this.confirmations.filter(
        (one) => one.proposal !== decision.proposal || !one.answer,
      );
    const before = shown === undefined ? undefined : this.waiting.get(shown);
    const proposed = this.#proposed.get(cause ?? "");
    const now: Shown = {
      record: hash,
      session,
      proposal: before?.proposal ?? proposed?.proposal ?? null,
      receiver: before === undefined ? proposed?.receiver : before.receiver,
      digest: decision.proposal,
      decision: decision.decision,
      whole: decision,
      class: decision.assessments.reversibility.class,
      asks: questionsOf(decision),
    };
    this.last.set(session, now);
    this.#proposed.clear();
    for (const [record, { digest }] of this.waiting)
      if (digest === decision.proposal) this.waiting.delete(record);
    if (decision.decision === "confirm" || decision.decision === "clarify") this.waiting.set(hash, now);
  }

  #ruled({ body, session }: TraceRecord<"ruled">): void {
    const { by, question, answer, proposal, instead } = body;
    if (question.startsWith("given:")) {
      const name = question.slice("given:".length);
      this.givens[name] = answer;
      this.members.get(session)?.answered.add(name);
    } else if (typeof answer === "boolean")
      this.rulings.push({
        question,
        answer,
        by,
        ...(instead === undefined ? {} : { instead }),
        ...(proposal === undefined ? {} : { proposal }),
      });
  }

  #observed(record: TraceRecord<"observed">): void {
    const { tool, sources, after, error, output } = record.body;
    const place = this.history.findIndex((one) => one.record === record.cause);
    const action = this.history[place];
    if (action === undefined) this.#acted(record);
    else this.history[place] = { ...action, observed: true };
    const value = { tool, sources, after, leaves: error ? [] : leavesOf(output) };
    this.#observations.push({ value, session: record.session, seq: record.seq });
  }

  /** What it adds to the history: an authorized action, or a call that none authorized. */
  #acted(record: TraceRecord): void {
    const { at, root } = record;
    if (record.kind === "decided") {
      const { decision, values, classes, trust } = record.body;
      if (decision.action === null || values === null) return;
      const { tool } = decision.action;
      this.#keep(record, { session: root, at, tool, args: values, classes, trust, observed: false });
    } else if (record.kind === "observed" && record.body.call !== undefined) {
      const { values, classes, trust } = record.body.call;
      const { tool } = record.body;
      this.#keep(record, { session: root, at, tool, args: values, classes, trust, observed: true });
    }
  }

  #keep({ policy, hash, session, root, kind }: TraceRecord, action: PastAction): void {
    if (root === this.id) this.made += 1;
    const kept = { ...action, record: hash, by: session, authorized: kind === "decided" };
    if (policy.digest === this.#digest) this.history.push(kept);
    else if (root === this.id && this.members.get(session)?.policy === policy.digest) {
      // A narrowing's layers stand behind the policy's own.
      const classes = action.classes.slice(0, this.#policy.layers.length);
      const narrowed = { policy: policy.digest, classes: action.classes };
      this.history.push({ ...kept, classes, narrowed });
    } else this.history.push({ ...kept, classes: this.#classesOf(action) });
  }

  /**
   * The classes of an action that was decided under another form of the policy, for this one's layers: the gravest that it had
   * and that there still is, in every layer; where there is none of them any more, the gravest of all.
   */
  #classesOf({ classes }: PastAction): (string | null)[] {
    const gravest = this.#gravest(classes);
    return this.#policy.layers.map((layer) => layer.reversibility && gravest);
  }

  #gravest(classes: readonly (string | null)[]): string | null {
    const chain = this.#policy.classes.map(({ name }) => name);
    const places = classes.flatMap((name) => (name === null ? [] : chain.indexOf(name)));
    return chain[places.includes(-1) ? chain.length - 1 : Math.max(...places, 0)] ?? null;
  }

  #heard<T>(all: readonly Heard<T>[], id: string): T[] {
    if (this.members.size < 2) return all.map(({ value }) => value);
    const until = new Map(this.#lineage(id).map((one) => [one.member.id, one.until]));
    return all.filter(({ session, seq }) => seq < (until.get(session) ?? 0)).map(({ value }) => value);
  }

  /** A session and those above it, each with the place up to which the session shares what it heard. */
  #lineage(id: string): { readonly member: Member; readonly until: number }[] {
    const lineage: { member: Member; until: number }[] = [];
    let until = Number.POSITIVE_INFINITY;
    for (let at: string | undefined = id; at !== undefined; ) {
      const member = this.members.get(at);
      if (member === undefined) break;
      lineage.push({ member, until });
      until = member.begins;
      at = member.parent;
    }
    return lineage;
  }
}

/** What a decision asks, by the keys that rulings name. */
function questionsOf(decision: Decision): Map<string, readonly string[]> {
  const asks = new Map<string, readonly string[]>();
  for (const remedy of decision.remedies)
    for (const key of remedy.questions ?? []) if (!asks.has(key)) asks.set(key, remedy.from ?? []);
  return asks;
}
