import { randomFrom } from "../random.js";
import { agentPolicy, flatRule, requestsFor } from "./agent.js";

const rulesPerTool = 10;

function flat(size, toolsFor) {
  const random = randomFrom(size);
  const tools = toolsFor(size);
  const permits = Array.from({ length: size }, (_, rule) => flatRule(`t${rule % tools}`, rule, random));
  return { policy: agentPolicy(tools, { permits }), requests: requestsFor(permits, random) };
}

/** Ten rules on one tool. */
export const few = {
  name: "few",
  about: "ten rules on one tool",
  sizes: [10],
  make: (size) => flat(size, () => 1),
};

export const many = {
  name: "many",
  about: "ten rules a tool",
  sizes: [100, 1_000, 10_000],
  make: (size) => flat(size, () => size / rulesPerTool),
};

export const heaped = {
  name: "heaped",
  about: "all rules on one tool",
  sizes: [10, 100, 1_000, 10_000],
  make: (size) => flat(size, () => 1),
};
