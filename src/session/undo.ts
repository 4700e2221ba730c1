import type { Decision } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import { readJson } from "../ir/read-json.js";
import type { TraceRecord } from "../ir/trace.js";
import type { TraceStore } from "../trace/store.js";
import { SessionError } from "./opening.js";

/** What undoes an action that was authorized: a call to be proposed. */
export interface Compensation {
  /** The hash of the decision that is undone, and its session. */
  readonly decided: string;
  readonly session: string;
  /** The statement that says how it is undone. */
  readonly rule: string;
  readonly tool: string;
  readonly args: { readonly [name: string]: Json };
  /** When its time ends, in milliseconds since the epoch. */
  readonly until: number;
}

type Plan = Decision["assessments"]["reversibility"]["undo"][number];

/**
 * The call that undoes an action, as its policy says (semantics.md, *reversibility*): what the decision knew, and what the action
 * returned since. Of several ways the first in the order of the decision. Throws a SessionError where there is none, where it lacks
 * something, or where the action has been undone.
 */
export async function compensationFor(
  trace: TraceStore,
  decided: TraceRecord<"decided">,
): Promise<Compensation> {
  const { decision } = decided.body;
  if (decision.decision !== "authorize" || decision.action === null)
    throw new SessionError(
      `that decision is \`${decision.decision}\`: nothing was done that could be undone`,
    );
  const [plan] = decision.assessments.reversibility.undo;
  if (plan === undefined)
    throw new SessionError(`no line of the policy says how \`${decision.action.tool}\` is undone`);
  const { outputs, isUndone } = await sinceThen(trace, decided.hash);
  if (isUndone) throw new SessionError("that action has been undone already");
  return {
    decided: decided.hash,
    session: decided.session,
    rule: plan.rule,
    tool: plan.tool,
    args: boundArgs(plan, outputs),
    until: decided.at + plan.within,
  };
}

async function sinceThen(
  trace: TraceStore,
  cause: string,
): Promise<{ readonly outputs: readonly Json[]; readonly isUndone: boolean }> {
  const outputs: Json[] = [];
  let isUndone = false;
  for await (const record of trace.records({ cause, kinds: ["observed", "outcome"] })) {
    if (record.kind === "observed" && !record.body.error) outputs.push(record.body.output);
    if (record.kind === "outcome") isUndone ||= record.body.result === "undone";
  }
  return { outputs, isUndone };
}

function boundArgs(plan: Plan, outputs: readonly Json[]): { [name: string]: Json } {
  const out = Object.create(null) as { [name: string]: Json };
  for (const [name, arg] of Object.entries(plan.args)) {
    if ("unknown" in arg)
      throw new SessionError(
        `\`${name}\` of the undo was not known when the action was decided: undo it by hand`,
      );
    const value = "result" in arg ? resultAt(outputs, arg.result) : arg.value;
    if (value === undefined)
      throw new SessionError(
        outputs.length === 0
          ? `\`${name}\` of the undo is what the action returns, and nothing that it returned was observed`
          : `what the action returned has no \`${"result" in arg ? arg.result : name}\`, which the undo needs`,
      );
    out[name] = value;
  }
  return out;
}

/** A field of what was returned: structured content, a text that is JSON, or the output itself. Own keys only. */
function resultAt(outputs: readonly Json[], path: string): Json | undefined {
  const output = outputs.at(-1);
  if (output === undefined) return undefined;
  let at: Json | undefined = contentOf(output);
  for (const key of path.split(".")) {
    if (typeof at !== "object" || at === null || Array.isArray(at)) return undefined;
    at = Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at ?? undefined;
}

function contentOf(output: Json): Json {
  if (typeof output === "string") return readText(output);
  if (typeof output !== "object" || output === null || Array.isArray(output)) return output;
  const { structuredContent, content } = output;
  if (Object.hasOwn(output, "structuredContent") && structuredContent != null) return structuredContent;
  if (!Array.isArray(content) || content.length !== 1) return output;
  const [only] = content as { readonly [key: string]: Json }[];
  return typeof only?.text === "string" && only.type === "text" ? readText(only.text) : output;
}

function readText(text: string): Json {
  const read = readJson(text);
  return read.ok ? read.value : text;
}
