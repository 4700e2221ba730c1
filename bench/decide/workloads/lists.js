import { all, atMost, every, some } from "../conditions.js";
import { randomFrom } from "../random.js";
import { agentPolicy, requestsFor } from "./agent.js";

const tags = Array.from({ length: 60 }, (_, i) => `tag-${i}`);
const forbidden = ["secret-0", "secret-1", "secret-2"];

/** Each rule a list of tags that are allowed, of which a request names some. */
export const lists = {
  name: "lists",
  about: "`every` and `some` over list arguments of 5 to 20, ten rules a tool",
  sizes: [10, 100, 1_000],
  make(size) {
    const random = randomFrom(size);
    const tools = size / 10;
    const permits = Array.from({ length: size }, (_, rule) => ({
      tool: `t${rule % tools}`,
      when: all(every("tags", random.some(tags, 30)), atMost("amount", 500 + random.below(500))),
    }));
    const policy = agentPolicy(tools, { permits }, [["tags", "list<string>"]]);
    const forbids = [...policy.forbids, { tool: "*", when: some("tags", forbidden) }];
    return {
      policy: { ...policy, forbids },
      requests: requestsFor(permits, random, { good: tagged, bad: mistagged }),
    };
  },
};

function tagged({ tool, when }, random) {
  const [list, bound] = when.parts;
  const args = {
    path: `/work/file${random.below(1_000)}.md`,
    amount: random.below(bound.most + 1),
    note: `run ${random.below(1_000)}`,
    tags: random.some(list.values, 5 + random.below(16)),
  };
  return { tool, args, roles: ["writer"], confidence: 0.6 + random.below(40) / 100 };
}

/** The last tag is one that nobody allows, or one that is forbidden. */
function mistagged(rule, random) {
  const request = tagged(rule, random);
  const odd = random.chance(0.5) ? random.of(forbidden) : "tag-60";
  return { ...request, args: { ...request.args, tags: [...request.args.tags.slice(1), odd] } };
}
