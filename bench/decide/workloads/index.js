import { decideSlowly } from "../oracle.js";
import { deep } from "./deep.js";
import { facts } from "./facts.js";
import { few, heaped, many } from "./flat.js";
import { layers } from "./layers.js";
import { lists } from "./lists.js";
import { statements } from "./statements.js";

/** How a workload is made: `sizes` are numbers of rules, unless it is `sized` by something else. */
export const workloads = [few, many, heaped, deep, lists, facts, layers, statements];

/** One workload in one size, with what the oracle says to each request. */
export function workload(shape, size) {
  const made = shape.make(size);
  const expected = made.requests.map((request) => decideSlowly(made.policy, request));
  return { name: shape.name, size, ...made, expected };
}
