import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compilePolicy, createEngine, type Knowledge } from "../../src/index.js";
import { saidBy } from "./said.js";
import { modelDecide } from "./decide.js";

/** The recorded policy, hand-picked proposals, and what both engines must say of them. */
const file = "test/fixtures/accounts.audit.reshimu";
const policyOf = () => {
  const { policy } = compilePolicy(file, { read: (path) => ({ text: readFileSync(path, "utf8") }) });
  if (policy === null) throw new Error(`${file} does not check`);
  return policy;
};
const policy = policyOf();
const engine = createEngine(policy);

const now = Date.UTC(2026, 2, 1, 12);
const cutoff = now - 90 * 86_400_000;
const base: Knowledge = {
  now,
  session: { id: "s1" },
  tier: "workflow",
  actor: { id: "agent", roles: [] },
  givens: { region: "EU" },
  answers: [],
  history: [],
  observations: [],
  said: [],
  rulings: [],
  confirmations: [],
};
const counted = (crm: number, mirror: number): Knowledge["answers"] => [
  {
    fact: "inactive_count",
    args: ["EU", cutoff],
    answers: [
      { source: "crm", value: crm },
      { source: "mirror", value: mirror, at: now - 1_000 },
    ],
  },
  { fact: "total_count", args: ["EU"], answers: [{ source: "crm", value: 1_000 }] },
];

const query = (table: string) => ({ tool: "crm.query", args: { table, sql: "select 1", limit: 100 } });
const write = {
  tool: "report.write",
  args: { path: "/reports/audit/q1.md", body: "-" },
  confidence: 0.9,
  claims: { inactive: { value: 412, confidence: 0.9 }, share: { value: 0.412, confidence: 0.9 } },
};
const mail = (...to: string[]) => ({
  tool: "email.send",
  args: { to, subject: "Report", body: "-" },
  confidence: 0.99,
});
const sent = (times: number): Knowledge["history"] =>
  Array.from({ length: times }, (_, at) => ({
    session: "s1",
    at: now - 1_000 * (at + 1),
    tool: "email.send",
    args: { to: ["ann@acme.example"], subject: "Report", body: "-" },
    classes: ["permanent"],
    observed: true,
    trust: 0,
  }));
const asked: Knowledge["said"] = [{ by: "owner", text: "Send it to ann@acme.example, please." }];

const cases: readonly (readonly [string, string, unknown, Partial<Knowledge>])[] = [
  ["a routine query", "authorize", query("accounts"), {}],
  ["a given that nobody has answered", "clarify", query("suspensions"), {}],
  [
    "a given answered with no",
    "return",
    query("suspensions"),
    { givens: { region: "EU", suspended_count: false } },
  ],
  [
    "a tool that the tier does not use",
    "return",
    mail("ann@acme.example"),
    { tier: "implementation", said: asked },
  ],
  ["a report, the world not asked", "clarify", write, {}],
  ["a report that the world bears out", "authorize", write, { answers: counted(412, 412) }],
  ["a report, two sources at odds", "clarify", write, { answers: counted(412, 500) }],
  ["a report that the world contradicts", "return", write, { answers: counted(300, 300) }],
  ["a report without its claims", "return", { ...write, claims: {} }, { answers: counted(412, 412) }],
  [
    "a report elsewhere",
    "return",
    { ...write, args: { path: "/reports/audit/../x", body: "-" } },
    { answers: counted(412, 412) },
  ],
  ["an address that the owner said", "confirm", mail("ann@acme.example"), { said: asked }],
  [
    "one of two addresses that nobody said",
    "clarify",
    mail("ann@acme.example", "bob@acme.example"),
    { said: asked },
  ],
  [
    "an address that only the board said",
    "return",
    mail("bob@acme.example"),
    { said: [{ by: "board", text: "bob@acme.example" }] },
  ],
  ["a stranger's address", "return", mail("x@else.example"), { said: asked }],
  ["the fourth mail", "return", mail("ann@acme.example"), { said: asked, history: sent(3) }],
  ["another session's name", "return", { ...query("accounts"), session: "s2" }, {}],
  [
    "an argument of another type",
    "return",
    { tool: "crm.query", args: { table: "accounts", sql: "-", limit: 1.5 } },
    {},
  ],
  ["what is no proposal", "return", null, {}],
];

test.each(cases)("accounts.audit, %s: %s", (_, decision, proposal, known) => {
  const knowledge: Knowledge = { ...base, ...known };
  const evaluation = engine.evaluate(proposal, knowledge);
  const digests = { proposal: evaluation.decision.proposal, policy: engine.digest };
  const { asks: _asks, ...model } = modelDecide(policy, proposal, knowledge, digests);
  expect(model.decision).toBe(decision);
  expect(saidBy(evaluation)).toEqual(model);
});

test("accounts.audit: the owner's yes lets the mail out, and nobody else's", () => {
  const proposal = mail("ann@acme.example");
  const knowledge: Knowledge = { ...base, said: asked };
  const digests = { proposal: engine.evaluate(proposal, knowledge).decision.proposal, policy: engine.digest };
  for (const [by, decision] of [
    ["owner", "authorize"],
    ["board", "confirm"],
  ] as const) {
    const confirmed = { ...knowledge, confirmations: [{ by, answer: true, ...digests }] };
    const { asks: _asks, ...model } = modelDecide(policy, proposal, confirmed, digests);
    expect(model.decision).toBe(decision);
    expect(saidBy(engine.evaluate(proposal, confirmed))).toEqual(model);
  }
});
