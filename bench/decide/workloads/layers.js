import { all, atLeast, within } from "../conditions.js";
import { randomFrom } from "../random.js";
import { agentPolicy, fitting, flatRule, folder, requestsFor, unfitting } from "./agent.js";

const rules = 100;
const forbidsPerLayer = 10;

/** A commission of a hundred rules, and extensions of it that forbid some of what it permits. The size is the number of layers. */
export const layers = {
  name: "layers",
  about: "100 rules, extended by layers of ten forbids; the size is layers",
  sizes: [1, 3, 10],
  sized: "layers",
  make(size) {
    const random = randomFrom(size);
    const tools = rules / 10;
    const permits = Array.from({ length: rules }, (_, rule) => flatRule(`t${rule % tools}`, rule, random));
    const above = Array.from({ length: size - 1 }, () => ({
      forbids: Array.from({ length: forbidsPerLayer }, () => forbid(random.below(rules), tools, random)),
    }));
    return {
      policy: agentPolicy(tools, { permits, above }),
      requests: requestsFor(permits, random, { good: fitting, bad: unfitting }),
    };
  },
};

const forbid = (rule, tools, random) => ({
  tool: `t${rule % tools}`,
  when: all(within("path", folder(rule)), atLeast("amount", 50 + random.below(500))),
});
