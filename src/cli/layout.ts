import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** Nothing to be wrapped, and no spaces to be cut off: most lines, and to load what wraps others takes a while. */
const isOneLine = (text: string, room: number): boolean =>
  text.length <= room && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);

/** The columns that a text takes up, its colours left out. */
export const columnsOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);

/** Text wrapped at a width, every line of it behind `indent`; the first behind `first` instead. */
export function hang(text: string, width: number, indent: string, first = indent): string {
  const room = Math.max(20, width - indent.length);
  return (isOneLine(text, room) ? text : wrapAnsi(text, room, { hard: true }))
    .split("\n")
    .map((line, i) => ((i === 0 ? first : indent) + line).trimEnd())
    .join("\n");
}

/** Every line of a block behind `indent`; nothing is wrapped. */
export function indented(block: string, indent: string): string {
  return block
    .split("\n")
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");
}
