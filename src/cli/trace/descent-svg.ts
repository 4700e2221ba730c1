import { type DecisionWord, decisionWords, type DescentNode, visible, visibleWidth } from "../../index.js";
import { shortened } from "../decision/call.js";
import { svgText } from "../html/svg.js";
import { figuresText } from "./hop-text.js";

/**
 * The tree as a drawing: a column a level, from the root at the left; a session is a card beside the first of those that it made.
 * Lengths are in pixels.
 */
export function descentSvg(root: DescentNode): string {
  const cards = placed(root);
  const width = Math.max(...cards.map(({ x }) => x + card.width)) + margin;
  const height = Math.max(...cards.map(({ y, height: own }) => y + own)) + margin;
  return svgText({
    width,
    height,
    title: `The descent of ${visible(root.session)}`,
    text: {
      "@_font-family": "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
      "@_font-size": 12,
    },
    groups: [
      { "@_fill": "none", "@_stroke": "#8a94a3", "@_stroke-width": 1.5, path: cards.flatMap(edgeOf) },
      ...cards.map(drawn),
    ],
  });
}

const margin = 24;
const card = { width: 312, gap: 56, below: 20, padding: 12, line: 17, bar: 8 };
/** So many characters fit into a card. */
const longestLine = Math.floor((card.width - 2 * card.padding) / 7.25);

const colors: { readonly [W in DecisionWord]: string } = {
  authorize: "#2e8b57",
  confirm: "#d9a21b",
  clarify: "#3f73c8",
  return: "#c64545",
};

interface Card {
  readonly node: DescentNode;
  readonly parent: Card | undefined;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

interface Line {
  readonly text: string;
  readonly style?: { readonly [attribute: string]: string | number };
}

/** Cards from the top down: the first child stands beside its parent, each other below all that hangs at the one before it. */
function placed(root: DescentNode): Card[] {
  const cards: Card[] = [];
  const place = (node: DescentNode, parent: Card | undefined, depth: number, top: number): number => {
    const lines = linesOf(node);
    const height = 2 * card.padding + lines.length * card.line + (hasDecided(node) ? card.bar + 8 : 0);
    const x = margin + depth * (card.width + card.gap);
    const own: Card = { node, parent, x, y: top, height, lines };
    cards.push(own);
    let next = top;
    for (const child of node.children) next = place(child, own, depth + 1, next);
    return Math.max(next, top + height + card.below);
  };
  place(root, undefined, 0, margin);
  return cards;
}

const hasDecided = ({ decided }: DescentNode): boolean => decisionWords.some((word) => decided[word] > 0);

const soft = { "@_fill": "#5c6673" };

function linesOf(node: DescentNode): Line[] {
  const { tier, session, told, hop, waiting, closed, decided } = node;
  const words = [...decisionWords].reverse().filter((word) => decided[word] > 0);
  const standing =
    words.length === 0 ? "nothing decided" : words.map((word) => `${decided[word]} ${word}`).join(", ");
  const state = [...(waiting === 0 ? [] : [`${waiting} waiting`]), ...(closed ? ["closed"] : [])].join(", ");
  const lost = hop?.withheld ?? [];
  return [
    { text: shortened(visible(tier ?? session), longestLine), style: { "@_font-weight": "bold" } },
    ...(tier === null ? [] : [{ text: shortened(visible(session), longestLine), style: soft }]),
    ...(told === undefined ? [] : wrapped(told).map((text) => ({ text }))),
    ...(hop === undefined ? [] : [{ text: figuresText(hop), style: soft }]),
    ...lost.slice(0, mostLost).map(({ thing, at }) => ({
      text: shortened(visible(`− ${thing}, ${at}`), longestLine),
      style: { "@_fill": "#a33a3a" },
    })),
    ...(lost.length > mostLost
      ? [{ text: `− and ${lost.length - mostLost} more`, style: { "@_fill": "#a33a3a" } }]
      : []),
    { text: standing, style: soft },
    ...(state === "" ? [] : [{ text: state, style: soft }]),
  ];
}

const mostLost = 6;
const mostToldLines = 3;

/** A text in at most three lines. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of visible(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (visibleWidth(longer) <= longestLine || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
    if (lines.length === mostToldLines) break;
  }
  if (lines.length < mostToldLines) lines.push(line);
  else lines[mostToldLines - 1] = `${lines[mostToldLines - 1]} …`;
  return lines.map((one) => shortened(one, longestLine));
}

/** From the right of the parent, at the height of its name, to the left of the child, at the height of its own. */
function edgeOf({ parent, x, y }: Card): object[] {
  if (parent === undefined) return [];
  const down = card.padding + card.line / 2;
  const [fromX, fromY, toY] = [parent.x + card.width, parent.y + down, y + down];
  const middle = fromX + card.gap / 2;
  return [{ "@_d": `M ${fromX} ${fromY} H ${middle} V ${toY} H ${x}` }];
}

function drawn({ node, x, y, height, lines }: Card): object {
  return {
    title: visible(node.session),
    rect: [
      {
        "@_x": x,
        "@_y": y,
        "@_width": card.width,
        "@_height": height,
        "@_rx": 6,
        "@_fill": node.closed ? "#f3f4f6" : "#fbfcfd",
        "@_stroke": "#b4bcc8",
      },
      ...barOf(node, x + card.padding, y + height - card.padding - card.bar),
    ],
    text: lines.map(({ text, style }, i) => ({
      "@_x": x + card.padding,
      "@_y": y + card.padding + (i + 1) * card.line - 5,
      "@_fill": "#1c2430",
      ...style,
      "#text": text,
    })),
  };
}

/** The decisions as one bar, each word's share in its colour. */
function barOf({ decided }: DescentNode, left: number, top: number): object[] {
  const words = [...decisionWords].reverse().filter((word) => decided[word] > 0);
  const all = words.reduce((sum, word) => sum + decided[word], 0);
  const room = card.width - 2 * card.padding;
  let x = left;
  return words.map((word) => {
    const width = (room * decided[word]) / all;
    const rect = {
      "@_x": rounded(x),
      "@_y": top,
      "@_width": rounded(width),
      "@_height": card.bar,
      "@_fill": colors[word],
    };
    x += width;
    return rect;
  });
}

const rounded = (length: number): number => Math.round(length * 100) / 100;
