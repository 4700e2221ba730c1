import { type Alarms, type Counts, decisionWords, type Stats, validatorNames, visible } from "../../index.js";
import { plainTable } from "../coverage/table.js";
import { shortened } from "../decision/call.js";
import { headings } from "../decision/page.js";
import { verdict } from "../decision/text.js";
import { counted } from "../format.js";
import type { Output } from "../terminal.js";
import { timeText } from "./line.js";

/** So many tools and days are shown; all are in the JSON. */
const mostRows = 30;

/** Figures of a trace as tables. */
export function statsText(stats: Stats, out: Output): string {
  const { records, sessions, from, to, kinds, tools, days } = stats;
  const time = from === null || to === null ? "" : `, ${timeText(from)} to ${timeText(to)}`;
  const parts = [
    `${counted(records, "record")} of ${counted(sessions, "session")}${time}`,
    ...(records === 0 ? [] : [countsText(kinds)]),
    wordsTable("tool", tools, out, "first"),
    wordsTable("day", days, out, "last"),
    findingsTable(stats, out),
    alarmsTable(stats, out),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const countsText = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

/** Decisions by their word, a row a name; of many the first, or the last. */
function wordsTable(title: string, table: Stats["tools"], out: Output, which: "first" | "last"): string {
  const all = Object.entries(table);
  if (all.length === 0) return "";
  const words = [...decisionWords].reverse();
  const shown = which === "first" ? all.slice(0, mostRows) : all.slice(-mostRows);
  const more = all.length - shown.length;
  const rows = shown.map(([name, counts]) => [
    shortened(visible(name), 60),
    ...words.map((word) => `${counts[word] ?? 0}`),
  ]);
  const text = plainTable([out.paint.dim(title), ...words.map((word) => verdict(out, word))], rows);
  return more === 0 ? text : `${text}\n${out.paint.dim(`and ${more} more`)}`;
}

function findingsTable({ findings, stopped, decisions }: Stats, { paint }: Output): string {
  if (Object.values(decisions).every((count) => count === 0)) return "";
  const rows = validatorNames.map((name) => [
    headings[name],
    countsText(findings[name]),
    `${stopped[name] ?? 0}`,
  ]);
  return plainTable(
    ["validator", "found", "stopped"].map((name) => paint.dim(name)),
    rows,
  );
}

function alarmsTable({ alarms, alarmsBy }: Stats, { paint }: Output): string {
  if (alarms.asked === 0) return "";
  const row = (name: string, of: Alarms) => [name, `${of.asked}`, `${of.yes}`, `${of.no}`, shareText(of)];
  const rows = [
    ...validatorNames
      .filter((name) => alarmsBy[name].asked > 0)
      .map((name) => row(headings[name], alarmsBy[name])),
    row(paint.bold("all"), alarms),
  ];
  return plainTable(
    ["asked by", "asked", "yes", "no", "false alarms"].map((name) => paint.dim(name)),
    rows,
  );
}

/** How many of those that were answered were none. */
function shareText({ yes, no }: Alarms): string {
  return yes + no === 0 ? "" : `${Math.round((100 * yes) / (yes + no))} %`;
}
