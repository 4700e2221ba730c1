import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import type { Predicate } from "../ir/predicate.js";
import { type FieldIr, showType, type TypeIr } from "../ir/type.js";
import type { Expression, Source } from "../syntax/ast.js";
import { parseExpression } from "../syntax/parse.js";
import { compilePolicy } from "./compile.js";

/** A condition by itself, lowered, or what is wrong with it. */
export interface ConditionResult {
  /** Null iff a diagnostic is an error. */
  readonly when: Predicate | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Its text, by the name that diagnostics use. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Compiles a condition over named fields, as if these were the parameters of a tool: with the types, guards and messages that a
 * policy has. Beside the fields there are `session.id` and `now`; what asks about a session, a source or a principal is an error.
 * `about` says what is asked, for messages. Never throws.
 */
export function compileCondition(
  source: Source,
  fields: readonly FieldIr[],
  about = "a record",
): ConditionResult {
  const sources = new Map([[source.file, source.text]]);
  const failed = (why: readonly Diagnostic[]): ConditionResult => ({
    when: null,
    diagnostics: why,
    sources,
  });
  const parsed = parseExpression(source);
  if (parsed.diagnostics.length > 0) return failed(parsed.diagnostics.map((one) => withAdvice(one, source)));
  const unasked = foreignParts(parsed.document, about);
  if (unasked.length > 0) return failed(unasked);
  const { text, from } = policyAround(source.text, fields);
  const { policy, diagnostics } = compilePolicy(source.file, { read: () => ({ text }) });
  const when = policy?.layers[0]?.scope?.permits[0]?.when;
  if (when !== undefined) return { when, diagnostics: [], sources };
  const moved = diagnostics
    .filter(({ severity, span }) => severity === "error" && span.start >= from)
    .map((one) => withFields(movedBack(one, source, from), fields, about));
  return failed(moved.length > 0 ? moved : [unreadable(source)]);
}

/** The literal text that every value of a field must equal, where the condition is an `and` with such a part. */
export function equalTo(source: Source, field: string): string | undefined {
  const parts = [parseExpression(source).document];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part.kind !== "Binary") continue;
    const { operator, left, right } = part;
    if (operator === "and") parts.push(left, right);
    else if (operator === "==") {
      const [name, value] = left.kind === "String" ? [right, left] : [left, right];
      if (
        name.kind === "Reference" &&
        name.root === "name" &&
        name.name.text === field &&
        value.kind === "String"
      )
        return value.value;
    }
  }
  return undefined;
}

/** The smallest policy that the condition can stand in, and where it begins there. */
function policyAround(condition: string, fields: readonly FieldIr[]): { text: string; from: number } {
  const head = `policy condition\n\ntool record(${written(fields)})\n\nscope {\n  permit record when\n`;
  return { text: `${head}${condition}\n}\n`, from: head.length };
}

/** Names in backquotes may be anything but hold one: those of a policy that was not written, but kept somewhere, might. */
const written = (fields: readonly FieldIr[]): string =>
  fields
    .filter(({ name }) => /^[^`\p{Cc}]+$/u.test(name))
    .map(({ name, optional, type }) => `\`${name}\`${optional ? "?" : ""}: ${writtenType(type)}`)
    .join(", ");

function writtenType(type: TypeIr): string {
  if (typeof type === "string" || "enum" in type) return showType(type);
  return "list" in type ? `list<${writtenType(type.list)}>` : `{ ${written(type.record)} }`;
}

function movedBack({ related, fix: _, ...one }: Diagnostic, source: Source, from: number): Diagnostic {
  const most = source.text.length;
  const moved = ({ file, start, end }: Span): Span => ({
    file,
    start: Math.min(start - from, most),
    end: Math.min(end - from, most),
  });
  const own = related?.filter(({ span }) => span.start >= from) ?? [];
  return {
    ...one,
    span: moved(one.span),
    ...(own.length === 0 ? {} : { related: own.map((label) => ({ ...label, span: moved(label.span) })) }),
  };
}

/** What a bare name can be here; where a name is close to what is written, that has been said. */
function withFields(one: Diagnostic, fields: readonly FieldIr[], about: string): Diagnostic {
  if (one.code !== "check/unknown-name" || one.help?.startsWith("a bare name") !== true) return one;
  return { ...one, help: `${about} has ${fields.map(({ name }) => `\`${name}\``).join(", ")}` };
}

const unreadable = ({ file, text }: Source): Diagnostic => ({
  code: "check/condition",
  severity: "error",
  message: "this is no condition",
  span: { file, start: 0, end: text.length },
});

/** `session` is a word of the language, and no field can be called so. */
function withAdvice(diagnostic: Diagnostic, { text }: Source): Diagnostic {
  const isBare = /\bsession\b\s*(?!\s|\.)/u.test(text);
  return isBare ? { ...diagnostic, help: "the session of a record is `session.id`" } : diagnostic;
}

/** Parts that a record by itself does not answer. */
function foreignParts(expression: Expression, about: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const what = Array.isArray(node) ? undefined : foreign(node as Expression);
    if (what === undefined) for (const part of Object.values(node)) visit(part);
    else found.push(notKnown(what, about, (node as Expression).span));
  };
  visit(expression);
  return found;
}

const notKnown = (what: string, about: string, span: Span): Diagnostic => ({
  code: "check/condition",
  severity: "error",
  message: `${what} is not known of ${about} by itself`,
  span,
  help: "compare its fields, `session.id` and `now`",
});

function foreign(node: Expression): string | undefined {
  if (node.kind === "Calls") return "`calls`";
  if (node.kind === "TracedTo") return "what a value is traced to";
  if (node.kind !== "Reference" || node.root === "name") return undefined;
  const path = `${node.root}.${node.name.text}`;
  return path === "session.id" ? undefined : `\`${path}\``;
}
