import type { Level } from "./blocks.js";

/** How each declaration and statement is written, for the help of a diagnostic. Capitals stand for what the user fills in. */

const declarations: Readonly<Record<string, string>> = {
  policy: 'policy NAME [extends "PATH", …] [zone "ZONE"]',
  principal: 'principal NAME "DISPLAY NAME" [key "KEY"]',
  intent: "intent { … }",
  tool: "tool NAME(PARAM: TYPE, …)",
  tools: 'tools "FILE.json"',
  scope: "scope { … }",
  grounding: "grounding { … }",
  reversibility: "reversibility { … }",
  discernment: "discernment { … }",
  tiers: "tiers NAME > NAME > …",
  boundary: "boundary NAME -> NAME { … }",
  assert: "assert never authorize TOOLS when CONDITION",
  test: 'test "NAME" { … }',
};

const statements: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  intentBody: { given: 'given NAME: TYPE [= VALUE] [asks PRINCIPAL "QUESTION"]' },
  scopeBody: {
    permit: 'permit TOOLS [serving BULLET, …] [when CONDITION] [because "REASON"]',
    forbid: 'forbid TOOLS [serving BULLET, …] [when CONDITION] [because "REASON"]',
    limit: "limit TOOLS [sum EXPRESSION] to NUMBER per session [each EXPRESSION]",
  },
  groundingBody: {
    source: 'source NAME is KIND "LOCATOR" trust NUMBER [fresh DURATION] [timeout DURATION]',
    fact: 'fact NAME(PARAM: TYPE, …): TYPE from SOURCE "LOOKUP" [agree within NUMBER]',
    claim: "claim NAME: TYPE",
    ground: 'ground TOOLS on fact|inference|situation|effect CONDITION [because "REASON"]',
    tolerance: "tolerance NUMBER",
    unsupported: "unsupported at most NUMBER",
  },
  reversibilityBody: {
    class: "class NAME [above NAME] [confidence NUMBER] [confirm PRINCIPAL] [limit NUMBER per session]",
    treat:
      'treat TOOLS as CLASS [when CONDITION] [by TOOL(PARAM: EXPRESSION, …) within DURATION] [because "REASON"]',
    otherwise: "otherwise CLASS",
  },
  discernmentBody: {
    threshold: "threshold NUMBER [for CLASS]",
    gray: 'gray TOOLS [when CONDITION] weight NUMBER [asks PRINCIPAL "QUESTION"] [because "REASON"]',
    fidelity: "fidelity at least NUMBER",
    escalate: "escalate PRINCIPAL within DURATION, then PRINCIPAL within DURATION",
  },
  boundaryBody: {
    carries: "carries intent.BULLET, given.NAME, …",
    withholds: "withholds intent.BULLET, given.NAME, TOOL, …",
    grants: "grants TOOL, …",
    passes: "passes TOOL, …",
    because: 'because "REASON"',
  },
  testBody: {
    for: "for each COLUMN, … in [VALUE, …], …",
    actor: 'actor.id = "ID"',
    session: 'session.instruction = "TEXT"',
    tier: "tier NAME",
    given: "given NAME = VALUE",
    now: 'now = "TIME"',
    fact: "fact NAME(VALUE, …) [from SOURCE] = VALUE",
    said: 'said PRINCIPAL "TEXT"',
    observe: "observe TOOL(PARAM: VALUE, …) returns|fails VALUE",
    claim: "claim NAME = VALUE [confidence NUMBER]",
    propose: 'propose TOOL(PARAM: VALUE, …) [confidence NUMBER] [message "TEXT"]',
    confirmed: "confirmed by PRINCIPAL",
    refused: "refused by PRINCIPAL",
    answered: "answered by PRINCIPAL about given.NAME|RULE = VALUE",
    expect: "expect authorize|confirm|clarify|return [from VALIDATOR, …] [by RULE]",
  },
};

/** How the statement that starts with a word is written at a level. */
export function formOf(word: string, level: Level): string | undefined {
  const forms = statements[level.rule] ?? declarations;
  if (Object.hasOwn(forms, word)) return forms[word];
  return level.rule === "intentBody" ? 'LABEL "TEXT"' : undefined;
}
