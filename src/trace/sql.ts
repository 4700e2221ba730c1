import { randomBytes } from "node:crypto";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { canonicalJson } from "../ir/digest.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceKind, TraceRecord } from "../ir/trace.js";
import { baseFor, headOf, link } from "./chain.js";
import type { Checkpoint, Draft, Filter, Head, Stored, Tail, TraceStore } from "./store.js";
import { migrate, type Tables } from "./tables.js";
import { filedUnder, storedOf } from "./stored.js";

/** What the two databases say differently. */
export interface Dialect {
  /** Begins a transaction that no other can append beside. */
  readonly begin: (db: Kysely<Tables>) => Promise<unknown>;
  /** Makes or changes the tables: all of it or nothing, whenever the process ends. */
  readonly migrating: (work: () => Promise<void>) => Promise<void>;
  /** Whether the row of the head is to be locked; else `begin` locks all. */
  readonly locksHead: boolean;
  /** Whether the database asks for the transaction to be run again: it lost a race, and nothing of it is recorded. */
  readonly again: (error: unknown) => boolean;
}

/** So many records are read at a time: memory stays bounded however long the trace. */
const page = 500;
/** So long a transaction is tried where the database asks for it, in milliseconds, and so long apart at the most. */
const patience = 30_000;
const longestPause = 40;

/** A trace in an SQL database, through one query builder (`sqlite.ts`, `postgres.ts` open it). */
export class SqlTrace implements TraceStore {
  readonly #db: Kysely<Tables>;
  readonly #dialect: Dialect;

  private constructor(db: Kysely<Tables>, dialect: Dialect) {
    this.#db = db;
    this.#dialect = dialect;
  }

  /** Makes or brings up to date the tables. */
  static async open(db: Kysely<Tables>, dialect: Dialect): Promise<SqlTrace> {
    const trace = new SqlTrace(db, dialect);
    await trace.#retried(() => dialect.migrating(() => migrate(db)));
    return trace;
  }

  transaction<T>(work: (tail: Tail) => Promise<T>): Promise<T> {
    return this.#writing(async (db) => {
      const tail = new SqlTail(db, await lockedHead(db, this.#dialect));
      const result = await work(tail);
      await tail.keepHead();
      return result;
    });
  }

  /** Every write is such a transaction: only its beginning can find the database taken. */
  #writing<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.#retried(() => this.#once(work));
  }

  async #retried<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    for (let tries = 1; ; tries += 1)
      try {
        return await work();
      } catch (error) {
        if (performance.now() - start > patience || !this.#dialect.again(error)) throw error;
        // Two that lost to each other must not meet again at the same moment.
        await new Promise((done) => setTimeout(done, Math.random() * Math.min(longestPause, 3 * tries)));
      }
  }

  #once<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.#db.connection().execute(async (db) => {
      await this.#dialect.begin(db);
      try {
        const result = await work(db);
        await sql`commit`.execute(db);
        return result;
      } catch (error) {
        // Where the connection is gone there is nothing left to be undone, and the first error is the one to be told.
        await sql`rollback`.execute(db).catch(() => undefined);
        throw error;
      }
    });
  }

  head(): Promise<Head | null> {
    return readHead(this.#db, "trace_head");
  }

  base(): Promise<Head | null> {
    return readHead(this.#db, "trace_base");
  }

  async *records(filter: Filter = {}): AsyncIterable<TraceRecord> {
    const end = filter.upTo ?? (await this.head())?.seq ?? 0;
    let after = filter.after ?? 0;
    let left = filter.limit ?? Number.POSITIVE_INFINITY;
    while (left > 0) {
      const limit = Math.min(page, left);
      const found = await select(this.#db, { ...filter, after, upTo: end, limit }).execute();
      for (const row of found) yield recordOf(row);
      if (found.length < limit) return;
      left -= found.length;
      after = Number(found.at(-1)?.seq);
    }
  }

  async *stored(): AsyncIterable<Stored> {
    // Behind whatever place stands there: none need be one that records have.
    for (let after: number | undefined; ; ) {
      const query = this.#db.selectFrom("trace_record").selectAll().orderBy("seq").limit(page);
      const found = await (after === undefined ? query : query.where("seq", ">", after)).execute();
      for (const row of found) yield storedOf(row);
      if (found.length < page) return;
      after = Number(found.at(-1)?.seq);
    }
  }

  async prune(upTo: number): Promise<number> {
    return this.#writing(async (db) => {
      const last = await select(db, { upTo, after: upTo - 1 }).executeTakeFirst();
      if (last === undefined) return 0;
      const { seq, hash, at } = recordOf(last);
      await keepBase(db, { seq, hash, at });
      const gone = await db.deleteFrom("trace_record").where("seq", "<=", upTo).executeTakeFirst();
      return Number(gone.numDeletedRows);
    });
  }

  async keepPolicy(digest: string, policy: PolicyIr): Promise<void> {
    const values = { digest, policy: canonicalJson(policy) };
    await this.#writing((db) =>
      db
        .insertInto("trace_policy")
        .values(values)
        .onConflict((c) => c.column("digest").doNothing())
        .execute(),
    );
  }

  async policy(digest: string): Promise<PolicyIr | undefined> {
    const row = await this.#db
      .selectFrom("trace_policy")
      .select("policy")
      .where("digest", "=", digest)
      .executeTakeFirst();
    return row && (JSON.parse(row.policy) as PolicyIr);
  }

  async salt(root: string): Promise<string> {
    const values = { root, salt: randomBytes(32).toString("hex") };
    await this.#writing((db) =>
      db
        .insertInto("trace_salt")
        .values(values)
        .onConflict((c) => c.column("root").doNothing())
        .execute(),
    );
    const row = await this.#db
      .selectFrom("trace_salt")
      .select("salt")
      .where("root", "=", root)
      .executeTakeFirstOrThrow();
    return row.salt;
  }

  async keepCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#writing((db) =>
      db
        .insertInto("trace_checkpoint")
        .values({ ...checkpoint })
        .onConflict((c) => c.columns(["seq", "key"]).doNothing())
        .execute(),
    );
  }

  async checkpoints(): Promise<Checkpoint[]> {
    const rows = await this.#db.selectFrom("trace_checkpoint").selectAll().orderBy("seq").execute();
    return rows.map((row) => ({ ...row, seq: Number(row.seq), at: Number(row.at) }));
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}

