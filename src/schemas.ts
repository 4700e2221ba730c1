/**
 * The zod schemas of what crosses a process: `import { decisionSchema } from "reshimu/schemas"`. They stand apart from the library,
 * since to load zod takes longer than to decide; the library checks by the same schemas without it.
 */
export { decisionSchema } from "./ir/schemas/decision.js";
export { explainedDecisionSchema } from "./ir/schemas/explanation.js";
export { policySchema } from "./ir/schemas/policy.js";
export { proposalSchema } from "./ir/schemas/proposal.js";
export { evalRecordSchema, recordSchemas } from "./ir/schemas/record.js";
export { traceRecordSchema } from "./ir/schemas/trace.js";
export { wordSchema } from "./ir/schemas/word.js";
