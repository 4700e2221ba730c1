import type { Engine } from "../engine/engine.js";
import type { FactAnswer, Knowledge } from "../ir/knowledge.js";
import type { TraceBody, TraceKind, TraceRecord } from "../ir/trace.js";
import type { Tail } from "../trace/store.js";
import { type Delegation, ended } from "./delegation.js";
import type { Home } from "./home.js";
import { Memory } from "./memory.js";
import { asSessionError, SessionError } from "./opening.js";
import { type Secrets, secretsOf } from "./secrets.js";
import type { Kept, Member, SessionState } from "./state.js";

/** What a proposal is judged on beside the records: how its text was scored, and of a delegation, what it would make. */
export interface Weighed {
  readonly fidelity: number | undefined;
  readonly delegation: Delegation | undefined;
}

/** One session's hold on the trace: what it knows, and where it writes. */
export class Ledger {
  /** The session. */
  readonly id: string;
  readonly home: Home;
  readonly state: SessionState;
  /** Of the session's own policy, with the narrowings of all above it. */
  readonly engine: Engine;
  readonly memory = new Memory();
  #secrets: Secrets | undefined;

  constructor(home: Home, state: SessionState, id: string, engine: Engine) {
    this.id = id;
    this.home = home;
    this.state = state;
    this.engine = engine;
  }

  /** The session at the root of its tree. */
  get root(): string {
    return this.state.id;
  }

  /** The session itself, as its tree knows it. Throws a SessionError where it has not been read yet. */
  get member(): Member {
    const member = this.state.members.get(this.id);
    if (member === undefined) throw new SessionError(`no session is called \`${this.id.slice(0, 100)}\``);
    return member;
  }

  /** Earlier actions, with the classes that its own policy goes by. */
  get history(): readonly Kept[] {
    return this.state.historyFor(this.engine.policy, this.engine.digest);
  }

  /** What a proposal is judged on. */
  knowledge(answers: readonly FactAnswer[], now: number, weighed?: Weighed): Knowledge {
    const { id } = this;
    const state = this.state;
    const salt = this.#secrets?.salt;
    const { opened, givens, rulings, confirmations } = state;
    const member = this.member;
    const { tier, actor, holds, hops, answered } = member;
    const instruction = opened?.instruction;
    const problems = [...ended(member, now), ...(weighed?.delegation?.problems ?? [])];
    const fidelity = weighed?.fidelity;
    return {
      now,
      ...(salt === undefined ? {} : { salt }),
      session: {
        id,
        ...(id === this.root ? {} : { root: this.root }),
        ...(instruction === undefined ? {} : { instruction }),
      },
      ...(tier === null ? {} : { tier }),
      ...(holds === undefined
        ? {}
        : {
            descent: {
              bullets: holds.bullets,
              givens: [...holds.givens, ...answered],
              tools: holds.uses,
              hops,
            },
          }),
      ...(problems.length === 0 ? {} : { problems }),
      actor,
      givens,
      answers,
      history: this.history,
      observations: state.observations(id),
      said: state.said(id),
      rulings,
      confirmations: confirmations
        .filter((one) => one.until > now || !one.answer)
        .map(({ until: _, ...word }) => word),
      ...(fidelity === undefined ? {} : { fidelity }),
    };
  }

  /** The secrets of its tree; undefined where its policy takes none. Asked for before anything is judged: digests are salted. */
  async secrets(): Promise<Secrets | undefined> {
    this.#secrets ??= await secretsOf(this.engine.policy, this.home.trace, this.root);
    return this.#secrets;
  }

  /** Reads all that was recorded since. */
  async read(): Promise<void> {
    const { trace } = this.home;
    await trace.transaction((tail) => this.home.read(tail, this.state, this.engine.policy));
  }

  /** Works alone on the end of the trace, with all read that was recorded up to it. Throws a SessionError where it is closed. */
  locked<T>(work: (tail: Tail) => Promise<T>): Promise<T> {
    return this.home.trace
      .transaction(async (tail) => {
        await this.home.read(tail, this.state, this.engine.policy);
        if (this.state.closed(this.id)) throw new SessionError(`the session \`${this.id}\` is closed`);
        return work(tail);
      })
      .catch(asSessionError);
  }

  async append<K extends TraceKind>(
    tail: Tail,
    kind: K,
    at: number,
    cause: string | null,
    body: TraceBody<K>,
  ): Promise<TraceRecord<K>> {
    const policy = { name: this.engine.policy.name, digest: this.engine.digest };
    const draft = { kind, at, root: this.root, session: this.id, policy, cause, body };
    return tail.append(draft as unknown as Parameters<Tail["append"]>[0]) as unknown as TraceRecord<K>;
  }

  /** Now, never before the last record. */
  now(tail: Tail): number {
    return Math.max(this.home.now(), tail.head?.at ?? Number.NEGATIVE_INFINITY);
  }
}
