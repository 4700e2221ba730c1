import {
  type Decision,
  firstRecord,
  type Json,
  type Session,
  SessionError,
  type SessionOptions,
  type Store,
} from "../index.js";
import type { Entry } from "./record.js";

/** What came of one line. */
export type Outcome =
  | { readonly kind: "decided"; readonly proposal: Json; readonly decision: Decision }
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
        return { kind: "decided", proposal: entry.proposal, decision: await session.propose(entry.proposal) };
      case "confirm": {
        const { by, answer } = entry.word;
        const decision = await session.confirm({ by, ...(answer === undefined ? {} : { answer }) });
        return { kind: "decided", proposal: this.#proposed.get(id) ?? null, decision };
      }
      case "observe": {
        const { error, ...seen } = entry.word;
        await session.observe({ ...seen, ...(error === undefined ? {} : { error }) });
        return {
          kind: "noted",
          note: `${seen.tool} returned ${error ? "an error" : JSON.stringify(seen.output)}`,
        };
      }
      case "said":
        await session.said(entry.word);
        return { kind: "noted", note: `${entry.word.by} said ${JSON.stringify(entry.word.text)}` };
      case "rule": {
        const { by, answer, ...about } = entry.word;
        await session.rule({ by, answer, ...about });
        const to = "given" in about ? `given.${about.given}` : about.question;
        return { kind: "noted", note: `${by} answered ${to}: ${JSON.stringify(answer)}` };
      }
    }
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
