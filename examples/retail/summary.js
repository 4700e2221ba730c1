// What a run is to come to, and how it is printed.

/** @typedef {Awaited<ReturnType<typeof import("./scenario.js").runScenario>>} Result */

/** The numbers that README.md gives. */
export const expected = {
  tasks: 115,
  prepended: 48,
  total: { calls: 630, failed: 24, authorize: 448, confirm: 174, released: 174, return: 8, clarify: 0 },
  /** The recorded changes that were refused, each with the rule that has to be named. */
  refused: [
    { task: 12, tool: "return_delivered_order_items", rule: "a refund goes to the method" },
    { task: 13, tool: "return_delivered_order_items", rule: "a refund goes to the method" },
    { task: 64, tool: "exchange_delivered_order_items", rule: "only an order that has been delivered" },
    { task: 106, tool: "exchange_delivered_order_items", rule: "the gift card does not cover" },
  ],
  violations: 1989,
};

/** The rows of the table, added up. */
export function totalOf(/** @type {Result} */ { table }) {
  const total = { calls: 0, failed: 0, authorize: 0, confirm: 0, released: 0, return: 0, clarify: 0 };
  for (const row of Object.values(table))
    for (const key of /** @type {(keyof typeof total)[]} */ (Object.keys(total))) total[key] += row[key];
  return total;
}

/** How many violations were made. */
export const madeOf = (/** @type {Result} */ { violations }) =>
  Object.values(violations).reduce((sum, { made }) => sum + made, 0);

/** What is otherwise than it should be. @returns {string[]} */
export function surprises(/** @type {Result} */ result) {
  const odd = [...result.deviations, ...result.passed];
  const same = (/** @type {string} */ what, /** @type {unknown} */ is, /** @type {unknown} */ should) => {
    const [a, b] = [JSON.stringify(is), JSON.stringify(should)];
    if (a !== b) odd.push(`${what}: ${a}, not ${b}`);
  };
  same("tasks", result.tasks, expected.tasks);
  same("prepended calls", result.prepended, expected.prepended);
  same("all calls", totalOf(result), expected.total);
  same("violations", madeOf(result), expected.violations);
  same("changes that were refused when recorded", result.refused.length, expected.refused.length);
  for (const [i, { task, tool, rule }] of expected.refused.entries()) {
    const one = result.refused[i];
    same(`refused change ${i + 1}`, [one?.task, one?.tool, one?.decision], [task, tool, "return"]);
    if (!one?.rules.some((named) => named.includes(rule)))
      odd.push(`refused change ${i + 1}: \`${rule}\` is not named`);
  }
  return odd;
}

/** Prints a run as three tables. */
export function print(/** @type {Result} */ result) {
  console.log(
    `${result.tasks} tasks; where nobody was authenticated that call was put before the others: ${result.prepended}\n`,
  );
  const cells = (/** @type {any} */ row) => [
    row.calls,
    row.failed,
    row.authorize,
    row.confirm,
    row.released,
    row.return,
    row.clarify,
  ];
  printTable(
    [
      "tool",
      "calls",
      "refused when recorded",
      "authorize",
      "confirm",
      "authorize after yes",
      "return",
      "clarify",
    ],
    [
      ...Object.entries(result.table)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([tool, row]) => [tool, ...cells(row)]),
      ["all", ...cells(totalOf(result))],
    ],
  );

  console.log("\nThe changes that were refused when they were recorded\n");
  for (const { task, tool, order, recorded, decision, rules } of result.refused) {
    console.log(`  task ${task}, ${tool} ${order}\n    recorded: ${recorded}\n    decision: ${decision}`);
    for (const rule of rules) console.log(`    rule:     ${rule}`);
  }

  console.log("\nViolations made from the recorded calls\n");
  const violations = Object.entries(result.violations);
  const sum = (/** @type {"made" | "returned" | "named" | "alone"} */ key) =>
    violations.reduce((so, [, row]) => so + row[key], 0);
  printTable(
    ["violation", "made", "return", "rule named", "no other", "lines of policy.reshimu"],
    [
      ...violations.map(([kind, { made, returned, named, alone, at }]) => [
        kind,
        made,
        returned,
        named,
        alone,
        linesOf(at),
      ]),
      ["all", sum("made"), sum("returned"), sum("named"), sum("alone"), ""],
    ],
  );
}

/** `policy.reshimu:41:3` is line 41. */
const linesOf = (/** @type {string[]} */ places) =>
  places
    .map((place) => Number(place.split(":").at(-2)))
    .sort((a, b) => a - b)
    .join(", ");

function printTable(/** @type {string[]} */ head, /** @type {(string | number)[][]} */ rows) {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
  const line = (/** @type {(string | number)[]} */ cells) =>
    cells
      .map((cell, i) =>
        typeof cell === "number" ? String(cell).padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join("  ");
  console.log(line(head).trimEnd());
  console.log(widths.map((width) => "-".repeat(width)).join("  "));
  for (const row of rows) console.log(line(row).trimEnd());
}
