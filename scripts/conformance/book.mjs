// Collects the cases of decisions of one file with the policies they are about.
import { asks, param } from "./policy.mjs";
import { arg, given, numbered, op } from "./terms.mjs";

export const proposal = { tool: "act", args: { n: 1 }, confidence: 1 };

/** `add(policy, name, expect, {proposal, knowledge})`; a proposal is merged into the usual one, `whole` replaces it. */
export function book(path, kind, about) {
  const policies = {};
  const cases = [];
  const add = (policy, name, expect, { propose = {}, whole, text, ...knowledge } = {}) => {
    const told =
      text === undefined ? { proposal: whole === undefined ? { ...proposal, ...propose } : whole } : { text };
    cases.push({
      name,
      policy,
      ...told,
      ...(Object.keys(knowledge).length === 0 ? {} : { knowledge }),
      expect,
    });
  };
  return {
    policy(name, ir) {
      policies[name] = ir;
      return (shown, expect, more) => add(name, shown, expect, more);
    },
    file: () => ({ path, kind, about, policies, cases: numbered(cases) }),
  };
}

/** A condition that an argument tells: true, false, or as unknown as the given `maybe` is. */
export const coded = (name) => op("if", op("===", arg(name), "u"), given("maybe"), op("===", arg(name), "t"));
export const codedParam = (name) => param(name, { enum: ["t", "f", "u"] });
export const codedTool = (...names) => ({ name: "act", params: names.map(codedParam) });
export const maybe = { name: "maybe", type: "bool", ...asks("owner") };
export const truths = ["t", "f", "u"];
export const told = { t: "true", f: "false", u: "unknown" };

export const authorized = { decision: "authorize", stoppedBy: [] };
export const returned = (...stoppedBy) => ({ decision: "return", stoppedBy });
export const clarify = (...stoppedBy) => ({ decision: "clarify", stoppedBy });
export const confirm = (...stoppedBy) => ({ decision: "confirm", stoppedBy });
