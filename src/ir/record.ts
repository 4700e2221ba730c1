export type { EvalRecord } from "./schemas/record.js";

/** What a line of `eval` may say besides a proposal (architecture.md, *The command line*): its key. */
export const recordKinds = ["observe", "said", "confirm", "rule", "outcome"] as const;
export type RecordKind = (typeof recordKinds)[number];
