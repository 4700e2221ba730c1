import Table from "cli-table3";

const figure = (value) => (value === null ? "" : value.toLocaleString("en", { maximumSignificantDigits: 3 }));
const times = (value) => (value === null ? "" : `${figure(value)} ×`);

/** What is told of a peer, column by column. */
const columns = [
  ["p50 µs", ({ p50 }) => figure(p50)],
  ["p99 µs", ({ p99 }) => figure(p99)],
  ["single p50", ({ single }) => figure(single.p50)],
  ["single p99", ({ single }) => figure(single.p99)],
  ["over hand", ({ overHand }) => times(overHand)],
  ["over indexed", ({ overIndexed }) => times(overIndexed)],
  ["bytes", ({ bytes }) => bytes.toLocaleString("en")],
];
const heads = columns.map(([head]) => head);
const cells = (row) => [row.title, ...columns.map(([, cell]) => cell(row))];
/** Why some are not there, each reason once. */
function notes({ left }) {
  const reasons = [...new Set(left.map(({ why }) => why))];
  const those = (reason) => left.filter(({ why }) => why === reason).map(({ peer }) => peer);
  return reasons.map((reason) => `without ${those(reason).join(", ")}: ${reason}`);
}

/** One workload in one size, as the terminal shows it. */
export function tableOf(result) {
  const table = new Table({
    head: [`${result.workload} ${result.size}`, ...heads],
    colAligns: ["left", ...columns.map(() => "right")],
    style: { head: [], border: [], compact: true },
  });
  table.push(...result.rows.map(cells));
  return [table.toString(), ...notes(result).map((note) => `  ${note}`)].join("\n");
}
