/**
 * Reshimu: says what an agent was commissioned to do, and decides each proposed action against it before it is carried out.
 *
 *   const { policy, root } = await loadPolicyFile("policy.reshimu");   // text -> syntax tree -> checked -> IR
 *   const engine = createEngine(policy);                               // conditions prepared, once
 *   const store = new Store(engine, openSources(policy, { root }));    // history, and the world to be asked
 *   const session = store.open({ givens: { region: "EU" } });          // what was given, and to whom
 *   const decision = await session.propose({ tool, args, confidence }); // authorize | confirm | clarify | return
 */

// text <-> syntax tree
export { type ParseResult, parseExpression, parseNarrowing, parsePolicy } from "./syntax/parse.js";
export { type Formatted, formatNarrowing, formatPolicy } from "./syntax/format/format.js";
export type * as Ast from "./syntax/ast.js";

// diagnostics
export {
  compareDiagnostics,
  type Diagnostic,
  type DiagnosticCode,
  hasErrors,
  type Span,
} from "./diagnostics/diagnostic.js";
export { renderDiagnostic, renderDiagnostics } from "./diagnostics/code-frame.js";
export { didYouMean } from "./diagnostics/did-you-mean.js";
export { indexLines, type LineIndex } from "./diagnostics/lines.js";
export { visible } from "./diagnostics/visible.js";

// syntax tree -> IR
export { type CompileResult, compileNarrowing, compilePolicy } from "./compiler/compile.js";
export { allCodes, explain } from "./compiler/explain.js";
export type { Files } from "./compiler/program.js";
export { diskFiles, loadPolicyFile, policiesBelow, type PolicyFile, reasonOf } from "./files.js";

// the IR and all that crosses a process
export { canonicalJson, digest, policyDigest } from "./ir/digest.js";
export {
  type Decision,
  decisionSchema,
  type DecisionWord,
  decisionWords,
  type Leaf,
  type Question,
  type Remedy,
  validatorNames,
} from "./ir/decision.js";
export type { Json } from "./ir/json.js";
export type { FactAnswer, FactQuestion, Knowledge } from "./ir/knowledge.js";
export { type Loaded, loadPolicy } from "./ir/load.js";
export { irVersion, type Place, type PolicyIr, policySchema } from "./ir/policy.js";
export { type Proposal, proposalSchema } from "./ir/proposal.js";
export { showType } from "./ir/type.js";
export { readJson } from "./ir/read-json.js";
export { type EvalRecord, evalRecordSchema, type RecordKind, recordSchemas } from "./ir/record.js";
export { formatDuration, formatTime, isZone, parseDuration, parseTime } from "./ir/value.js";

// the engine, and the engine at work
export { createEngine, type Engine, type Evaluation } from "./engine/engine.js";
export { openSources, type Sources } from "./sources/ask.js";
export { Session, SessionError, type SessionOptions, Store } from "./session/session.js";

// the `test` blocks of a policy
export { decidingRules } from "./testing/expect.js";
export { type Expectation, type RunOptions, runTests, type TestResult } from "./testing/run.js";
