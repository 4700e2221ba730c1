import { decideSlowly } from "../oracle.js";
import { few, heaped, many } from "./flat.js";

/** How a workload is made: `sizes` are numbers of rules, unless it says otherwise. */
export const workloads = [few, many, heaped];

/** One workload in one size, with what the oracle says to each request. */
export function workload(shape, size) {
  const made = shape.make(size);
  return { ...made, expected: made.requests.map((request) => decideSlowly(made.policy, request)) };
}
