import { resolve } from "node:path";
import type { Client as PgClient, ClientConfig, Pool as PgPool, PoolClient } from "pg";
import type { Json } from "../ir/json.js";
import { readPostgresLocator } from "../ir/locator.js";
import { readJson } from "../ir/read-json.js";
import { numberedSql, readSql } from "../ir/sql.js";
import type { TypeIr } from "../ir/type.js";
import { createGate } from "./gate.js";
import { problemOfConnection, problemOfQuery } from "./postgres-problems.js";
import {
  defaultTimeout,
  maxAnswerBytes,
  maxRows,
  type OpenSource,
  type Query,
  Silent,
  textOf,
} from "./source.js";

/** Connections for one source; more than one so that a slow question does not keep all others waiting. */
const maxConnections = 4;
/** Milliseconds in which a server lets us in, or is held to be away. */
const connectTimeout = 10_000;

/**
 * A source of kind `postgres` (language.md, *grounding*): a look-up is one SELECT of one column in which `:name` is a
 * parameter, and every parameter is named. Parameters are bound as text, of the type that the place asks for: times as
 * RFC 3339 in UTC, lists, records and `json` as JSON. A cell is what `to_json` makes of it. One row gives a value, no row
 * null; for a fact of a list type the rows are the list, or a single array is.
 *
 * Each question is asked in a transaction of its own that is read only and rolled back, and is cancelled on the server when
 * nobody waits any more. What the locator leaves out comes from the variables and the password file of libpq.
 */
export const openPostgres: OpenSource = (source, root) => {
  const timeout = source.timeout ?? defaultTimeout;
  const gate = createGate(maxConnections);
  const cancels = new Set<Promise<void>>();
  let connections: Promise<Connections> | undefined;

  return {
    ask: async (query, signal) => {
      const request = requestOf(query);
      connections ??= openConnections(source.locator, root, timeout);
      const { pool, cancel } = await connections;
      return await gate(async () => {
        if (signal.aborted) throw new Silent("was not asked in time");
        const client = await pool.connect().catch((error: unknown) => {
          throw new Silent(problemOfConnection(error));
        });
        const session = sessionOf(client, (pid) => {
          const cancelling = cancel(pid).finally(() => cancels.delete(cancelling));
          cancels.add(cancelling);
        });
        signal.addEventListener("abort", session.stop, { once: true });
        try {
          if (signal.aborted) throw new Silent("was not asked in time");
          return { value: answerOf(await session.read(request, timeout), query.type) };
        } finally {
          signal.removeEventListener("abort", session.stop);
          await session.end();
        }
      });
    },
    close: async () => {
      const opened = await connections?.catch(() => undefined);
      await Promise.all([opened?.pool.end(), ...cancels]);
    },
  };
};

// ------------------------------------------------------------------ connections

interface Connections {
  readonly pool: PgPool;
  /** Asks the server to cancel what that process of it does. Never rejects. */
  cancel(pid: number): Promise<void>;
}

