import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const extendsCycle: Rule = {
  code: "check/extends-cycle",
  severity: "error",
  summary: "no file extends itself, by whatever way",
  why:
    "What a policy extends is beneath it, and it can only narrow that. In a ring every file would narrow the others, and none would " +
    "be the commission.",
  avoid: commission({}, { header: 'policy notes.summary extends "./first.reshimu"' }),
  prefer: commission({}, { header: 'policy notes.summary extends "./common.reshimu"' }),
  files: {
    "common.reshimu": "policy notes.common\n",
    "first.reshimu": 'policy notes.first extends "./second.reshimu"\n',
    "second.reshimu": 'policy notes.second extends "./first.reshimu"\n',
  },
  check: (context: CheckContext) => alreadyFound(context, "check/extends-cycle"),
};
