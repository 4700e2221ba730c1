import { open } from "node:fs/promises";
import { openTrace, reasonOf, type TraceStore } from "../../index.js";
import { couldNotRun, wronglyUsed } from "../failure.js";

const isUrl = (place: string): boolean => /^postgres(?:ql)?:\/\//u.test(place);

/** A place as it may be shown: a password in a URL is nobody's to read. */
export function shownPlace(place: string): string {
  if (!isUrl(place)) return place;
  return place.replace(/^([^/]*\/\/[^/@:]*):[^/@]*@/u, "$1:…@").replace(/([?&]password=)[^&]*/gu, "$1…");
}

/** Opens a trace, made where there is none; what the medium says ends the command. */
export async function openPlace(place: string): Promise<TraceStore> {
  try {
    return await openTrace(place);
  } catch (error) {
    throw couldNotRun(`cannot open the trace \`${shownPlace(place)}\`: ${reasonOf(error)}`);
  }
}

/** Whether a file is an SQLite database; undefined where it cannot be read. */
export async function isDatabase(file: string): Promise<boolean | undefined> {
  const magic = Buffer.from("SQLite format 3\0", "latin1");
  try {
    const handle = await open(file, "r");
    try {
      const start = Buffer.alloc(magic.length);
      await handle.read(start, 0, start.length, 0);
      return start.equals(magic);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** Works on a trace that is there, and closes it. Who asks a trace must not make one. */
export async function withTrace<T>(place: string, work: (trace: TraceStore) => Promise<T>): Promise<T> {
  if (place === "memory:")
    throw wronglyUsed("a trace in memory ends with its process: name a file or a `postgres://` URL");
  if (!isUrl(place)) {
    const found = await isDatabase(place);
    if (found === undefined)
      throw couldNotRun(`cannot read \`${place}\`: there is no such trace, or it may not be read`);
    if (!found)
      throw couldNotRun(
        `\`${place}\` is no trace: it is no SQLite database (an export is taken over by \`trace import\`)`,
      );
  }
  return withOpened(place, work);
}

/** Works on a trace, made where there is none, and closes it. */
export async function withOpened<T>(place: string, work: (trace: TraceStore) => Promise<T>): Promise<T> {
  const trace = await openPlace(place);
  try {
    return await work(trace);
  } finally {
    await trace.close();
  }
}
