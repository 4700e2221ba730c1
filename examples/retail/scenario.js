// The whole example as one function of the library, so that the script and the test run the same.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callsOf, openHouse } from "./conversation.js";
import { isError, readTasks, readWorld } from "./data.js";
import { afterCall, beforeAuthentication, beforeCall } from "./violations.js";

/**
 * @typedef {{ calls: number, failed: number, authorize: number, confirm: number, released: number, return: number, clarify: number }} Row
 *   `failed`: refused where it was recorded; `released`: of `confirm`, authorized with the customer's yes
 * @typedef {{ made: number, returned: number, named: number, alone: number, at: string[] }} ViolationRow
 *   `named`: with a remedy that names the rule; `alone`: and no other rule stands in the way; `at`: where the rules stand
 * @typedef {{ house: ReturnType<typeof openHouse>, world: import("./data.js").World, tasks: import("./data.js").Task[] }} At
 * @typedef {{ task: number, tool: string, order: string | undefined, recorded: string, decision: string, rules: string[] }} Refused
 */

/** Replays all tasks through the engine, then the violations made from them; `reshimu` is the library. */
export async function runScenario(/** @type {any} */ reshimu, /** @type {any} */ policy) {
  const folder = mkdtempSync(join(tmpdir(), "reshimu-retail-"));
  const world = readWorld();
  const house = openHouse(reshimu, policy, { world, folder });
  try {
    const at = { house, world, tasks: readTasks() };
    return { ...(await replay(at)), ...(await violate(at)) };
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every call of every task, decided, confirmed where that is asked for, carried out and observed. */
async function replay(/** @type {At} */ { house, world, tasks }) {
  /** @type {Record<string, Row>} */
  const table = {};
  /** @type {Refused[]} */
  const refused = [];
  /** @type {string[]} */
  const deviations = [];
  let prepended = 0;

  for (const [number, task] of tasks.entries()) {
    const conversation = await house.open(`task ${number}`);
    const calls = callsOf(task, world);
    prepended += calls.length - task.ground_truth.length;
    for (const call of calls) {
      const { first, last } = await conversation.decide(call);
      count(table, call, first.decision, last.decision);
      const name = `task ${number}, ${call.function} ${JSON.stringify(call.args)}`;
      if (isError(call.gt_output) && conversation.changes(call.function)) {
        refused.push(refusedOf(number, call, last));
        if (last.decision !== "return")
          deviations.push(`${name}: refused when recorded, here ${last.decision}`);
      } else if (!isError(call.gt_output)) {
        const wanted = conversation.changes(call.function) ? "confirm" : "authorize";
        if (first.decision !== wanted || last.decision !== "authorize")
          deviations.push(`${name}: ${first.decision}, then ${last.decision}: ${why(last)}`);
      }
      if (last.decision === "authorize" && !(await conversation.carryOut(call)))
        deviations.push(`${name}: the shop did something else`);
    }
    conversation.close();
  }
  return { table, refused, deviations, prepended, tasks: tasks.length };
}

function count(
  /** @type {Record<string, Row>} */ table,
  /** @type {any} */ call,
  /** @type {string} */ first,
  /** @type {string} */ last,
) {
  table[call.function] ??= {
    calls: 0,
    failed: 0,
    authorize: 0,
    confirm: 0,
    released: 0,
    return: 0,
    clarify: 0,
  };
  const row = /** @type {any} */ (table[call.function]);
  row.calls += 1;
  row.failed += isError(call.gt_output) ? 1 : 0;
  row[first] += 1;
  row.released += first === "confirm" && last === "authorize" ? 1 : 0;
}

/** @returns {Refused} */
const refusedOf = (/** @type {number} */ task, /** @type {any} */ call, /** @type {any} */ decision) => ({
  task,
  tool: call.function,
  order: call.args.order_id,
  recorded: call.gt_output,
  decision: decision.decision,
  rules: rulesOf(decision),
});

/** The statements that the remedies of a decision name: where they stand and what they say. @returns {string[]} */
const rulesOf = (/** @type {any} */ { remedies }) =>
  remedies.flatMap((/** @type {any} */ { rule, at, because, text }) =>
    rule === undefined ? [] : [`${at}: ${because ?? text}`],
  );

const why = (/** @type {any} */ decision) =>
  decision.remedies
    .map((/** @type {any} */ { because, text, satisfy }) => `${because ?? text ?? ""} [${satisfy}]`)
    .join("; ");

/** Every violation that can be made from the calls that succeed, proposed where it would happen. */
async function violate(/** @type {At} */ { house, world, tasks }) {
  /** @type {Record<string, ViolationRow>} */
  const violations = {};
  /** @type {string[]} */
  const passed = [];

  for (const [number, task] of tasks.entries()) {
    const calls = callsOf(task, world);
    const succeeding = calls.filter((call) => !isError(call.gt_output));
    const customer = succeeding.find((call) => call.function.startsWith("find_user_id_by_"))?.gt_output;
    const conversation = await house.open(`violations of task ${number}`);

    const propose = async (/** @type {import("./violations.js").Violation[]} */ made) => {
      for (const violation of made) {
        const decision = await conversation.propose(violation.call);
        if (!record(violations, violation, decision))
          passed.push(
            `task ${number}, ${violation.kind}: ${decision.decision}, ${JSON.stringify(violation.call)}: ${why(decision)}`,
          );
      }
    };

    for (const call of succeeding) await propose(beforeAuthentication(call));
    let known = false;
    for (const call of calls) {
      const moment = { call, now: conversation.now, customer };
      const goes = !isError(call.gt_output);
      if (known && goes) await propose(beforeCall(moment));
      const { last } = await conversation.decide(call);
      if (last.decision === "authorize") await conversation.carryOut(call);
      if (last.decision === "authorize" && goes) await propose(afterCall(moment));
      known ||= call.gt_output === customer;
    }
    conversation.close();
  }
  return { violations, passed };
}

/** Whether a remedy is for something that returns a proposal. A confirmation would still be asked for, and no more. */
const stops = (/** @type {any} */ { kind }) => kind !== "obtain-confirmation" && kind !== "wait";

/** Counts a violation. @returns {boolean} whether it was returned, with a remedy that names its rule */
function record(
  /** @type {Record<string, ViolationRow>} */ violations,
  /** @type {any} */ { kind, rule },
  /** @type {any} */ decision,
) {
  violations[kind] ??= { made: 0, returned: 0, named: 0, alone: 0, at: [] };
  const row = violations[kind];
  const remedy = decision.remedies.find(
    (/** @type {any} */ one) =>
      one.rule !== undefined && (one.because?.startsWith(rule) || one.text?.startsWith(rule)),
  );
  row.made += 1;
  row.returned += decision.decision === "return" ? 1 : 0;
  row.named += remedy === undefined ? 0 : 1;
  row.alone +=
    remedy !== undefined &&
    !decision.remedies.some((/** @type {any} */ one) => stops(one) && one.rule !== remedy.rule)
      ? 1
      : 0;
  if (remedy !== undefined && !row.at.includes(remedy.at)) row.at.push(remedy.at);
  return decision.decision === "return" && remedy !== undefined;
}
