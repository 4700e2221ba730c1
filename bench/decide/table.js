import Table from "cli-table3";

const microseconds = (value) =>
  value === null ? "" : value.toLocaleString("en", { maximumSignificantDigits: 3 });
const times = (value) =>
  value === null ? "" : `${value.toLocaleString("en", { maximumSignificantDigits: 3 })} ×`;
const bytes = (value) => value.toLocaleString("en");

/** One workload in one size, as the terminal shows it. */
export function tableOf({ workload, size, rows, left }) {
  const table = new Table({
    head: [`${workload} ${size}`, "p50 µs", "p99 µs", "one: p50", "one: p99", "÷ hand", "÷ indexed", "bytes"],
    colAligns: ["left", ...Array(7).fill("right")],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows)
    table.push([
      row.title,
      microseconds(row.p50),
      microseconds(row.p99),
      microseconds(row.single.p50),
      microseconds(row.single.p99),
      times(row.overHand),
      times(row.overIndexed),
      bytes(row.bytes),
    ]);
  const notes = left.map(({ peer, why }) => `  without ${peer}: ${why}`);
  return [table.toString(), ...notes].join("\n");
}
