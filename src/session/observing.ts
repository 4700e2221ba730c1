import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { PastAction } from "../ir/knowledge.js";
import type { TraceBody } from "../ir/trace.js";
import { withoutSecretsIn } from "../ir/sensitive.js";
import { normaliseFields } from "../ir/value.js";
import { kept } from "./kept.js";
import type { Ledger } from "./ledger.js";
import { checkName } from "./opening.js";
import type { Kept } from "./state.js";

type Call = NonNullable<TraceBody<"observed">["call"]>;

/** What a tool returned. */
export interface Seen {
  readonly tool: string;
  readonly args: { readonly [name: string]: Json };
  readonly output: Json;
  readonly error?: boolean;
}

/**
 * What a tool returned. One that answers no authorized proposal counts as an authorized call. Gives the output as it was recorded:
 * where it repeats a sensitive argument, without that.
 */
export async function observe(ledger: Ledger, seen: Seen): Promise<Json> {
  const { observer } = ledger.home;
  const engine = ledger.engine;
  const { tool, error = false } = seen;
  checkName("tool", tool);
  const returned = kept("output", seen.output);
  const signature = engine.policy.tools.find((one) => one.name === tool);
  const fitted =
    signature === undefined ? undefined : normaliseFields(signature.params, seen.args, engine.policy.zone);
  const args = kept("arguments", (fitted?.ok ? fitted.value : seen.args) as { [name: string]: Json });
  const secrets = await ledger.secrets();
  const stored = secrets?.values(tool, args) ?? args;
  const output =
    secrets === undefined ? returned : withoutSecretsIn(returned, secrets.texts({ tool, args: seen.args }));
  await ledger.locked(async (tail) => {
    const state = ledger.state;
    const at = ledger.now(tail);
    const wanted = fitted?.ok ? canonicalJson(stored) : undefined;
    const action = state.history.find(
      (a) => a.by === ledger.id && !a.observed && a.tool === tool && canonicalJson(a.args) === wanted,
    );
    const call = action === undefined ? callOf(ledger, tool, seen.args, stored, at) : undefined;
    const knowledge = { ...ledger.knowledge([], at), history: historyWith(ledger, action, call, tool, at) };
    const sources = error || !fitted?.ok ? [] : engine.sourcesOf(tool, args, knowledge);
    if (!error && fitted?.ok) observer?.observed?.(tool, args, knowledge);
    const body = { tool, output, error, sources, after: state.made + (call === undefined ? 0 : 1) };
    await ledger.append(tail, "observed", at, action?.record ?? null, {
      ...body,
      ...(call === undefined ? {} : { call }),
    });
  });
  return output;
}

/** What the history keeps of a call that nothing authorized. */
function callOf(
  ledger: Ledger,
  tool: string,
  sent: { readonly [name: string]: Json },
  values: { [name: string]: Json },
  at: number,
): Call {
  const knowledge = ledger.knowledge([], at);
  const { classes, trust } = ledger.engine.evaluate({ tool, args: sent }, knowledge);
  return { values, classes: [...classes], trust };
}

/** The history as it is once the result has arrived: of an action in it, or of a call that nothing authorized. */
function historyWith(
  ledger: Ledger,
  action: Kept | undefined,
  call: Call | undefined,
  tool: string,
  at: number,
): PastAction[] {
  const history = ledger.history;
  if (call === undefined)
    return history.map((one) => (one.record === action?.record ? { ...one, observed: true } : one));
  const { values, classes, trust } = call;
  return [...history, { session: ledger.root, at, tool, args: values, classes, trust, observed: true }];
}
