import {
  type Decision,
  firstRecord,
  type EvalRecord,
  type Json,
  type Session,
  SessionError,
  type SessionOptions,
  type Store,
} from "../index.js";
import type { Entry } from "./record.js";
import { type Words, wordsFor } from "./words.js";

/** What came of one line. */
export type Outcome =
  | {
      readonly kind: "decided";
      /** As they were recorded: without what is sensitive. */
      readonly proposal: Json;
      readonly decision: Decision;
      /** The decision as the session gave it, by which it is explained. */
      readonly given: Decision;
      readonly words: Words;
    }
  /** A record that asks for no decision: what was taken in, half a sentence. */
  | { readonly kind: "noted"; readonly note: string }
  | { readonly kind: "refused"; readonly problem: string };

/** The session where a line names none. */
export const defaultSession = "session";

/** The sessions that lines speak of; each is opened when it is first named, all with the same options. */
export class Sessions {
  readonly #store: Store;
  readonly #options: SessionOptions;
  readonly #open = new Map<string, Session>();
  /** What was proposed last in each, for confirmations. */
  readonly #proposed = new Map<string, Json>();

  /** Opens the first session at once, so that options that do not fit are told before anything is read. Throws a SessionError. */
  static async open(store: Store, options: SessionOptions): Promise<Sessions> {
    const sessions = new Sessions(store, options);
    await sessions.#session(defaultSession);
    return sessions;
  }

  /** On a trace that lasts: a session that is there goes on, as it was opened, and none is opened that no line names. */
  static onTrace(store: Store, options: SessionOptions): Sessions {
    return new Sessions(store, options);
  }

  private constructor(store: Store, options: SessionOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Does what a line says. */
  async take(entry: Entry): Promise<Outcome> {
    const id = entry.session ?? defaultSession;
    try {
      return await this.#taken(entry, id);
    } catch (error) {
      if (error instanceof SessionError) return { kind: "refused", problem: error.message };
      throw error;
    }
  }

  async #taken(entry: Entry, id: string): Promise<Outcome> {
    const session = await this.#session(id);
    switch (entry.kind) {
      case "propose":
        this.#proposed.set(id, entry.proposal);
        return this.#decided(session, entry.proposal, await session.propose(entry.proposal));
      case "confirm": {
        const decision = await session.confirm(present(entry.word));
        // What was proposed in another run is not here, but for what was decided on.
        return this.#decided(session, this.#proposed.get(id) ?? decision.action, decision);
      }
      case "observe": {
        const { tool, error } = entry.word;
        const output = await session.observe(present(entry.word));
        return { kind: "noted", note: `${tool} returned ${error ? "an error" : JSON.stringify(output)}` };
      }
      case "said":
        await session.said(present(entry.word));
        return { kind: "noted", note: `${entry.word.by} said ${JSON.stringify(entry.word.text)}` };
      case "rule": {
        const { word } = entry;
        await session.rule(present(word));
        const to = "given" in word ? `given.${word.given}` : word.question;
        return { kind: "noted", note: `${word.by} answered ${to}: ${JSON.stringify(word.answer)}` };
      }
      case "outcome":
        await session.outcome(present(entry.word));
        return { kind: "noted", note: outcomeText(entry.word) };
    }
  }

  async #decided(session: Session, proposal: Json, decision: Decision): Promise<Outcome> {
    const words = await wordsFor(session, this.#store.engine.policy, decision);
    const recorded = session.recorded(decision);
    const plain = { kind: "decided", proposal, decision, given: decision, words } as const;
    if (recorded === undefined || recorded.decision === decision) return plain;
    return { ...plain, proposal: recorded.proposal, decision: recorded.decision };
  }

  async #session(id: string): Promise<Session> {
    const open = this.#open.get(id);
    if (open !== undefined) return open;
    const { trace } = this.#store;
    const before = await firstRecord(trace, { session: id, kinds: ["opened", "delegated"] });
    const session =
      before === undefined ? await this.#store.open({ ...this.#options, id }) : await this.#store.session(id);
    this.#open.set(id, session);
    // In another run something was proposed that is now confirmed.
    if (before !== undefined)
      for await (const record of trace.records({ session: id, kinds: ["proposed"] }))
        if (record.kind === "proposed") this.#proposed.set(id, (record.body.proposal ?? null) as Json);
    return session;
  }
}

/** What a schema leaves undefined is not there. */
type Present<T> = T extends unknown ? { [K in keyof T]: Exclude<T[K], undefined> } : never;
const present = <T extends object>(word: T): Present<T> =>
  Object.fromEntries(Object.entries(word).filter(([, value]) => value !== undefined)) as Present<T>;

function outcomeText({ result, claims = {} }: EvalRecord["outcome"]["outcome"]): string {
  const found = Object.entries(claims).map(([name, truth]) => `${name} was ${truth}`);
  return [`the action ${result === "undone" ? "was undone" : result}`, ...found].join("; ");
}
