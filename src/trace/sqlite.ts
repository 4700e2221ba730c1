import Database from "libsql";
import { Kysely, SqliteDialect } from "kysely";
import { SqlTrace } from "./sql.js";
import type { TraceStore } from "./store.js";
import type { Tables } from "./tables.js";

/** How long who appends waits for another process to finish, in milliseconds. */
const patience = 30_000;

/**
 * A trace in an SQLite file, made where there is none; several processes may use it at once. What is acknowledged is on disk.
 * Throws what the file system or SQLite says of a file that cannot be opened.
 */
export async function openSqliteTrace(path: string): Promise<TraceStore> {
  const file = new Database(path);
  file.pragma(`busy_timeout = ${patience}`);
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL");
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
  return SqlTrace.open(db, {
    begin: "begin immediate",
    locksHead: false,
    again: (error) => /SQLITE_BUSY|database is locked/u.test(String((error as Error)?.message)),
  });
}
