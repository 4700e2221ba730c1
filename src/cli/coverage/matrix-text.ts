import { type Matrix, type MatrixCell, type MatrixRule, validatorNames, visible } from "../../index.js";
import { shortened } from "../decision/call.js";
import { counted } from "../format.js";
import { hang } from "../layout.js";
import type { Output } from "../terminal.js";
import { plainTable } from "./table.js";

/** The completeness matrix for a person: tools by validators, bullets by rules, and the holes in words. */
export function matrixText({ policy, tools, bullets, unserving, holes }: Matrix, out: Output): string {
  const { paint } = out;
  const head = (...names: string[]): string[] => names.map((name) => paint.dim(name));
  const toolTable = plainTable(
    head("tool", ...validatorNames),
    tools.map(({ tool, cells }) => [
      visible(tool),
      ...validatorNames.map((name) => cellText(cells[name], out)),
    ]),
  );
  const bulletTable = plainTable(head("bullet", "served by", "tools"), [
    ...bullets.map(({ name, rules }) => [
      visible(name),
      rules.length === 0 ? paint.red("hole") : rulesText(rules),
      toolsText(rules),
    ]),
    ...(unserving.length === 0 ? [] : [[paint.dim("(none)"), rulesText(unserving), toolsText(unserving)]]),
  ]);
  const told =
    holes.length === 0
      ? [paint.green("no holes")]
      : [
          paint.red(counted(holes.length, "hole")),
          ...holes.map((hole) => hang(visible(hole), out.width, "    ", "  ")),
        ];
  const isReached = tools.some(({ cells }) => validatorNames.some((name) => cells[name].patterns.length > 0));
  const legend = isReached ? [paint.dim("* through a pattern that does not name the tool")] : [];
  return `${[paint.bold(visible(policy)), toolTable, ...legend, ...(bullets.length === 0 ? [] : ["", bulletTable]), "", ...told].join("\n")}\n`;
}

/** A longer note is for those who ask for more: the page and JSON have it. */
const longestNote = 24;

const longestTools = 60;

const toolsText = (rules: readonly MatrixRule[]): string =>
  visible(shortened([...new Set(rules.flatMap((rule) => rule.tools))].sort().join(", "), longestTools));

function cellText({ state, rules, note = "", patterns }: MatrixCell, { paint }: Output): string {
  if (state === "hole") return paint.red("hole");
  const told = note.replaceAll("`", "");
  if (state === "default") return paint.yellow(told.length > longestNote ? "default" : visible(told));
  return `${visible(rulesText(rules))}${patterns.length === 0 ? "" : " *"}`;
}

/** The rules of a cell, and by which patterns they reach the tool where they do not name it. */
export const cellRules = ({ rules, patterns }: MatrixCell): string =>
  `${rulesText(rules)}${patterns.length === 0 ? "" : ` (${patterns.join(", ")})`}`;

/** `2 permits, 1 forbid`; classes by their names. */
export function rulesText(rules: readonly MatrixRule[]): string {
  const classes = [...new Set(rules.flatMap(({ effect }) => /^treat as (.*)$/s.exec(effect)?.[1] ?? []))];
  const words = ["permit", "forbid", "limit", "ground", "gray"].flatMap((word) => {
    const count = rules.filter(({ effect }) => effect.split(" ")[0] === word).length;
    if (count === 0) return [];
    return [
      word === "ground" ? counted(count, "check") : word === "gray" ? `${count} gray` : counted(count, word),
    ];
  });
  return [...words, ...classes].join(", ");
}
