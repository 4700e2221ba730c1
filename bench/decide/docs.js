/** Puts the figures of a whole run into docs/performance.md, between two markers, and the picture beside it. */
import { readFileSync, writeFileSync } from "node:fs";
import { duration } from "./chart.js";

const page = new URL("../../docs/performance.md", import.meta.url);
const picture = new URL("../../docs/performance.svg", import.meta.url);
const markers = [
  "<!-- figures: written by `npm run bench -- --write-docs` -->",
  "<!-- end of the figures -->",
];

export function writeDocs(told, chart) {
  writeFileSync(page, between(readFileSync(page, "utf8"), figuresText(told)));
  writeFileSync(picture, chart);
}

/** A page with what stands between the markers replaced. */
export function between(text, inside) {
  const [start, end] = markers.map((marker) => text.indexOf(marker));
  if (start === -1 || end < start) throw new Error("docs/performance.md has lost its markers");
  return `${text.slice(0, start + markers[0].length)}\n\n${inside}\n${text.slice(end)}`;
}

/** What the page tells of a run, as Markdown. */
export function figuresText({ node, processor, system, rounds, results }) {
  return [
    `Node ${node} on ${processor}, ${system}; ${rounds} rounds.`,
    "",
    "![What a decision costs against the number of rules](performance.svg)",
    "",
    "p50 of a decision, every way to decide beside the others:",
    "",
    ...peersTable(results),
    "",
    "Reshimu in every workload: the word of a decision, as a multiple of hand-written code that makes the same checks, tried in order and by an index; and what the whole decision object costs.",
    "",
    ...reshimuTable(results),
    "",
  ].join("\n");
}

const line = (cells) => `| ${cells.join(" | ")} |`;
const ruler = (count) => line(["---", ...Array(count).fill("---:")]);
const headOf = ({ workload, size }) => `${workload} ${size.toLocaleString("en")}`;
const rowOf = ({ rows }, peer) => rows.find((row) => row.peer === peer);

function peersTable(results) {
  const flat = results.filter(({ workload }) => ["few", "many", "heaped"].includes(workload));
  const peers = new Map(flat.flatMap(({ rows }) => rows.map(({ peer, title }) => [peer, title])));
  const cell = (result, peer) => {
    const row = rowOf(result, peer);
    return row === undefined ? "" : duration(row.p50);
  };
  return [
    line(["", ...flat.map(headOf)]),
    ruler(flat.length),
    ...[...peers].map(([peer, title]) => line([title, ...flat.map((result) => cell(result, peer))])),
  ];
}

const heads = [
  "workload",
  "p50",
  "p99",
  "p99 ÷ p50",
  "÷ hand",
  "÷ indexed",
  "bytes",
  "decision object",
  "as JSON",
];

function reshimuTable(results) {
  const withWord = results.filter((result) => rowOf(result, "reshimu") !== undefined);
  return [line(heads), ruler(heads.length - 1), ...withWord.map((result) => line(reshimuCells(result)))];
}

function reshimuCells(result) {
  const word = rowOf(result, "reshimu");
  const p50Of = (peer) => duration(rowOf(result, peer)?.p50 ?? Number.NaN);
  return [
    headOf(result),
    duration(word.p50),
    duration(word.p99),
    (word.p99 / word.p50).toFixed(1),
    times(word.overHand),
    times(word.overIndexed),
    word.bytes.toLocaleString("en"),
    p50Of("reshimu-decision"),
    p50Of("reshimu-text"),
  ];
}

const times = (value) => (value === null ? "" : value.toPrecision(3));
