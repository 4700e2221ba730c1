import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { SqlTrace } from "./sql.js";
import type { TraceStore } from "./store.js";
import type { Tables } from "./tables.js";

export interface PostgresTraceOptions {
  /** So many connections at the most; default 10. */
  readonly connections?: number;
}

/** Serialization failure, deadlock: the transaction left nothing, and is to be run again. */
const again = new Set(["40001", "40P01"]);

/**
 * A trace in a PostgreSQL database (`postgres://…`), or one that speaks its protocol; any number of processes on any number of
 * machines may use it at once. The tables are made in the first schema of the search path. Throws what the server says.
 */
export async function openPostgresTrace(
  url: string,
  { connections = 10 }: PostgresTraceOptions = {},
): Promise<TraceStore> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  // An idle connection that the server ends is opened anew when it is next wanted.
  pool.on("error", () => {});
  // One that the server ends while it is in use is told to who uses it; unheard here it would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return SqlTrace.open(db, {
    begin: (one) => sql`begin`.execute(one),
    migrating: (work) => work(),
    locksHead: true,
    again: (error) => again.has(String((error as { code?: unknown } | null)?.code)),
  });
}
