import { all, anyRole, any, atLeast, atMost, either, is, not, within } from "../conditions.js";
import { randomFrom } from "../random.js";
import { agentPolicy, requestsFor, roles } from "./agent.js";

const depth = 4;
const topics = ["red", "green", "blue", "grey"];

/** A condition of some twenty parts, nested: about two requests of three in its folder satisfy it. */
function nested(random, left) {
  if (left === 0) return leaf(random);
  const part = () => nested(random, left - 1);
  return random.of([
    () => any(part(), part()),
    () => any(part(), part(), leaf(random)),
    () => all(any(part(), leaf(random)), part()),
    () => not(all(part(), part())),
    () => either(leaf(random), part(), part()),
  ])();
}

const leaf = (random) =>
  random.of([
    () => atMost("amount", 200 + random.below(800)),
    () => atLeast("amount", random.below(400)),
    () => is("topic", random.of(topics)),
    () => not(is("topic", random.of(topics))),
    () => anyRole(random.some(roles, 3)),
  ])();

/** Each rule a folder, and a tree of `and`, `or`, `not` and `if` below it. */
export const deep = {
  name: "deep",
  about: "conditions nested four deep, ten a tool",
  sizes: [10, 100, 1_000],
  make(size) {
    const random = randomFrom(size);
    const tools = size / 10;
    const permits = Array.from({ length: size }, (_, rule) => ({
      tool: `t${rule % tools}`,
      when: all(within("path", `/work/p${rule}`), nested(random, depth)),
    }));
    const policy = agentPolicy(tools, { permits }, [["topic", "string"]]);
    return { policy, requests: requestsFor(permits, random, { good: asked, bad: stray }) };
  },
};

function asked({ tool, when }, random) {
  const path = `${when.parts[0].path}/notes/file${random.below(100)}.md`;
  const args = {
    path,
    amount: random.below(1_000),
    note: `run ${random.below(1_000)}`,
    topic: random.of(topics),
  };
  return { tool, args, roles: random.some(roles, 2), confidence: 0.6 + random.below(40) / 100 };
}

function stray(rule, random) {
  const request = asked(rule, random);
  return { ...request, args: { ...request.args, path: `/elsewhere/${random.below(1_000)}` } };
}
