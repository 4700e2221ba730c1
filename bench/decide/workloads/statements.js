import { any, atLeast, atMost, not, within, all } from "../conditions.js";
import { randomFrom } from "../random.js";
import { agentPolicy, fitting, flatRule, folder, requestsFor, unfitting } from "./agent.js";

/** As many forbids, grounds, treats and gray lines as permits, and limits over a history: all four decisions are given. */
export const statements = {
  name: "statements",
  about: "permits, forbids, grounds, treats and grays, with limits; ten of each a tool",
  sizes: [10, 100, 1_000],
  make(size) {
    const random = randomFrom(size);
    const tools = size / 10;
    const permits = Array.from({ length: size }, (_, rule) => flatRule(`t${rule % tools}`, rule, random));
    const policy = agentPolicy(tools, { permits });
    const each = (make) => permits.map(({ tool }, rule) => ({ tool, ...make(folder(rule), rule) }));
    const grounds = each((path) => ({
      when: any(not(within("path", path)), atMost("amount", 80 + random.below(900))),
    }));
    const treats = each((path, rule) => ({
      as: rule % 5 === 0 ? "permanent" : "undoable",
      when: all(within("path", `${path}/src`), atLeast("amount", random.below(300))),
    }));
    const grays = each((path, rule) => ({
      when: within("path", `${path}/data`),
      weight: rule % 2 === 0 ? 0.5 : 0.2,
    }));
    const forbids = each((path) => ({ when: all(within("path", `${path}/notes`), atLeast("amount", 400)) }));
    const limits = policy.tools.flatMap(({ name: tool }) => [
      { tool, to: 1_000 },
      { tool, sum: "amount", to: 100_000 },
    ]);
    const history = Array.from({ length: 50 }, () => fitting(random.of(permits), random));
    return {
      policy: {
        ...policy,
        forbids: [...policy.forbids, ...forbids],
        grounds: [...policy.grounds, ...grounds],
        treats: [...policy.treats, ...treats],
        grays: [...policy.grays, ...grays],
        limits,
        history,
      },
      requests: requestsFor(permits, random, { good: fitting, bad: unfitting }),
    };
  },
};
