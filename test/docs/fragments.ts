import { formatNarrowing } from "../../src/index.js";
import type { Block, Page } from "./pages.js";

/**
 * A block that is no whole policy is a part of one: each of its statements is put where it belongs by its first word, a
 * statement of a block at the end of that block, any other declaration at the end of the file. A statement begins in the
 * first column and goes on in lines that do not.
 */
export function withFragment(policy: string, fragment: string): string {
  return statementsOf(fragment).reduce((text, statement) => {
    const block = blocks[/^\w+/.exec(statement)?.[0] ?? ""];
    return block === undefined ? `${text}\n${statement}\n` : intoBlock(text, block, statement);
  }, policy);
}

const words: Readonly<Record<string, string>> = {
  intent: "given",
  scope: "permit forbid limit",
  grounding: "source fact claim ground tolerance unsupported",
  reversibility: "class treat otherwise",
  discernment: "threshold gray fidelity escalate",
};

/** The block a statement belongs to, by its first word. */
const blocks: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(words).flatMap(([block, all]) => all.split(" ").map((word) => [word, block])),
);

function statementsOf(fragment: string): string[] {
  const statements: string[] = [];
  for (const line of fragment.split("\n")) {
    if (/^[A-Za-z]/.test(line)) statements.push(line);
    else if (statements.length > 0) statements.push(`${statements.pop()}\n${line}`);
  }
  return statements;
}

function intoBlock(policy: string, block: string, statement: string): string {
  const opened = policy.replace(`\n${block} {}`, `\n${block} {\n}`);
  const end = opened.indexOf("\n}", opened.indexOf(`\n${block} {`));
  const indented = statement.replace(/^(?=.)/gm, "  ");
  return `${opened.slice(0, end)}\n${indented}${opened.slice(end)}`;
}

/** What each block of a page that adds to a file (`<!-- into: FILE -->`) finds there. */
export function grownBefore(page: Page, files: ReadonlyMap<string, string>): Map<Block, string> {
  const now = new Map(files);
  const before = new Map<Block, string>();
  for (const block of page.blocks) {
    const into = block.marks.get("into");
    if (into === undefined) continue;
    const policy = now.get(into);
    if (policy === undefined) throw new Error(`${block.at}: there is no ${into} to add to`);
    before.set(block, policy);
    now.set(into, withFragment(policy, block.text));
  }
  return before;
}

/** A block that is no whole policy, in the form that `reshimu fmt` gives: neighbours that belong to one block together. */
export function formattedFragment(fragment: string): string {
  const groups: { readonly block: string | undefined; text: string }[] = [];
  for (const statement of statementsOf(fragment)) {
    const block = blocks[/^\w+/.exec(statement)?.[0] ?? ""];
    const last = groups.at(-1);
    if (last !== undefined && last.block === block) last.text += `\n${statement}`;
    else groups.push({ block, text: statement });
  }
  return groups
    .map(({ block, text }) => `${formattedGroup(block, text)}${text.endsWith("\n") ? "\n" : ""}`)
    .join("\n");
}

function formattedGroup(block: string | undefined, statements: string): string {
  const text = block === undefined ? statements : `${block} {\n${statements}\n}`;
  const made = formatNarrowing({ file: "fragment", text });
  if (!made.ok) throw new Error(made.fault ?? made.diagnostics[0]?.message);
  if (block === undefined) return made.text.trimEnd();
  return made.text.trimEnd().split("\n").slice(1, -1).join("\n").replace(/^ {2}/gm, "");
}
