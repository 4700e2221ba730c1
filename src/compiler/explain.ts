import type { DiagnosticCode, Severity } from "../diagnostics/diagnostic.js";
import { syntaxRules } from "../syntax/codes.js";
import { rules } from "./check/rules/index.js";

/** What there is to say about a code: the long form that `reshimu explain CODE` prints. */
export interface Explanation {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One line: the property that must hold. */
  readonly summary: string;
  readonly why: string;
  /** A whole small policy that gives this code, and one that gives nothing. */
  readonly avoid: string;
  readonly prefer: string;
}

const byCode: ReadonlyMap<string, Explanation> = new Map(
  [...syntaxRules, ...rules].map(({ code, severity, summary, why, avoid, prefer }) => [
    code,
    { code, severity, summary, why, avoid, prefer },
  ]),
);

/** The explanation of a code, such as `check/thin-trace`; undefined for one that is never given. */
export function explain(code: string): Explanation | undefined {
  return byCode.get(code);
}

/** Every code that parsing and checking give, in the order of the alphabet. */
export function allCodes(): DiagnosticCode[] {
  return [...byCode.values()].map(({ code }) => code).sort();
}
