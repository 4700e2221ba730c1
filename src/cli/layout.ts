import wrapAnsi from "wrap-ansi";

/** Text wrapped at a width, every line of it behind `indent`; the first behind `first` instead. */
export function hang(text: string, width: number, indent: string, first = indent): string {
  const room = Math.max(20, width - indent.length);
  return wrapAnsi(text, room, { hard: true })
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
