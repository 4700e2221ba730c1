import type { Json } from "../ir/json.js";
import { type PastAction, rootOf } from "../ir/knowledge.js";
import type { WindowIr } from "../ir/policy.js";
import { covers } from "../logic/tools.js";
import { same, UNKNOWN, type Unknown, type Value } from "../logic/value.js";
import type { Case } from "./case.js";
import type { LimitPlan, Readings, ToolPlan } from "./plan.js";

/** Earlier authorized actions in a window: of the session's tree, or of every session for a duration. */
export const actionsIn = (c: Case, window: WindowIr): PastAction[] =>
  c.knowledge.history.filter((action) => isIn(c, window, action));

const isIn = ({ knowledge }: Case, window: WindowIr, action: PastAction): boolean =>
  window === "session" ? action.session === rootOf(knowledge) : knowledge.now - action.at < window;

/**
 * Whether a limit would be passed by this action, and what was used before it; unknown where an amount or key is, and it
 * matters.
 */
export function limitPassed(
  c: Case,
  limit: LimitPlan,
): { passed: boolean | Unknown; used: number | Unknown } {
  const key = limit.each === undefined ? null : limit.each.value(c.full);
  const own = limit.sum === undefined ? 1 : limit.sum.value(c.full);
  const used = usedBefore(c, limit, key);
  if (used === UNKNOWN) return { passed: UNKNOWN, used };
  const told = used.least === used.most ? used.least : UNKNOWN;
  if (typeof own !== "number") return { passed: UNKNOWN, used: told };
  if (used.least + own > limit.ir.to) return { passed: true, used: used.least };
  if (used.most + own <= limit.ir.to) return { passed: false, used: used.most };
  return { passed: UNKNOWN, used: told };
}

/** What earlier actions used, at least and at most: one whose key is not known may have had this key. */
interface Used {
  readonly least: number;
  readonly most: number;
}

function usedBefore(c: Case, limit: LimitPlan, key: Value): Used | Unknown {
  if (key === UNKNOWN || key === undefined) return UNKNOWN;
  let least = 0;
  let most = 0;
  for (const action of c.knowledge.history) {
    if (!isIn(c, limit.ir.per, action) || !covers(limit.ir.tools, action.tool)) continue;
    const its = amountOf(c, limit, action, key);
    if (its.amount === UNKNOWN) return UNKNOWN;
    least += its.certain ? its.amount : Math.min(0, its.amount);
    most += its.certain ? its.amount : Math.max(0, its.amount);
  }
  return { least, most };
}

/** What an earlier action counts for, and whether it is certain that it does. */
function amountOf(
  c: Case,
  { ir }: LimitPlan,
  action: PastAction,
  key: Json,
): { amount: number | Unknown; certain: boolean } {
  if (ir.sum === undefined && ir.each === undefined) return { amount: 1, certain: true };
  const tool = c.planOf(action.tool);
  const plan = tool?.limits.get(ir.id);
  // A call of an undeclared tool that was observed all the same: it counts, for nobody knows how much.
  if (plan === undefined) return { amount: ir.sum === undefined ? 1 : UNKNOWN, certain: false };
  const read = plan.read?.get(action) ?? readingsOf(c, plan, tool as ToolPlan, action);
  const its = plan.each === undefined ? key : read.each;
  const known = its !== UNKNOWN && its !== undefined;
  if (known && !same(its, key)) return { amount: 0, certain: true };
  const amount = plan.sum === undefined ? 1 : read.sum;
  return { amount: typeof amount === "number" ? amount : UNKNOWN, certain: known };
}

/** What an earlier action comes to; kept where a limit reads nothing but its arguments, which stay as they are. */
function readingsOf(c: Case, { each, sum, read }: LimitPlan, tool: ToolPlan, action: PastAction): Readings {
  const frame = c.past(tool, action);
  if (read === undefined)
    return {
      each: each?.value(frame),
      // It may ask for facts: not of an action that does not count.
      get sum() {
        return sum?.value(frame);
      },
    };
  const made: Readings = { each: each?.value(frame), sum: sum?.value(frame) };
  read.set(action, made);
  return made;
}
