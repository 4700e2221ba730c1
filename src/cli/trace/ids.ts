import { findRecord, type TraceRecord, type TraceStore } from "../../index.js";
import { wronglyUsed } from "../failure.js";

/** What an ID is, for `--help`. */
export const idHelp = "a record: its place as #12, or its hash, or at least 6 digits of that";

/** The record that a person names; where none is, or several are, the command ends and says so. */
export async function recordOf(trace: TraceStore, id: string): Promise<TraceRecord> {
  const found = await findRecord(trace, id);
  if (found.ok) return found.record;
  throw wronglyUsed(found.problem);
}

/** The decision that a person names, in the same way. */
export async function decisionOf(trace: TraceStore, id: string): Promise<TraceRecord<"decided">> {
  const record = await recordOf(trace, id);
  if (record.kind === "decided") return record;
  throw wronglyUsed(
    `\`${id.slice(0, 100)}\` names no decision: the record at #${record.seq} is \`${record.kind}\``,
  );
}
