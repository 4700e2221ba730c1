/** Open Policy Agent as WebAssembly, rules as data: policy.rego, compiled beforehand (opa/README.md). */
import { readFileSync } from "node:fs";
import opaWasm from "@open-policy-agent/opa-wasm";
import { partsOf } from "../decide/conditions.js";
import { forbidsByTool } from "../decide/peers/forbids.js";
import { byTool } from "../decide/peers/grouped.js";
import { trusted } from "../decide/peers/trusting.js";
import { byOperator, cannotSay, nested } from "./shapes.js";

/** As Rego looks members up. */
const members = (values) => Object.fromEntries(values.map((value) => [value, true]));

const permitOf = ({ when }) => {
  const { within, atMost, anyRole, every } = byOperator(when);
  return every === undefined
    ? { below: `${within.path}/`, most: atMost.most, roles: members(anyRole.roles) }
    : { most: atMost.most, tags: members(every.values) };
};

const forbidOf = ({ when }) => {
  const { within, atLeast } = byOperator(when);
  return {
    below: within === undefined ? "/" : `${within.path}/`,
    least: atLeast?.least ?? Number.MIN_SAFE_INTEGER,
  };
};

const hasTags = ({ when }) => partsOf(when).some(({ op }) => op === "every" || op === "some");

function dataOf(policy) {
  const flat = forbidsByTool({ ...policy, forbids: policy.forbids.filter((one) => !hasTags(one)) }, forbidOf);
  const tags = forbidsByTool(
    { ...policy, forbids: policy.forbids.filter(hasTags) },
    ({ when }) => when.values,
  );
  const data = (statements) => Object.fromEntries(statements);
  return {
    permits: data(
      byTool(
        policy,
        policy.permits.filter((one) => !hasTags(one)),
        permitOf,
      ),
    ),
    lists: data(byTool(policy, policy.permits.filter(hasTags), permitOf)),
    forbids: data(flat),
    forbidden_tags: data([...tags].map(([tool, values]) => [tool, members(values.flat())])),
  };
}

const why = "its rules are data here: what nests would be another policy.rego for each workload";

export const opa = {
  name: "opa",
  title: "OPA (WebAssembly, rules as data)",
  checks: "rules",
  cannot: cannotSay({ ...nested(why), is: why }),
  prepare({ policy }) {
    const loaded = opaWasm.loadPolicySync(readFileSync(new URL("opa/policy.wasm", import.meta.url)), {
      initial: 64,
      maximum: 4_096,
    });
    loaded.setData(dataOf(policy));
    return {
      input(request) {
        const { tool, args, roles } = trusted(request);
        return { tool, ...args, roles };
      },
      decide: (input) => (loaded.evaluate(input)[0].allow ? "authorize" : "return"),
    };
  },
};
