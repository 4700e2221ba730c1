import type { Json } from "../ir/json.js";
import type { PastAction } from "../ir/knowledge.js";
import type { WindowIr } from "../ir/policy.js";
import { covers } from "../logic/tools.js";
import { same, UNKNOWN, type Unknown, type Value } from "../logic/value.js";
import type { Case } from "./case.js";
import type { LimitPlan } from "./plan.js";

/** Earlier authorized actions in a window: of the session's tree, or of every session for a duration. */
export function actionsIn(c: Case, window: WindowIr): PastAction[] {
  const { history, session, now } = c.knowledge;
  return history.filter((action) =>
    window === "session" ? action.session === session.id : now - action.at < window,
  );
}

/** Whether a limit would be passed by this action, and what was used before it; unknown where an amount or key is. */
export function limitPassed(
  c: Case,
  limit: LimitPlan,
): { passed: boolean | Unknown; used: number | Unknown } {
  const key = limit.each === undefined ? null : limit.each.value(c.full);
  const own = limit.sum === undefined ? 1 : limit.sum.value(c.full);
  const used = usedBefore(c, limit, key);
  if (used === UNKNOWN || typeof own !== "number") return { passed: UNKNOWN, used };
  return { passed: used + own > limit.ir.to, used };
}

function usedBefore(c: Case, limit: LimitPlan, key: Value): number | Unknown {
  if (key === UNKNOWN || key === undefined) return UNKNOWN;
  let used = 0;
  for (const action of actionsIn(c, limit.ir.per)) {
    if (!covers(limit.ir.tools, action.tool)) continue;
    const amount = amountOf(c, limit.ir.id, action, key);
    if (amount === UNKNOWN) return UNKNOWN;
    used += amount;
  }
  return used;
}

/** What an earlier action counts for. One whose key is not known counts, as it may have had this key. */
function amountOf(c: Case, id: string, action: PastAction, key: Json): number | Unknown {
  const plan = c
    .planOf(action.tool)
    ?.layers.flatMap((layer) => layer.scope?.limits ?? [])
    .find((limit) => limit.ir.id === id);
  if (plan === undefined) return 0;
  const frame = c.past(action);
  const its = plan.each === undefined ? key : plan.each.value(frame);
  if (its !== UNKNOWN && its !== undefined && !same(its, key)) return 0;
  if (plan.sum === undefined) return 1;
  const amount = plan.sum.value(frame);
  return typeof amount === "number" ? amount : UNKNOWN;
}
