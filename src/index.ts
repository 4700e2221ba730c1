/**
 * Reshimu: says what an agent was commissioned to do, and decides each proposed action against it before it is carried out.
 *
 *   const { policy, root } = await loadPolicyFile("policy.reshimu");   // text -> syntax tree -> checked -> IR
 *   const engine = createEngine(policy);                               // conditions prepared, once
 *   const store = new Store(engine, openSources(policy, { root }));    // history, and the world to be asked
 *   const session = await store.open({ givens: { region: "EU" } });          // what was given, and to whom
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
  type Fix,
  hasErrors,
  type Severity,
  type Span,
} from "./diagnostics/diagnostic.js";
export { renderDiagnostic, renderDiagnostics, severityPaint } from "./diagnostics/code-frame.js";
export { reasonOf } from "./diagnostics/reason.js";
export { didYouMean } from "./diagnostics/did-you-mean.js";
export { indexLines, type LineIndex } from "./diagnostics/lines.js";
export { visible, visibleWidth } from "./diagnostics/visible.js";

// syntax tree -> IR
export { type CompileResult, compileNarrowing, compilePolicy } from "./compiler/compile.js";
export { compileCondition, type ConditionResult, equalTo } from "./compiler/condition.js";
export { allCodes, explain } from "./compiler/explain.js";
export type { Files } from "./compiler/program.js";
export { applyFixes, type Fixed } from "./compiler/fix.js";
export {
  diskFiles,
  filesOf,
  ownPath,
  loadPolicyFile,
  type LoadOptions,
  policiesBelow,
  type PolicyFile,
  policyPath,
} from "./files.js";
export {
  defaultProject,
  findProject,
  loadProject,
  type Project,
  readProject,
  underProject,
} from "./project.js";

// the IR and all that crosses a process
export { canonicalJson, digest, digestOfText, policyDigest } from "./ir/digest.js";
export {
  type Decision,
  type DecisionWord,
  decisionWords,
  type Leaf,
  type Question,
  type Remedy,
  type Report,
  validatorNames,
} from "./ir/decision.js";
export type { Explanation } from "./ir/explanation.js";
export type { Json } from "./ir/json.js";
export type { Descent, FactAnswer, FactQuestion, Hop, Knowledge } from "./ir/knowledge.js";
export { type Loaded, loadPolicy } from "./ir/load.js";
export { policyText } from "./ir/built.js";
export { delegateTool, irVersion, type Place, type PolicyIr } from "./ir/policy.js";
export type { Proposal } from "./ir/proposal.js";
export { showType } from "./ir/type.js";
export { isHidden } from "./ir/sensitive.js";
export { readJson } from "./ir/read-json.js";
export { type EvalRecord, type RecordKind, recordKinds } from "./ir/record.js";
export { type Checked, fits, type Misfit, misfitOf } from "./ir/misfit.js";
export { type SignableWord, signedText } from "./ir/word.js";
export { formatDuration, formatTime, isZone, parseDuration, parseTime } from "./ir/value.js";

// the engine, and the engine at work
export { createEngine, type Engine, type Evaluation } from "./engine/engine.js";
export { explanationOf } from "./engine/explain.js";
export { openSources, type Sources } from "./sources/ask.js";
export { httpScorer } from "./sources/score.js";
export type { Context } from "./session/context.js";
export type { Narrow } from "./session/delegation.js";
export { lexicalScore, type Scored, type Scorer } from "./session/fidelity.js";
export type { Turn } from "./session/deadlines.js";
export type { Waiting, WaitingProposal } from "./session/waiting.js";
export { SessionError, type SessionOptions } from "./session/opening.js";
export type { Observer } from "./session/home.js";
export type { Signature, WordRequest } from "./session/words.js";
export type { Recorded } from "./session/memory.js";
export { Session } from "./session/session.js";
export { type Compensation, compensationFor } from "./session/undo.js";
export { Store, type StoreOptions } from "./session/store.js";

// the trace: where sessions are kept, and how it is checked
export type { Checkpoint, Filter, Head, Stored, TraceStore } from "./trace/store.js";
export { type Calibration, calibrationOf, type Group } from "./trace/calibration.js";
export { enoughPairs, type Interval, type Reliability, reliabilityOf } from "./trace/reliability.js";
export { isSignedWord, signWord, wordOf } from "./trace/words.js";
export { exportTrace, importTrace, readLine, readLines } from "./trace/export.js";
export { type Anchor, isSignedAnchor, putAnchor, readAnchors } from "./trace/anchor.js";
export { type Every, isCheckpoint, keepCheckpoint, makeCheckpoint } from "./trace/checkpoint.js";
export { keyText, newKey, publicKey, readPrivateKey } from "./trace/keys.js";
export { keptPolicy } from "./trace/kept-policy.js";
export { MemoryTrace } from "./trace/memory.js";
export { openTrace } from "./trace/open.js";
export { type Cut, cutBefore } from "./trace/retention.js";
export { verifyStore } from "./trace/verify-store.js";
export { type Flaw, type Verified, type VerifyOptions, verifyTrace } from "./trace/verify.js";
export {
  type TraceBody,
  type TraceKind,
  traceKinds,
  type TraceRecord,
} from "./ir/trace.js";

// questions to a trace
export { type DescentNode, descentOf } from "./asking/descent.js";
export { fieldNames, recordFields } from "./asking/fields.js";
export { byHash, first as firstRecord, type Found, findRecord } from "./asking/find.js";
export type { CitedRule, FindingTold } from "./asking/findings.js";
export { judgeOf, type QueryCount, queryTrace, type RecordCondition } from "./asking/query.js";
export { type SessionSummary, sessionsOf } from "./asking/sessions.js";
export { type Alarms, type Counts, type Stats, statsOf } from "./asking/stats.js";
export type { Standing } from "./asking/tally.js";
export { type Read, type Why, whyOf, type WhyResult } from "./asking/why.js";

// reports for people
export { reportText, type ReportOptions } from "./report/report.js";
export type { ReportFormat } from "./report/block.js";

// a ruling as a change of the policy
export { type Patch, patchOf, type PatchRequest } from "./patch/patch.js";

// policies to begin with
export { type Starter, starterFromTools } from "./starter/from-tools.js";
export { type StarterFile, starterFromTemplate, type TemplateName, templates } from "./starter/templates.js";

// the `test` blocks of a policy
export { decidingRules } from "./testing/expect.js";
export {
  type Expectation,
  type Observing,
  type RunOptions,
  runTests,
  type TestResult,
} from "./testing/run.js";

// what tests exercise of a policy, and which rules speak of which tool
export { type Exercise, exerciseOf } from "./coverage/exercise.js";
export type { Measured, MeasuredCondition } from "./coverage/inventory.js";
export {
  type Coverage,
  coverageOf,
  type Direction,
  directionsOf,
  type FileCoverage,
  percent,
  type Share,
} from "./coverage/summary.js";
export { type Matrix, type MatrixCell, type MatrixRule, matrixOf, type ToolRow } from "./coverage/matrix.js";
