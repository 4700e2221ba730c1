import { factAtMost } from "../conditions.js";
import { randomFrom } from "../random.js";
import { agentPolicy, fitting, flatRule, requestsFor } from "./agent.js";

/** One fact a tool is asked; the answers are in the knowledge. One request in four has none, or too high a value. */
export const facts = {
  name: "facts",
  about: "a fact a decision, answered or not; ten rules a tool",
  sizes: [10, 100, 1_000],
  make(size) {
    const random = randomFrom(size);
    const tools = size / 10;
    const permits = Array.from({ length: size }, (_, rule) => flatRule(`t${rule % tools}`, rule, random));
    const policy = agentPolicy(tools, {
      permits,
      trust: 0.9,
      facts: [{ name: "open_count", param: "string" }],
    });
    const grounds = policy.tools.map(({ name: tool }) => ({
      tool,
      when: factAtMost("open_count", "note", 3),
    }));
    return {
      policy: { ...policy, grounds },
      requests: requestsFor(permits, random, { good: answered(2), bad: answered(9) }),
    };
  },
};

/** The value lies around `most`; of the high ones some are not known. */
const answered = (most) => (rule, random) => {
  const request = fitting(rule, random);
  const { note } = request.args;
  const other = { fact: "open_count", arg: `${note}, again`, value: 1 };
  const value = most > 3 && random.chance(0.5) ? null : most - random.below(2);
  return { ...request, facts: [other, { fact: "open_count", arg: note, value }] };
};
