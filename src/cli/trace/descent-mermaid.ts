import { type DescentNode, decisionWords, visible } from "../../index.js";
import { shortened } from "../decision/call.js";
import { figuresText } from "./hop-text.js";

/** The tree as a Mermaid flowchart. */
export function descentMermaid(root: DescentNode): string {
  const lines = ["flowchart TD"];
  let count = 0;
  const draw = (node: DescentNode): string => {
    const id = `s${count}`;
    count += 1;
    lines.push(`  ${id}["${labelOf(node)}"]`);
    for (const child of node.children) {
      // Drawn first: an edge to what is not there yet would make it without its text.
      const below = draw(child);
      lines.push(`  ${id} -->|"${child.hop === undefined ? "" : edgeOf(child.hop)}"| ${below}`);
    }
    return id;
  };
  draw(root);
  return `${lines.join("\n")}\n`;
}

function labelOf({ tier, session, told, decided, waiting, closed }: DescentNode): string {
  const words = [...decisionWords].reverse().filter((word) => decided[word] > 0);
  const standing = [
    ...words.map((word) => `${decided[word]} ${word}`),
    ...(waiting === 0 ? [] : [`${waiting} waiting`]),
    ...(closed ? ["closed"] : []),
  ];
  return [
    tier === null ? session : `${tier} · ${session}`,
    ...(told === undefined ? [] : [shortened(told, 80)]),
    ...(standing.length === 0 ? ["nothing decided"] : [standing.join(", ")]),
  ]
    .map(escaped)
    .join("<br/>");
}

function edgeOf(hop: NonNullable<DescentNode["hop"]>): string {
  const lost = hop.withheld.map(({ thing, at }) => `lost ${thing} at ${at}`);
  return [figuresText(hop), ...lost.slice(0, 5)].map(escaped).join("<br/>");
}

/** What has a meaning of its own in Mermaid or HTML, by its number; a text by an agent draws nothing. */
const escaped = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{N} .,:;_·→-]/gu, (character) => `#${character.codePointAt(0)};`);