async function openConnections(locator: string, root: string, timeout: number): Promise<Connections> {
  const read = readPostgresLocator(locator);
  if ("problem" in read) throw new Silent(`has a locator that ${read.problem}`);
  const { default: pg } = await import("pg");
  const config: ClientConfig = {
    ...(await settingsIn(read.url, root)),
    connectionTimeoutMillis: Math.min(Math.max(timeout, 1), connectTimeout),
    fallback_application_name: "reshimu",
    // Every cell comes as the server writes it.
    types: { getTypeParser: () => (text: string) => text },
  };
  const pool = new pg.Pool({
    ...config,
    max: maxConnections,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // A connection that breaks is told to who asks, or noticed by who asks next; without a listener it would end this process.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", () => {});
  return { pool, cancel: (pid) => cancelBackend(() => new pg.Client(config), pid) };
}

/** What the URL says; the password, where neither it nor PGPASSWORD has one, from the password file of libpq. */
async function settingsIn(locator: string, root: string): Promise<ClientConfig> {
  const [{ parseIntoClientConfig }, { default: pgpass }] = await Promise.all([
    import("pg-connection-string"),
    import("pgpass"),
  ]);
  try {
    const url = new URL(locator);
    for (const name of ["sslrootcert", "sslcert", "sslkey"]) {
      const file = url.searchParams.get(name);
      if (file !== null) url.searchParams.set(name, resolve(root, file));
    }
    const settings = parseIntoClientConfig(url.href);
    if (settings.password || process.env.PGPASSWORD) return settings;
    const fromFile = (connection?: object): Promise<string> =>
      new Promise((done) => pgpass(connection ?? {}, (password) => done(password as string)));
    return { ...settings, password: fromFile };
  } catch {
    throw new Silent("has a locator that cannot be read, or names a file that cannot be");
  }
}

/** By a statement, not by the protocol's own message: this one goes the same way, encrypted and with a password. */
async function cancelBackend(connect: () => PgClient, pid: number): Promise<void> {
  try {
    const client = connect();
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("select pg_catalog.pg_cancel_backend($1)", [pid]);
    } finally {
      await client.end();
    }
  } catch {
    // `statement_timeout` ends it all the same.
  }
}

// ------------------------------------------------------------------ one question

interface Request {
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

/** One question on one connection. */
interface Session {
  /** The rows: the cell as JSON text, or null, and whether the answer was too long before it. */
  read(request: Request, timeout: number): Promise<readonly Row[]>;
  /** Ends the connection, and what the server does for it. */
  stop(): void;
  /** Gives the connection back. */
  end(): Promise<void>;
}

type Row = readonly [cell: string | null, tooLong: string | null];

function sessionOf(client: PoolClient, cancel: (pid: number) => void): Session {
  let pid: number | undefined;
  let released = false;
  const release = (destroy: boolean): void => {
    if (!released) client.release(destroy);
    released = true;
  };
  const rows = async (text: string, values: Request["values"]) =>
    await client.query<string[]>({ text, values: [...values], rowMode: "array" });

  return {
    read: async ({ sql, values }, timeout) => {
      try {
        pid = await begin(client, timeout);
        // By itself, and below as the body of a common table expression: no fragment of a statement passes both.
        const described = await rows(`select * from (\n${sql}\n) as reshimu__answer limit 0`, values);
        const columns = described.fields.length;
        if (columns !== 1)
          throw new Silent(
            `its look-up cannot be run as one SELECT of one column: it has ${columns} columns`,
          );
        return (await rows(measured(sql), values)).rows as unknown as Row[];
      } catch (error) {
        throw error instanceof Silent ? error : new Silent(problemOfQuery(error));
      }
    },
    stop: () => {
      if (!released && pid !== undefined) cancel(pid);
      release(true);
    },
    end: async () => {
      if (released) return;
      await client.query("rollback").then(
        () => release(false),
        () => release(true),
      );
    },
  };
}

/** Begins the transaction, and tells which process of the server has it. */
async function begin(client: PoolClient, timeout: number): Promise<number> {
  const settings = [
    `statement_timeout = ${Math.min(Math.max(Math.ceil(timeout), 1), 2_147_483_647)}`,
    "time zone 'UTC'",
    "extra_float_digits = 1",
    "standard_conforming_strings = on",
  ];
  const text = ["begin read only", ...settings.map((one) => `set local ${one}`)].join("; ");
  await client.query(text);
  const { rows } = await client.query<{ pid: string }>("select pg_catalog.pg_backend_pid() as pid");
  return Number(rows[0]?.pid);
}

/** The statement that is run. The server sends no more than an answer may be long, whatever the look-up gives. */
const measured = (sql: string): string => `with reshimu__answer(value) as (
${sql}
)
select case when size > ${maxAnswerBytes} then null else cell end, size > ${maxAnswerBytes}
from (
  select cell, pg_catalog.sum(pg_catalog.octet_length(cell)) over (rows unbounded preceding) as size
  from (select pg_catalog.to_json(value)::text as cell from reshimu__answer limit ${maxRows + 1}) as cells
) as sized`;

function requestOf({ lookup, parameters }: Query): Request {
  if (lookup === undefined) throw new Silent("needs a SELECT as look-up");
  if (lookup.includes("\0")) throw new Silent("its look-up holds a NUL character");
  const text = lookup.trimEnd().replace(/;$/, "");
  const read = readSql(text);
  const strange = read.bound.some((name) => !parameters.some((parameter) => parameter.name === name));
  if (strange) throw new Silent("its look-up names a parameter that the fact does not have");
  if (parameters.some((parameter) => !read.bound.includes(parameter.name)))
    throw new Silent("its look-up leaves out a parameter");
  const values = read.bound.map((name) => bound(parameters.find((parameter) => parameter.name === name)));
  return { sql: numberedSql(text, read), values };
}

function bound(parameter: Query["parameters"][number] | undefined): string | null {
  if (parameter === undefined || parameter.value === null) return null;
  const text = parameter.type === "json" ? JSON.stringify(parameter.value) : textOf(parameter.value);
  if (text.includes("\0")) throw new Silent("was asked with a NUL character");
  return text;
}

// ------------------------------------------------------------------ the answer

function answerOf(rows: readonly Row[], type: TypeIr): Json {
  if (rows.length > maxRows) throw new Silent(`gave more than ${maxRows} rows`);
  if (rows.some(([, tooLong]) => tooLong === "t")) throw new Silent(`gave more than ${maxAnswerBytes} bytes`);
  const cells = rows.map(([cell]) => jsonOf(cell));
  const isList = typeof type === "object" && "list" in type;
  if (!isList) {
    if (cells.length > 1) throw new Silent(`gave ${cells.length} rows, one was expected`);
    return cells[0] ?? null;
  }
  const [only] = cells;
  // An array is always the list: no element of a fact's list is a list itself.
  if (cells.length === 1 && (only === null || Array.isArray(only))) return only;
  return cells;
}

function jsonOf(cell: string | null): Json {
  if (cell === null) return null;
  const read = readJson(cell, { exact: true });
  if (!read.ok) throw new Silent(`gave a value that ${read.problem}`);
  return read.value;
}
