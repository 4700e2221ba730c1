import { type DescentNode, visible } from "../../index.js";
import { shortened } from "../decision/call.js";
import { hang } from "../layout.js";
import type { Output } from "../terminal.js";
import { hopText } from "./hop-text.js";
import { quoted } from "./line.js";
import { standingText } from "./ls.js";

/** The tree as text, each session below the one that made it. */
export function descentText(root: DescentNode, out: Output): string {
  return `${nodeLines(root, out, "", "").join("\n")}\n`;
}

/** `first` stands before the session's own line, `rest` before all that belongs to it. */
function nodeLines(node: DescentNode, out: Output, first: string, rest: string): string[] {
  const { tier, session, told, hop, narrowing, closed, children } = node;
  const { paint, width } = out;
  const branch = children.length > 0 ? "│ " : "  ";
  const own = [
    ...(told === undefined ? [] : [quoted(told, 300)]),
    ...(hop === undefined ? [] : hopText(hop)),
    ...(narrowing === undefined ? [] : [`narrowed by ${quoted(narrowing, 300)}`]),
    `${standingText(node, out)}${closed ? ", closed" : ""}`,
  ];
  const name = `${tier === null ? "" : `${paint.bold(visible(tier))} `}${shortened(visible(session), 100)}`;
  return [
    hang(name, width, rest, first),
    ...own.map((line) => hang(line, width, `${rest}${branch}  `, `${rest}${branch}`)),
    ...children.flatMap((child, i) => {
      const isLast = i === children.length - 1;
      return nodeLines(child, out, `${rest}${isLast ? "└─" : "├─"}`, `${rest}${isLast ? "  " : "│ "}`);
    }),
  ];
}