class SqlTail implements Tail {
  readonly #db: Kysely<Tables>;
  #head: Head | null;

  constructor(db: Kysely<Tables>, head: Head | null) {
    this.#db = db;
    this.#head = head;
  }

  get head(): Head | null {
    return this.#head;
  }

  async records(filter: Filter): Promise<TraceRecord[]> {
    return (await select(this.#db, filter).execute()).map(recordOf);
  }

  async append<K extends TraceKind>(draft: Draft<K>): Promise<TraceRecord<K>> {
    const record = link(draft, this.#head);
    await this.#insert(record as TraceRecord);
    return record;
  }

  async adopt(record: TraceRecord): Promise<void> {
    const base = baseFor(record, this.#head);
    if (base !== null) await keepBase(this.#db, base);
    await this.#insert(record);
  }

  async #insert(record: TraceRecord): Promise<void> {
    const row = { ...filedUnder(record), record: canonicalJson(record) };
    await this.#db.insertInto("trace_record").values(row).execute();
    this.#head = headOf(record);
  }

  async keepHead(): Promise<void> {
    if (this.#head === null) return;
    await this.#db.updateTable("trace_head").set(this.#head).where("id", "=", 0).execute();
  }
}

async function lockedHead(db: Kysely<Tables>, { locksHead }: Dialect): Promise<Head | null> {
  const query = db.selectFrom("trace_head").selectAll().where("id", "=", 0);
  const row = await (locksHead ? query.forUpdate() : query).executeTakeFirstOrThrow();
  return headFrom(row);
}

async function readHead(db: Kysely<Tables>, table: "trace_head" | "trace_base"): Promise<Head | null> {
  const row = await db.selectFrom(table).selectAll().where("id", "=", 0).executeTakeFirst();
  return row === undefined ? null : headFrom(row);
}

function headFrom(row: { seq: number | string; hash: string; at: number | string }): Head | null {
  const seq = Number(row.seq);
  return seq === 0 ? null : { seq, hash: row.hash, at: Number(row.at) };
}

async function keepBase(db: Kysely<Tables>, base: Head): Promise<void> {
  await db
    .insertInto("trace_base")
    .values({ id: 0, ...base })
    .onConflict((c) => c.column("id").doUpdateSet(base))
    .execute();
}

type Row = { readonly seq: number | string; readonly record: string };

function recordOf(row: Row): TraceRecord {
  return JSON.parse(row.record) as TraceRecord;
}

const firstSince = (db: Kysely<Tables>, since: number) =>
  db.selectFrom("trace_record").select("seq").where("at", ">=", since).orderBy("at").orderBy("seq").limit(1);

function select(db: Kysely<Tables>, filter: Filter): SelectQueryBuilder<Tables, "trace_record", Row> {
  const { after, upTo, root, session, kinds, policy, since, tool, hash, prefix, cause, limit } = filter;
  let query = db.selectFrom("trace_record").select(["seq", "record"]).orderBy("seq");
  if (after !== undefined) query = query.where("seq", ">", after);
  if (upTo !== undefined) query = query.where("seq", "<=", upTo);
  if (root !== undefined) query = query.where("root", "=", root);
  if (session !== undefined) query = query.where("session", "=", session);
  // A session has fewer records than a kind: as an expression the kind is no reason to read all of that kind.
  const isNarrow = [root, session, hash, prefix, cause].some((one) => one !== undefined);
  const kind = isNarrow ? sql<string>`kind || ''` : sql.ref<string>("kind");
  if (kinds !== undefined) query = query.where(kind, "in", [...kinds]);
  if (policy !== undefined) query = query.where("policy", "=", policy);
  // Times do not go back along the chain: where a time begins is looked up once, and not asked of every record.
  if (since !== undefined) query = query.where("seq", ">=", firstSince(db, since));
  if (tool !== undefined) query = query.where("tool", "=", tool);
  if (hash !== undefined) query = query.where("hash", "=", hash);
  // A range, which an index serves: behind the last hexadecimal digit comes `g`.
  if (prefix !== undefined) query = query.where("hash", ">=", prefix).where("hash", "<", `${prefix}g`);
  if (cause !== undefined) query = query.where("cause", "=", cause);
  if (limit !== undefined) query = query.limit(limit);
  return query;
}
