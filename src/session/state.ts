import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Confirmation, Observation, PastAction, Ruling } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceBody, TraceRecord } from "../ir/trace.js";
import { leavesOf } from "../sources/observed.js";

/** A decision as it was recorded: what a confirmation or a ruling is of. */
export interface Shown {
  /** The hash of its record. */
  readonly record: string;
  /** What was proposed; null where what was sent is no data. */
  readonly proposal: Json;
  readonly digest: string;
  readonly decision: Decision["decision"];
  /** The class it was shown with. */
  readonly class: string | null;
  /** The questions it asks, and of whom. */
  readonly asks: ReadonlyMap<string, readonly string[]>;
}

/** A principal's word on a decision, and until when (milliseconds) it counts. */
export type Word = Confirmation & { readonly until: number };

/** An earlier action, with the record that keeps it. */
interface Kept extends PastAction {
  readonly record: string;
}

/**
 * All that is known of a session, from the trace alone (semantics.md, *The Reshimu: the trace*): what records say, in their order,
 * and nothing that a caller says.
 */
export class SessionState {
  readonly id: string;
  /** The last record that was read. */
  seq = 0;
  opened: TraceBody<"opened"> | undefined;
  /** The digest of the policy that it was opened under. */
  policy: string | undefined;
  closed = false;
  readonly givens: { [name: string]: Json } = Object.create(null);
  /** Actions of this session, and those of others of the policy that a limit may count; in the order of time. */
  readonly history: Kept[] = [];
  readonly observations: Observation[] = [];
  readonly said: { by: string; text: string }[] = [];
  readonly rulings: Ruling[] = [];
  confirmations: Word[] = [];
  /** The decision that was made last. */
  last: Shown | undefined;
  /** Decisions that wait for a principal, by record: the latest on each proposal. */
  readonly waiting = new Map<string, Shown>();
  readonly #policy: PolicyIr;
  readonly #digest: string;
  /** What was proposed and not decided yet, by record. */
  readonly #proposed = new Map<string, Json>();

  constructor(id: string, policy: PolicyIr, digest: string) {
    this.id = id;
    this.#policy = policy;
    this.#digest = digest;
  }

  /** How many of the actions are this session's own. */
  get made(): number {
    return this.history.reduce((count, action) => count + (action.session === this.id ? 1 : 0), 0);
  }

  /** Takes in what was recorded since, in its order. */
  take(record: TraceRecord): void {
    if (record.seq <= this.seq) return;
    this.seq = record.seq;
    if (record.root === this.id) this.#own(record);
    else this.#acted(record);
  }

  #own(record: TraceRecord): void {
    switch (record.kind) {
      case "opened":
        this.opened = record.body;
        this.policy = record.policy.digest;
        Object.assign(this.givens, record.body.givens);
        return;
      case "proposed":
        this.#proposed.set(record.hash, record.body.proposal ?? null);
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
        this.#ruled(record.body);
        return;
      case "said":
        this.said.push(record.body);
        return;
      case "observed":
        this.#observed(record);
        return;
      case "closed":
        this.closed = true;
        return;
      default:
        return;
    }
  }

  #decided({ body, hash, cause }: TraceRecord<"decided">): void {
    const { decision, voids, shown } = body;
    if (voids)
      this.confirmations = this.confirmations.filter(
        (one) => one.proposal !== decision.proposal || !one.answer,
      );
    const before = shown === undefined ? undefined : this.waiting.get(shown);
    this.last = {
      record: hash,
      proposal: before?.proposal ?? this.#proposed.get(cause ?? "") ?? null,
      digest: decision.proposal,
      decision: decision.decision,
      class: decision.assessments.reversibility.class,
      asks: questionsOf(decision),
    };
    this.#proposed.clear();
    for (const [record, { digest }] of this.waiting)
      if (digest === decision.proposal) this.waiting.delete(record);
    if (decision.decision === "confirm" || decision.decision === "clarify") this.waiting.set(hash, this.last);
  }

  #ruled({ by, question, answer, proposal }: TraceBody<"ruled">): void {
    if (question.startsWith("given:")) this.givens[question.slice("given:".length)] = answer;
    else if (typeof answer === "boolean")
      this.rulings.push({ question, answer, by, ...(proposal === undefined ? {} : { proposal }) });
  }

  #observed(record: TraceRecord<"observed">): void {
    const { tool, sources, after, error, output } = record.body;
    const place = this.history.findIndex((one) => one.record === record.cause);
    const action = this.history[place];
    if (action === undefined) this.#acted(record);
    else this.history[place] = { ...action, observed: true };
    this.observations.push({ tool, sources, after, leaves: error ? [] : leavesOf(output) });
  }

  /** What it adds to the history: an authorized action, or a call that none authorized. */
  #acted(record: TraceRecord): void {
    const { at, root, hash } = record;
    if (record.kind === "decided") {
      const { decision, values, classes, trust } = record.body;
      if (decision.action === null || values === null) return;
      const { tool } = decision.action;
      this.#keep(record, { session: root, at, tool, args: values, classes, trust, observed: false }, hash);
    } else if (record.kind === "observed" && record.body.call !== undefined) {
      const { values, classes, trust } = record.body.call;
      const { tool } = record.body;
      this.#keep(record, { session: root, at, tool, args: values, classes, trust, observed: true }, hash);
    }
  }

  #keep({ policy }: TraceRecord, action: PastAction, record: string): void {
    const classes = policy.digest === this.#digest ? action.classes : this.#classesOf(action);
    this.history.push({ ...action, classes, record });
  }

  /**
   * The classes of an action that was decided under another form of the policy, for this one's layers: the gravest that it had
   * and that there still is, in every layer; where there is none of them any more, the gravest of all.
   */
  #classesOf({ classes }: PastAction): (string | null)[] {
    const chain = this.#policy.classes.map(({ name }) => name);
    const places = classes.flatMap((name) => (name === null ? [] : chain.indexOf(name)));
    const gravest = chain[places.includes(-1) ? chain.length - 1 : Math.max(...places, 0)] ?? null;
    return this.#policy.layers.map((layer) => layer.reversibility && gravest);
  }
}

/** What a decision asks, by the keys that rulings name. */
function questionsOf(decision: Decision): Map<string, readonly string[]> {
  const asks = new Map<string, readonly string[]>();
  for (const remedy of decision.remedies)
    for (const key of remedy.questions ?? []) if (!asks.has(key)) asks.set(key, remedy.from ?? []);
  return asks;
}
