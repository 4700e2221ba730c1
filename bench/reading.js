#!/usr/bin/env node
// How fast policies are read and formatted: `node bench/reading.js` after a build. Prints tables, and writes bench/out/reading.json.
//
// Ordinary long policies of three sizes, each step in MB (10^6 UTF-16 units) a second beside chevrotain's lexer alone on the same text,
// with a token definition as small as this language allows. `growth` is the time for a unit beside that of the smallest policy: 1 is
// linear. Then 2,000 small files. Times are of the processor, not of the clock, and the best of some rounds taken in turn.
import { mkdirSync, writeFileSync } from "node:fs";
import { createToken, Lexer } from "chevrotain";
import { compilePolicy, formatPolicy, parsePolicy } from "reshimu";

const sizes = [64, 256, 1000].map((kib) => kib * 1024);
const rounds = Number(process.env.ROUNDS ?? 5);
const files = Number(process.env.FILES ?? 2_000);
const bullets = ["find", "write", "restrain"];

/** A policy of about so many units: tools, rules of all four kinds, comments and tests, as people write them. */
function policyText(size) {
  const parts = { tools: [], scope: [], grounding: [], reversibility: [], discernment: [], tests: [] };
  let length = 600;
  for (let n = 0; length < size - 1_000; n += 1) {
    const added = {
      tools: `tool t${n}(path: path, amount: int, kind: enum("a", "b", "c"), to: list<email>)`,
      scope: `  // What tool ${n} may do, and for whom.
  permit t${n} serving ${bullets[n % 3]}
    when path within "/a/${n}" and amount <= ${100 + n} and kind != "c"
      and every address in to: address like "*@acme.example"
  forbid t${n} serving restrain
    when amount > 10_000 or (kind == "b" and weekday(now) > 5)
    because "nobody is there on a weekend"
  limit t${n} sum amount to 1_000 per 1d each path`,
      grounding: `  ground t${n} on fact
    amount <= most(path) // as the books say
    because "no more than there is"`,
      reversibility: `  treat t${n} as ${n % 2 === 0 ? "read" : "undoable"}`,
      discernment: `  gray t${n} when amount > ${50 + n} weight 0.2`,
      tests: `test "tool ${n} does its work" {
  now = "2026-01-31T09:00:00Z"
  fact most("/a/${n}/x") = 100
  propose t${n}(path: "/a/${n}/x", amount: 5, kind: "a", to: ["ann@acme.example"]) confidence 0.9
  expect authorize
}`,
    };
    for (const [name, text] of Object.entries(added)) {
      parts[name].push(text);
      length += text.length + 1;
    }
  }
  const block = (name, first) => `${name} {\n${[...first, ...parts[name]].join("\n")}\n}\n`;
  return [
    'policy bench.reading zone "Europe/Berlin"\n\nprincipal owner "Owner"\n',
    'intent {\n  find     "Find."\n  write    "Write."\n  restrain "Nothing else."\n}\n',
    `${parts.tools.join("\n")}\n`,
    block("scope", []),
    block("grounding", [
      '  source books is json "books.json" trust 0.9',
      '  fact most(path: path): int\n    from books "/{path}"',
    ]),
    block("reversibility", [
      "  class read",
      "  class undoable above read confidence 0.5",
      "  otherwise undoable",
    ]),
    block("discernment", ["  threshold 0.3", "  escalate owner within 1h"]),
    `${parts.tests.join("\n\n")}\n`,
  ].join("\n");
}

/** Chevrotain's lexer by itself: words, literals, signs and comments, and no keyword apart. */
const word = createToken({ name: "Word", pattern: /[A-Za-z_][A-Za-z0-9_]*/ });
const bare = new Lexer(
  [
    createToken({ name: "Space", pattern: /[ \t\n\r]+/, group: Lexer.SKIPPED, line_breaks: true }),
    createToken({ name: "Comment", pattern: /\/\/[^\n\r]*/, group: "comments" }),
    word,
    createToken({ name: "Text", pattern: /"[^"\\\n\r]*(?:\\[^\n\r][^"\\\n\r]*)*"/ }),
    createToken({ name: "Number", pattern: /[0-9][0-9_]*(?:\.[0-9]+)?(?:ms|s|m|h|d)?/ }),
    createToken({ name: "Sign", pattern: /->|[=!<>]=|[=<>{}()[\],:?.+\-*/]/ }),
  ],
  { ensureOptimizations: true, positionTracking: "full" },
);

const { lex } = await import("../dist/syntax/lexer.js");
const { Findings } = await import("../dist/syntax/findings.js");

const steps = {
  "chevrotain alone": (text) => bare.tokenize(text).tokens.length,
  lexing: (text) => lex({ file: "bench", text }, new Findings()).tokens.length,
  "parsing to the tree": (text) => parsePolicy({ file: "bench", text }).document.declarations.length,
  checking: (text) => mustCompile(text).policy.tools.length,
  formatting: (text) => mustFormat(text).length,
  "formatting what is not": (text) => mustFormat(text.replaceAll("\n  ", "\n ")).length,
};

function mustCompile(text) {
  const result = compilePolicy("bench.reshimu", { read: () => ({ text }) });
  if (result.policy === null) throw new Error(result.diagnostics[0]?.message);
  return result;
}

function mustFormat(text) {
  const made = formatPolicy({ file: "bench", text });
  if (!made.ok) throw new Error(made.fault ?? made.diagnostics[0]?.message);
  return made.text;
}

/** Milliseconds of the processor since a start, or since the process began. */
function spent(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function timed(step, text) {
  const start = process.cpuUsage();
  if (step(text) === 0) throw new Error("nothing was read");
  return spent(start);
}

const texts = sizes.map((size) => mustFormat(policyText(size)));
const best = new Map();
for (let round = 0; round < rounds; round += 1)
  for (const text of texts)
    for (const [name, step] of Object.entries(steps)) {
      const key = `${name} ${text.length}`;
      best.set(key, Math.min(best.get(key) ?? Number.POSITIVE_INFINITY, timed(step, text)));
    }

const perUnit = (name, text) => best.get(`${name} ${text.length}`) / text.length;
const rows = Object.keys(steps).flatMap((name) =>
  texts.map((text) => ({
    step: name,
    KiB: Math.round(text.length / 1024),
    ms: Number(best.get(`${name} ${text.length}`).toFixed(1)),
    "MB/s": Number((0.001 / perUnit(name, text)).toFixed(2)),
    "times chevrotain alone": Number((perUnit(name, text) / perUnit("chevrotain alone", text)).toFixed(1)),
    growth: Number((perUnit(name, text) / perUnit(name, texts[0])).toFixed(2)),
  })),
);
console.table(rows);

const small = policyText(4_000);
const many = Object.entries(steps).map(([name, step]) => {
  const start = process.cpuUsage();
  for (let n = 0; n < files; n += 1) step(small);
  const ms = spent(start);
  return {
    step: name,
    files,
    s: Number((ms / 1_000).toFixed(2)),
    "ms a file": Number((ms / files).toFixed(2)),
  };
});
console.table(many);
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(
  new URL("reading.json", out),
  `${JSON.stringify({ rows, many, bytes: small.length }, null, 2)}\n`,
);
