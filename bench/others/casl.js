/** CASL: a rule an ability on a tool, its condition in the operators CASL brings; what is forbidden comes last and overrides. */
import { createMongoAbility, subject } from "@casl/ability";
import { trusted } from "../decide/peers/trusting.js";
import { cannotSay, nested } from "./shapes.js";
import { partsOf } from "../decide/conditions.js";

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");

function conditionsOf(condition) {
  const conditions = {};
  for (const part of partsOf(condition)) {
    if (part.op === "within") conditions.path = { $regex: new RegExp(`^${escaped(part.path)}/`, "u") };
    else if (part.op === "atMost") conditions.amount = { $lte: part.most };
    else if (part.op === "atLeast") conditions.amount = { $gte: part.least };
    else if (part.op === "anyRole") conditions.roles = { $in: part.roles };
    else if (part.op === "some") conditions[part.arg] = { $in: part.values };
  }
  return conditions;
}

const why = "its conditions have no `or`, `not` or `if`";

export const casl = {
  name: "casl",
  title: "CASL",
  checks: "rules",
  cannot: cannotSay({ ...nested(why), every: "its conditions have no `every` over a list" }),
  prepare({ policy }) {
    const rule = ({ tool, when }, inverted) => ({
      action: "call",
      subject: tool === "*" ? policy.tools.map(({ name }) => name) : tool,
      conditions: conditionsOf(when),
      inverted,
    });
    const forbids = [policy, ...(policy.above ?? [])].flatMap((layer) => layer.forbids ?? []);
    const ability = createMongoAbility([
      ...policy.permits.map((one) => rule(one, false)),
      ...forbids.map((one) => rule(one, true)),
    ]);
    return {
      input(request) {
        const { tool, args, roles } = trusted(request);
        return subject(tool, { ...args, roles });
      },
      decide: (call) => (ability.can("call", call) ? "authorize" : "return"),
    };
  },
};
