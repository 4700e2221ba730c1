import { MemoryTrace } from "./memory.js";
import type { TraceStore } from "./store.js";

/**
 * Opens a trace: `memory:`, `postgres://…`, or a file, which is an SQLite database and is made where there is none. What a trace is
 * not kept in is not loaded. Throws what the medium says.
 */
export async function openTrace(place: string): Promise<TraceStore> {
  if (place === "memory:") return new MemoryTrace();
  if (/^postgres(?:ql)?:\/\//u.test(place)) return (await import("./postgres.js")).openPostgresTrace(place);
  return (await import("./sqlite.js")).openSqliteTrace(place);
}
