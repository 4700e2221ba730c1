/** Texts to compile: the same every time, and without a finding, so that what is timed is the work on a sound policy. */

const bullets = ["find", "write", "restrain"];
const levels = ["public", "inner", "secret"];
const classes = ["read", "undoable", "grave"];

/** A tool and all that a policy says of it, by block: rules of all four kinds, comments and a test, as people write them. */
function statementsOf(n) {
  const family = `team${n % 40}`;
  const tool = `${family}.act${n}`;
  return {
    family,
    tools: `tool ${tool}(path: path, amount: int, kind: enum("a", "b", "c"), to: list<email>, note?: string)`,
    scope: `  // What ${tool} may do, and for whom.
  permit ${tool} serving ${bullets[n % 3]}
    when path within "/a/${n}" and amount <= ${100 + n} and kind != "c"
      and every address in to: address like "*@acme.example"
      and ("clerk" in actor.roles or session.id == "s${n}")
  forbid ${tool} serving restrain
    when amount > 10_000 or (kind == "b" and weekday(now) > 5)
    because "nobody is there on a weekend"
  limit ${tool} sum amount to ${1_000 + n} per 1d each path`,
    grounding: `  ground ${tool} on fact
    amount <= most(path) // as the books say
      and level(path) in ["${levels[n % 3]}", "open"]
    because "no more than there is"
  ground ${tool} on situation
    every address in to: address traced to [intent, owner, letters]
    because "somebody named the addressee"`,
    reversibility: `  treat ${tool} as ${classes[n % 3]}${n % 5 === 0 ? " when amount < 50" : ""}`,
    discernment: `  gray ${tool} when amount > ${50 + n} and has note weight 0.2`,
    tests: `test "tool ${n} does its work" {
  now = "2026-01-30T09:00:00Z"
  fact most("/a/${n}/x") = 100
  fact level("/a/${n}/x") = "open"
  actor.roles = ["clerk"]
  said owner "Write to ann@acme.example about ${n}."
  propose ${tool}(path: "/a/${n}/x", amount: 5, kind: "a", to: ["ann@acme.example"]) confidence 0.9
  expect authorize
}`,
  };
}

const intent = `intent {
  find     "Find what was asked for."
  write    "Write it down."
  restrain "Nothing else."
  given most_letters: int = 5
}
`;

const block = (name, lines) => `${name} {\n${lines.join("\n")}\n}\n`;

/** What each policy here says once, and the statements of its tools. */
function policyOf(name, tools) {
  const all = (kind) => tools.map((tool) => tool[kind]);
  return [
    `policy ${name} zone "Europe/Berlin"\n\nprincipal owner "Owner"\n`,
    intent,
    `tool mail.read(id: string)\n${all("tools").join("\n")}\n`,
    block("scope", [
      "  permit mail.read serving find",
      "  // Whole families of tools, by a pattern.",
      ...tools
        .slice(0, 3)
        .map(
          ({ family }) => `  forbid ${family}.* serving restrain\n    when count(to) > given.most_letters`,
        ),
      ...all("scope"),
    ]),
    block("grounding", [
      '  source books is json "books.json" trust 0.9',
      "  source letters is tool mail.read trust 0.4",
      '  fact most(path: path): int\n    from books "/{path}/most"',
      '  fact level(path: path): string\n    from books "/{path}/level"',
      ...all("grounding"),
    ]),
    block("reversibility", [
      "  class read",
      "  class undoable above read confidence 0.5 limit 100 per 1d",
      "  class grave above undoable confirm owner",
      "  otherwise grave",
      ...all("reversibility"),
    ]),
    block("discernment", ["  threshold 0.3", "  escalate owner within 1h", ...all("discernment")]),
    ...all("tests").map((test) => `${test}\n`),
  ].join("\n");
}

/** A policy of about so many UTF-16 units, and no more. */
export function longPolicy(units) {
  const tools = [];
  let length = 2_000;
  for (let n = 0; ; n += 1) {
    const tool = statementsOf(n);
    length += Object.values(tool).reduce((sum, text) => sum + text.length + 2, 0);
    if (length > units && n >= 10) return policyOf("bench.long", tools);
    tools.push(tool);
  }
}

/** A policy of so many rules of one line, on a hundred tools. */
export function shortRules(count) {
  const tools = Array.from({ length: 100 }, (_, n) => `tool act${n}(path: path, amount: int)`);
  const rules = Array.from({ length: count }, (_, n) =>
    n % 4 === 3
      ? `  forbid act${n % 100} when path like "*/${n}.lock"`
      : `  permit act${n % 100} serving ${bullets[n % 3]} when path within "/r/${n}" and amount in [${n}, ${n + 1}]`,
  );
  return [
    `policy bench.short\n\nprincipal owner "Owner"\n`,
    intent.replace(/ {2}given .*\n/, ""),
    `${tools.join("\n")}\n`,
    block("scope", rules),
    block("grounding", ["  ground act1 on effect amount < 1_000_000"]),
    block("reversibility", [
      "  class read",
      "  class grave above read confirm owner",
      "  treat act1 as read",
      "  otherwise grave",
    ]),
    block("discernment", ["  threshold 0.3", "  escalate owner within 1h"]),
  ].join("\n");
}

/** One small policy among many that stand by themselves: some 4 KB. */
export const smallPolicy = (n) =>
  policyOf(
    `bench.small${n}`,
    [0, 1, 2].map((k) => statementsOf(3 * n + k)),
  );

/** What many policies extend: a base of some 20 KB, and a small layer on it. */
export const sharedBase = () =>
  policyOf(
    "bench.base",
    Array.from({ length: 16 }, (_, n) => statementsOf(n)),
  );
export const layerOnBase = (n) => `policy bench.layer${n} extends "./base.reshimu"

scope {
  // Less than what the base lets through.
  permit *
  forbid team${n % 16}.* when path within "/a/${n % 16}/closed/${n}"
  limit team${(n + 1) % 16}.* to ${n + 1} per 1d
}
`;
