/** What the workloads have in common: an agent that works in folders of projects, in one of six roles. */
import { anyRole, atLeast, atMost, all, short, within } from "../conditions.js";

export const roles = ["analyst", "writer", "reviewer", "operator", "auditor", "guest"];
const params = [
  ["path", "path"],
  ["amount", "int"],
  ["note", "string"],
];
const classes = [
  { name: "read" },
  { name: "undoable", confidence: 0.5 },
  { name: "permanent", confidence: 0.95, confirm: true },
];

/** A folder that one rule is about: no other rule's folder is above or below it. */
export const folder = (rule) =>
  rule % 10 === 9 ? `/teams/t${rule % 7}/p${rule}/drafts/open` : `/teams/t${rule % 7}/p${rule}`;

/** One rule: a folder, a bound, two roles. */
export const flatRule = (tool, rule, random) => ({
  tool,
  when: all(
    within("path", folder(rule)),
    atMost("amount", 100 + random.below(900)),
    anyRole(random.some(roles, 2)),
  ),
});

/** A policy that says something in all four blocks; a workload adds its own, and parameters if it has more. */
export function agentPolicy(tools, parts, more = []) {
  const names = Array.from({ length: tools }, (_, i) => `t${i}`);
  return {
    tools: names.map((name) => ({ name, params: [...params, ...more] })),
    forbids: [{ tool: "*", when: within("path", "/private") }],
    grounds: [{ tool: "*", when: short("note", 2_000) }],
    treats: names.map((tool, i) => ({ tool, as: i % 2 === 0 ? "read" : "undoable" })),
    grays: [{ tool: "*", when: atLeast("amount", 1_000_000), weight: 0.5 }],
    classes,
    otherwise: "permanent",
    unsupported: 0.8,
    threshold: 0.3,
    ...parts,
  };
}

/** A request that a flat rule permits. */
export function fitting({ tool, when }, random) {
  const [inside, bound, role] = when.parts;
  return {
    tool,
    args: {
      path: written(
        `${inside.path}/${random.of(["notes", "src/main", "data"])}/file${random.below(1_000)}.md`,
        random,
      ),
      amount: random.below(bound.most + 1),
      note: `run ${random.below(100_000)} of the nightly job`,
    },
    roles: random.chance(0.5) ? [random.of(role.roles)] : [random.of(role.roles), "guest"],
    confidence: 0.6 + random.below(40) / 100,
  };
}

/** The same with one thing put wrong: the folder, the bound, or the role. */
export function unfitting(rule, random) {
  const request = fitting(rule, random);
  const [inside, bound, role] = rule.when.parts;
  const { args } = request;
  const path = random.of([
    `${inside.path}x/file.md`,
    `${inside.path}/../file.md`,
    inside.path,
    "/private/key",
  ]);
  return random.of([
    { ...request, args: { ...args, path } },
    { ...request, args: { ...args, amount: bound.most + 1 + random.below(1_000) } },
    { ...request, roles: [random.of(roles.filter((one) => !role.roles.includes(one)))] },
  ]);
}

/** Now and then a path is not written in normal form, or not in ASCII. */
function written(path, random) {
  if (random.chance(0.05))
    return path.replace(/\/([^/]*)$/u, random.of(["/./$1", "//$1", "/old/../$1", "/$1/"]));
  return random.chance(0.02) ? path.replace("file", "re\u0301sume\u0301") : path;
}

/** So many requests, each about some rule, three of four permitted. */
export function requestsFor(rules, random, { count = 600, good = fitting, bad = unfitting } = {}) {
  return Array.from({ length: count }, (_, i) => (i % 4 === 3 ? bad : good)(random.of(rules), random));
}
