import type { TraceRecord } from "../ir/trace.js";
import { toolOf } from "./chain.js";
import type { Stored } from "./store.js";

/** What a record is found by in a database, beside its text. */
export function filedUnder(record: TraceRecord) {
  const { seq, at, kind, root, session, policy, hash, cause } = record;
  return { seq, at, kind, root, session, policy: policy.name, tool: toolOf(record) ?? null, hash, cause };
}

type Filed = ReturnType<typeof filedUnder>;

/** A row of a database as it is: its text read, and whether it is found by what it says. */
export function storedOf(
  row: { readonly [K in keyof Filed]: unknown } & { readonly record: string },
): Stored {
  let found: unknown;
  try {
    found = JSON.parse(row.record);
    const says = filedUnder(found as TraceRecord);
    // PostgreSQL gives whole numbers as text.
    const misfiled = (Object.keys(says) as (keyof Filed)[]).find(
      (name) => String(row[name]) !== String(says[name]),
    );
    return misfiled === undefined ? { found } : { found, misfiled };
  } catch {
    // Whatever it is, it is no record: `verifyTrace` says so.
    return { found };
  }
}
