import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A fenced block of a page, with what the comments directly above it say of it: `<!-- file: NAME -->`. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where its fence opens, `docs/cli.md:12`. */
  readonly at: string;
  readonly marks: ReadonlyMap<string, string>;
}

/** A table under a mark: its rows, the heading first. */
export interface Table {
  readonly mark: string;
  readonly rows: readonly (readonly string[])[];
}

export interface Page {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
}

const root = new URL("../../", import.meta.url);

export const pathOf = (name: string): string => fileURLToPath(new URL(name, root));

/** The pages in `docs/`, the README, and that of the policies. */
export const pages: readonly Page[] = [
  ...readdirSync(new URL("docs/", root))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => `docs/${name}`),
  "README.md",
  "policies/README.md",
].map(readPage);

export function pageOf(name: string): Page {
  const page = pages.find((one) => one.name === name);
  if (page === undefined) throw new Error(`no page is called ${name}`);
  return page;
}

function readPage(name: string): Page {
  const text = readFileSync(pathOf(name), "utf8");
  const blocks: Block[] = [];
  const tables: Table[] = [];
  const lines = text.split("\n");
  let marks = new Map<string, string>();
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? "";
    const at = `${name}:${i + 1}`;
    const [, mark, value = ""] = /^<!-- ([a-z]+)(?:: (.*))? -->$/.exec(line) ?? [];
    const language = /^```(\w+)$/.exec(line)?.[1];
    if (mark !== undefined) marks.set(mark, value);
    else if (language !== undefined) {
      const end = lines.indexOf("```", i);
      blocks.push({ language, text: lines.slice(i + 1, end).join("\n"), at, marks });
      i = end;
    } else if (line.startsWith("|")) {
      const length = lines.slice(i).findIndex((one) => !one.startsWith("|"));
      const [first] = marks;
      tables.push({ mark: first?.join(" ").trim() ?? "", rows: rowsOf(lines.slice(i, i + length)) });
      i += length - 1;
    }
    if (mark === undefined && line !== "") marks = new Map();
  }
  return { name, text, blocks, tables };
}

function rowsOf(lines: readonly string[]): string[][] {
  const cells = (line: string): string[] => line.split(/(?<!\\)\|/).slice(1, -1);
  return lines
    .filter((line) => !/^[|\s:-]+$/.test(line))
    .map((line) => cells(line).map((cell) => cell.trim()));
}
