import Database from "libsql";
import { Kysely, SqliteDialect } from "kysely";
import { SqlTrace } from "./sql.js";
import type { TraceStore } from "./store.js";
import type { Tables } from "./tables.js";

/** How long who opens or reads the file waits for another process to finish, in milliseconds. */
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
    begin: async () => begin(file),
    migrating: async (work) => {
      begin(file);
      try {
        await work();
        file.exec("commit");
      } catch (error) {
        if (file.inTransaction) file.exec("rollback");
        throw error;
      }
    },
    locksHead: false,
    again: (error) => /SQLITE_BUSY|database is locked/u.test(String((error as Error)?.message)),
  });
}

/**
 * Takes the file for writing, or throws at once: SQLite waits without letting go of the thread, for another connection of this same
 * process in vain. By `exec`: a prepared statement that found the file taken stays under way, and nothing could be committed after it.
 */
function begin(file: Database.Database): void {
  file.pragma("busy_timeout = 0");
  try {
    file.exec("begin immediate");
  } finally {
    file.pragma(`busy_timeout = ${patience}`);
  }
}
