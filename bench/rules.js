#!/usr/bin/env node
// Decisions per second against the number of rules. `npm run bench` prints a table and writes bench/out/rules.json.
//
// Two shapes: `spread`, as many tools as there are tens of rules (ten rules speak of each), and `heaped`, all rules on one tool.
// Each decision runs all four validators and builds the whole decision object. Figures are medians of rounds taken in turn,
// since machines are noisy; compare ratios, not single times.
import { mkdirSync, writeFileSync } from "node:fs";
import { compilePolicy, createEngine } from "reshimu";

const bullets = ["find", "write", "restrain"];
const rulesPerTool = 10;
const rounds = 7;
const decisionsPerRound = 2_000;

/** The text of a policy with so many permits. */
function policyText(rules, shape) {
  const tools = shape === "heaped" ? 1 : Math.max(1, rules / rulesPerTool);
  const lines = [
    "policy bench",
    'principal owner "Owner"',
    "intent {",
    '  find "Find."',
    '  write "Write."',
    '  restrain "Nothing else."',
    "}",
  ];
  for (let tool = 0; tool < tools; tool += 1)
    lines.push(`tool t${tool}(path: path, amount: int, kind: enum("a", "b", "c"))`);
  lines.push("scope {");
  for (let rule = 0; rule < rules; rule += 1)
    lines.push(
      `  permit t${rule % tools} serving ${bullets[rule % 3]} when path within "/a/${rule}" and amount <= ${100 + rule} and kind != "c"`,
    );
  lines.push(
    "}",
    "grounding {",
    "  unsupported at most 1",
    "}",
    "reversibility {",
    "  class read",
    "  otherwise read",
    "}",
  );
  lines.push("discernment {", "  threshold 0.5", "  escalate owner within 1h", "}");
  return `${lines.join("\n")}\n`;
}

/** Proposals that fit one rule each, every fourth one none. */
function proposalsFor(rules, shape) {
  const tools = shape === "heaped" ? 1 : Math.max(1, rules / rulesPerTool);
  return Array.from({ length: 500 }, (_, i) => {
    const rule = (i * 7919) % rules;
    return {
      tool: `t${rule % tools}`,
      args: { path: `/a/${rule}/file`, amount: i % 4 === 0 ? 1_000_000 : 50, kind: "a" },
      confidence: 0.9,
    };
  });
}

const knowledge = {
  now: 0,
  session: { id: "s" },
  actor: { id: "agent", roles: [] },
  givens: {},
  answers: [],
  history: [],
  observations: [],
  said: [],
  rulings: [],
  confirmations: [],
};

function prepareCase(shape, rules) {
  const text = policyText(rules, shape);
  const start = performance.now();
  const { policy, diagnostics } = compilePolicy("bench.reshimu", { read: () => ({ text }) });
  const compile = performance.now() - start;
  if (policy === null) throw new Error(diagnostics[0]?.message ?? "the policy does not compile");
  const engine = createEngine(policy);
  const proposals = proposalsFor(rules, shape);
  proposals.forEach((proposal, i) => {
    const { decision } = engine.decide(proposal, knowledge).decision;
    const expected = i % 4 === 0 ? "return" : "authorize";
    if (decision !== expected) throw new Error(`proposal ${i} gives ${decision}, ${expected} was expected`);
  });
  return { shape, rules, compile, engine, proposals, times: [] };
}

function round(one) {
  const count = one.shape === "heaped" && one.rules >= 1_000 ? 200 : decisionsPerRound;
  const start = performance.now();
  for (let i = 0; i < count; i += 1) one.engine.decide(one.proposals[i % one.proposals.length], knowledge);
  one.times.push((performance.now() - start) / count);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const cases = ["spread", "heaped"].flatMap((shape) =>
  [10, 100, 1_000, 10_000].map((rules) => prepareCase(shape, rules)),
);
for (let i = 0; i < rounds; i += 1) for (const one of cases) round(one);

const rows = cases.map((one) => {
  const base = cases.find((other) => other.shape === one.shape && other.rules === 10);
  return {
    shape: one.shape,
    rules: one.rules,
    "compile ms": Math.round(one.compile),
    "µs a decision": Number((median(one.times) * 1_000).toFixed(1)),
    "decisions a second": Math.round(1_000 / median(one.times)),
    "over 10 rules": Number((median(one.times) / median(base.times)).toFixed(2)),
  };
});
console.table(rows);
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("rules.json", out), `${JSON.stringify(rows, null, 2)}\n`);
