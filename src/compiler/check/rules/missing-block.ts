import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, listed, quote } from "./support/found.js";
import { declarationsIn } from "./support/walk.js";
import { commissionIsWhole } from "./support/whole.js";

const blocks = [
  { kind: "Scope", keyword: "scope" },
  { kind: "Grounding", keyword: "grounding" },
  { kind: "Reversibility", keyword: "reversibility" },
  { kind: "Discernment", keyword: "discernment" },
] as const;

export const missingBlock: Rule = {
  code: "check/missing-block",
  severity: "error",
  summary: "a commission writes all four blocks: scope, grounding, reversibility and discernment",
  why:
    "Whether an action may be carried out is four questions: is it within what was decided, does it rest on what is so, can it be " +
    "taken back, and is it clear enough not to ask. A validator without a block has no opinion, so a commission that leaves one " +
    "out leaves its question unasked. The block may stand in the policy that writes the intent or in one that it extends.",
  avoid: commission({}, { grounding: "" }),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    const { intentUnit, units } = context.program;
    if (intentUnit === undefined || !commissionIsWhole(context)) return;
    const missing = blocks.filter(
      ({ kind }) => !units.some((unit) => unit.commission && declarationsIn(unit, kind).length > 0),
    );
    if (missing.length === 0 || intentUnit.document.kind !== "Policy") return;
    const { document } = intentUnit;
    const keywords = missing.map(({ keyword }) => keyword);
    yield {
      message: `the commission has ${none(keywords)} block`,
      span: document.header?.span ?? document.span,
      label: "writes the intent, and so needs all four",
      help: `write ${listed(keywords.map((keyword) => `${keyword} { … }`))}, or extend a policy that does`,
    };
  },
};

/** No `scope`, no `grounding` and no `discernment`. */
function none(keywords: readonly string[]): string {
  const parts = keywords.map((keyword) => `no ${quote(keyword)}`);
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}
