import { describe, expect, test } from "vitest";
import { allows, decide, type Findings, stoppedBy } from "../../src/engine/decide.js";
import { type Assessments, findings } from "../../src/ir/decision.js";
import { decided, engineOf } from "../support/policy.js";

const passing: Findings = {
  scope: "within",
  grounding: "grounded",
  reversibility: "recoverable",
  discernment: "clear",
};

/** These findings, the others as of a proposal that is authorized. */
const withFindings = (found: { readonly [validator: string]: string }): Findings => ({
  ...passing,
  ...found,
});

/** What they come to, and who stopped it. */
const wordOf = (found: { readonly [validator: string]: string }) => {
  const all = withFindings(found);
  const decision = decide(all.scope, all.grounding, all.reversibility, all.discernment);
  return { decision, stoppedBy: stoppedBy(all, decision) };
};

/** Assessments with these findings; all else is taken from a proposal that is authorized. */
function assessmentsWith(found: { readonly [validator: string]: string }): Assessments {
  const { assessments } = decided(engineOf());
  const entries = Object.entries(assessments).map(([name, one]) => [
    name,
    { ...one, finding: found[name] ?? one.finding },
  ]);
  return Object.fromEntries(entries) as Assessments;
}

const table = {
  scope: { within: "authorize", outside: "return", unknown: "clarify" },
  grounding: {
    grounded: "authorize",
    contradicted: "return",
    unclaimed: "return",
    overconfident: "return",
    contested: "clarify",
    unverified: "clarify",
  },
  reversibility: { recoverable: "authorize", held: "confirm", indeterminate: "clarify" },
  discernment: { clear: "authorize", ambiguous: "clarify", refused: "return" },
} as const;

describe("the table of decisions", () => {
  const rows = Object.entries(table).flatMap(([validator, row]) =>
    Object.entries(row).map(([finding, decision]) => [validator, finding, decision] as const),
  );
  test.each(rows)("%s %s: %s", (validator, finding, decision) => {
    const found = { [validator]: finding };
    expect(allows(assessmentsWith(found), validator as keyof typeof table)).toBe(decision);
    expect(wordOf(found)).toEqual({ decision, stoppedBy: decision === "authorize" ? [] : [validator] });
  });

  test("has a row for each finding", () => {
    expect(Object.entries(table).map(([validator, row]) => [validator, Object.keys(row)])).toEqual(
      Object.entries(findings).map(([validator, all]) => [validator, [...all]]),
    );
  });

  test("the lowest counts, and all that give it are named", () => {
    expect(wordOf({ scope: "unknown", reversibility: "held" })).toEqual({
      decision: "clarify",
      stoppedBy: ["scope"],
    });
    expect(wordOf({ scope: "outside", grounding: "contradicted", discernment: "ambiguous" })).toEqual({
      decision: "return",
      stoppedBy: ["scope", "grounding"],
    });
    expect(
      wordOf({
        scope: "unknown",
        grounding: "contested",
        reversibility: "indeterminate",
        discernment: "ambiguous",
      }).stoppedBy,
    ).toHaveLength(4);
  });

  test("authorize only where all four allow it (T2)", () => {
    for (const scope of findings.scope)
      for (const grounding of findings.grounding)
        for (const reversibility of findings.reversibility)
          for (const discernment of findings.discernment) {
            const all = [scope, grounding, reversibility, discernment].join(" ");
            const { decision } = wordOf({ scope, grounding, reversibility, discernment });
            expect(decision === "authorize").toBe(all === "within grounded recoverable clear");
          }
  });
});
