/** What the process that runs SQLite is asked. Values are as they are bound. */
export interface SqliteRequest {
  /** Where the `libsql` package is. */
  readonly library: string;
  /** A `file:` url with `mode=ro`. */
  readonly database: string;
  /** Which file that was when asked: another one by the same name is opened afresh. */
  readonly file: string;
  readonly sql: string;
  readonly values: { readonly [name: string]: SqliteValue };
  readonly maxRows: number;
  /** UTF-8 bytes of all texts together. */
  readonly maxBytes: number;
}

export type SqliteValue = null | bigint | number | string;

export type SqliteReply =
  /** The cells of the one column; `stored`: it is a column of a table, and no expression. */
  { readonly cells: readonly SqliteValue[]; readonly stored: boolean } | { readonly problem: string };

interface Database {
  prepare(sql: string): Statement;
  close(): void;
}

interface Statement {
  raw(): Statement;
  safeIntegers(): Statement;
  iterate(values: object): Iterable<readonly unknown[]>;
  all(): unknown[];
  columns(): readonly { readonly column: string | null }[];
}

/**
 * The program of the process that runs SQLite (see sqlite-process.ts): it is started from this function's text, so that
 * nothing here may name anything outside of it, types excepted. One request is answered at a time.
 *
 * Three fences keep a look-up to reading: it must stand as the body of a common table expression and by itself as well
 * (no second statement, PRAGMA, ATTACH or write does both); the connection is `query_only`; the file is opened `mode=ro`.
 */
export function serveSqlite(load: (name: string) => unknown, self: NodeJS.Process): void {
  let current: { readonly file: string; readonly database: Database } | undefined;

  const databaseOf = (request: SqliteRequest): Database => {
    if (current?.file === request.file) return current.database;
    current?.database.close();
    current = undefined;
    current = { file: request.file, database: open(request) };
    return current.database;
  };

  const open = (request: SqliteRequest): Database => {
    const Library = load(request.library) as new (path: string, options: object) => Database;
    const opened = new Library(request.database, { timeout: 1_000 });
    const settings = ["query_only = 1", "trusted_schema = 0", "temp_store = 2", "hard_heap_limit = 67108864"];
    for (const setting of settings) opened.prepare(`PRAGMA ${setting}`).all();
    return opened;
  };

  /** The values by name, telling which names the statement asks for. */
  const watched = (values: object, asked: Set<string>): object =>
    new Proxy(Object.assign(Object.create(null), values), {
      get: (target, name) => {
        asked.add(String(name));
        return target[name] ?? null;
      },
    });

  const mismatch = (values: object, asked: ReadonlySet<string>): string | undefined => {
    const missing = [...asked].find((name) => !Object.hasOwn(values, name));
    if (missing !== undefined) return "its look-up names a parameter that the fact does not have";
    return Object.keys(values).some((name) => !asked.has(name))
      ? "its look-up leaves out a parameter"
      : undefined;
  };

  const read = (rows: Iterable<readonly unknown[]>, request: SqliteRequest): SqliteValue[] | string => {
    const cells: SqliteValue[] = [];
    let bytes = 0;
    for (const [cell, truncated] of rows) {
      if (cells.length === request.maxRows) return `gave more than ${request.maxRows} rows`;
      if (truncated === 1n) return "gave a text with a NUL character";
      if (typeof cell === "object" && cell !== null) return "gave a blob";
      if (typeof cell === "string") bytes += Buffer.byteLength(cell);
      if (bytes > request.maxBytes) return `gave more than ${request.maxBytes} bytes`;
      cells.push(cell as SqliteValue);
    }
    return cells;
  };

  const answer = (request: SqliteRequest): SqliteReply => {
    const database = databaseOf(request);
    // The second column tells a text that ends, for this library, at a NUL inside it.
    const statement = database.prepare(
      `WITH reshimu__answer(value) AS (\n${request.sql}\n)
       SELECT value, typeof(value) = 'text' AND instr(CAST(value AS BLOB), x'00') > 0 FROM reshimu__answer`,
    );
    const stored = database.prepare(request.sql).columns()[0]?.column != null;
    const asked = new Set<string>();
    const rows = statement.raw().safeIntegers().iterate(watched(request.values, asked));
    const problem = mismatch(request.values, asked);
    if (problem !== undefined) return { problem };
    const cells = read(rows, request);
    return typeof cells === "string" ? { problem: cells } : { cells, stored };
  };

  const problemOf = (error: unknown): string => {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (code === "SQLITE_BUSY" || code === "SQLITE_LOCKED") return "its database is locked";
    if (code === "SQLITE_NOTADB") return "its file is not a database";
    if (code === "SQLITE_NOMEM") return "its look-up needs too much memory";
    if (code === "SQLITE_ERROR")
      return `its look-up cannot be run as one SELECT of one column: ${String(message).slice(0, 200)}`;
    return "its database cannot be read";
  };

  self.on("message", (request: SqliteRequest) => {
    let reply: SqliteReply;
    try {
      reply = answer(request);
    } catch (error) {
      reply = { problem: problemOf(error) };
    }
    self.send?.(reply);
  });
  self.on("disconnect", () => self.exit());

  // A query that never ends keeps this thread from hearing that nobody waits any more; another thread sees it.
  const { Worker } = load("node:worker_threads") as typeof import("node:worker_threads");
  new Worker(
    `const { workerData } = require("node:worker_threads");
     setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL"); }, 1000);`,
    { eval: true, workerData: self.ppid },
  ).unref();
}
