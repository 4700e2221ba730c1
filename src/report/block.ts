import wrapAnsi from "wrap-ansi";

/** A report, before it is text or Markdown. Texts of blocks are safe to print; `code` is the policy's language, or an agent's words. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** `depth`: 0 for an entry, 1 for what belongs to one. */
  | {
      readonly kind: "item";
      readonly depth: number;
      readonly text: string;
      readonly code?: string | undefined;
    };

export const heading = (text: string): Block => ({ kind: "heading", text });
export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
export const item = (depth: number, text: string, inCode?: string): Block => ({
  kind: "item",
  depth,
  text,
  code: inCode,
});

export type ReportFormat = "text" | "markdown";

/** Lines of a report, without one at the end. `width`: where text is wrapped. */
export function written(blocks: readonly Block[], format: ReportFormat, width: number): string {
  const lines = blocks.map((block) => (format === "markdown" ? asMarkdown(block) : asText(block, width)));
  return lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function asText(block: Block, width: number): string {
  switch (block.kind) {
    case "heading":
      return `\n${block.text}`;
    case "paragraph":
      return wrapped(block.text, width, "");
    case "item": {
      const indent = "  ".repeat(block.depth + 1);
      return wrapped(
        [block.text, block.code].filter((one) => one !== undefined && one !== "").join(" "),
        width,
        indent,
      );
    }
  }
}

const wrapped = (line: string, width: number, indent: string): string =>
  wrapAnsi(line, Math.max(20, width - indent.length - 2), { hard: true })
    .split("\n")
    .map((one, i) => `${indent}${i === 0 || indent === "" ? "" : "  "}${one}`.trimEnd())
    .join("\n");

function asMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `\n### ${plain(block.text)}\n`;
    case "paragraph":
      return `${plain(block.text)}\n`;
    case "item": {
      const words = [plain(block.text), ...(block.code === undefined ? [] : [code(block.code)])];
      return `${"  ".repeat(block.depth)}- ${words.filter((word) => word !== "").join(" ")}`;
    }
  }
}

/** What Markdown would read as a sign is only a character. */
const plain = (line: string): string => line.replace(/[\\`*_[\]<>#!|~&]/g, "\\$&");

/** A span of code holds any text: its fence is longer than any run of backquotes in it. */
function code(line: string): string {
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
