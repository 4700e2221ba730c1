import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

/** A line that adds up numbers. */
const forbidding = (count: number): string =>
  commission({
    scope: `forbid notes.read serving restrain when has lines and lines > ${Array(count).fill("1").join(" + ")}`,
  });

export const tooDeep: Rule = {
  code: "check/too-deep",
  severity: "error",
  summary: "an expression is not nested beyond what can be read",
  why:
    "A policy can come from anywhere, and the gate must never fail for the shape of a condition. A condition that deep is one that " +
    "nobody has read; a chain of `and` or `or` may be as long as it likes.",
  avoid: forbidding(450),
  prefer: forbidding(5),
  check: (context: CheckContext) => alreadyFound(context, "check/too-deep"),
};
