import type { Frame } from "./frame.js";
import type { Value } from "./value.js";

/**
 * What one outermost quantifier may do before it has no result: two hundred thousand elements, or two million characters that
 * its body looks at. What an agent sends must not decide how long a decision takes (semantics.md, *Three values*: no
 * result is unknown).
 */
const mostWork = 2_000_000;
const ofOneElement = 10;

/** Whether an outermost quantifier has work enough for so many elements, of each of which its body looks at so much. */
export const isEnough = (elements: number, each: number): boolean =>
  elements * (ofOneElement + each) <= mostWork;

/** Runs a loop over something at a depth of quantifiers; the outermost one starts with all of its work before it. */
export function looping<T, O>(frame: Frame, depth: number, loop: (frame: Frame, over: O) => T, over: O): T {
  if (depth > 0) return loop(frame, over);
  frame.work.left = mostWork;
  const done = loop(frame, over);
  frame.work.left = Number.POSITIVE_INFINITY;
  return done;
}

export const loopingBoth = (one: Frame, other: Frame, depth: number, loop: () => void): void =>
  looping(one, depth, () => (one === other ? loop() : looping(other, depth, loop, undefined)), undefined);

/** Whether there is work left for one more element. */
export const takesElement = (frame: Frame): boolean => {
  frame.work.left -= ofOneElement;
  return frame.work.left >= 0;
};

/** Whether it is evaluated outside of loops. */
export const isUnbound = ({ work }: Frame): boolean => work.left === Number.POSITIVE_INFINITY;

/** Whether there is work left for an operator to look at a value as a whole; outside of loops there always is. */
export function takes({ work }: Frame, value: Value): boolean {
  if (work.left === Number.POSITIVE_INFINITY) return true;
  if (typeof value === "string" || Array.isArray(value)) work.left -= value.length;
  return work.left >= 0;
}
