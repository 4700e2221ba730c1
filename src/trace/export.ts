import { canonicalJson } from "../ir/digest.js";
import type { TraceRecord } from "../ir/trace.js";
import { longestRecord } from "./chain.js";
import type { TraceStore } from "./store.js";

/** An export is JSON Lines: a record a line, each as its canonical JSON (RFC 8785), in order. */

/** So many characters its hash adds to a record. */
const hashLength = 100;

/** The lines of a trace, without line ends. Memory is bounded. */
export async function* exportTrace(store: TraceStore): AsyncIterable<string> {
  for await (const record of store.records()) yield canonicalJson(record);
}

/**
 * A line as what it says, to be verified: a line that is not the canonical JSON of what it says is no record, so that no byte of
 * an export can be changed unnoticed. The bytes must have been read as strict UTF-8 (`fatal`): what broken ones are replaced by is a
 * character that a record may hold.
 */
export function readLine(line: string): unknown {
  if (line.length > longestRecord + hashLength) return undefined;
  try {
    // The platform's reader is enough: what says a key twice, or a number in another form, is not written so again.
    const value: unknown = JSON.parse(line);
    return canonicalJson(value) === line ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As `readLine`, of many. */
export async function* readLines(lines: AsyncIterable<string> | Iterable<string>): AsyncIterable<unknown> {
  for await (const line of lines) yield readLine(line);
}

/** So many records are taken over at a time. */
const batch = 1_000;

/**
 * Takes over the records of an export that was verified, behind what the store holds; gives how many. Throws where one does not
 * follow the one before it: what was taken over before stays.
 */
export async function importTrace(
  store: TraceStore,
  records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>,
): Promise<number> {
  let count = 0;
  let waiting: TraceRecord[] = [];
  const flush = async (): Promise<void> => {
    const taken = waiting;
    waiting = [];
    await store.transaction(async (tail) => {
      for (const record of taken) await tail.adopt(record);
    });
    count += taken.length;
  };
  for await (const record of records) {
    waiting.push(record);
    if (waiting.length === batch) await flush();
  }
  if (waiting.length > 0) await flush();
  return count;
}
