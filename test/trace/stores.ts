import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryTrace } from "../../src/trace/memory.js";
import { openPostgresTrace } from "../../src/trace/postgres.js";
import { openSqliteTrace } from "../../src/trace/sqlite.js";
import type { Draft, TraceStore } from "../../src/trace/store.js";
import { startPostgres } from "../support/postgres.js";

/** A kind of store: how a fresh one is opened, and how the same one is opened again. */
export interface Kind {
  readonly name: string;
  /** Opens one at a place of its own; `again` opens what is there from another connection, where it outlives the first. */
  open(): Promise<{ store: TraceStore; again?: () => Promise<TraceStore>; remove: () => Promise<void> }>;
}

export const memory: Kind = {
  name: "memory",
  open: async () => ({ store: new MemoryTrace(), remove: async () => {} }),
};

export const sqlite: Kind = {
  name: "sqlite",
  async open() {
    const folder = mkdtempSync(join(tmpdir(), "reshimu-trace-"));
    const file = join(folder, "trace.db");
    return {
      store: await openSqliteTrace(file),
      again: () => openSqliteTrace(file),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

/** Each in a database of its own on one server, which is started for it. */
export async function postgres(): Promise<Kind & { readonly stop: () => Promise<void> }> {
  const server = await startPostgres();
  return {
    name: "postgres",
    async open() {
      const url = await server.createDatabase();
      return {
        store: await openPostgresTrace(url),
        again: () => openPostgresTrace(url),
        remove: async () => {},
      };
    },
    stop: () => server.stop(),
  };
}

const policy = { name: "test", digest: `sha256:${"0".repeat(64)}` };

/** Something that a principal said: the smallest record there is. */
export const word = (text: string, more: Partial<Draft<"said">> = {}): Draft<"said"> => ({
  kind: "said",
  at: 1_000,
  root: "s",
  session: "s",
  policy,
  cause: null,
  body: { by: "owner", text },
  ...more,
});

/** Appends so many words, each in a transaction of its own. */
export async function filled(store: TraceStore, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await store.transaction((tail) => tail.append(word(`word ${i}`)));
}

export async function all<T>(found: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of found) list.push(one);
  return list;
}
