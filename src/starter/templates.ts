import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A file of a starter, by its name in the folder that it is written to. */
export interface StarterFile {
  readonly name: string;
  readonly text: string;
}

/** What a starter policy can begin from, and what it is for. */
export const templates = {
  minimal: "one file with two tools of its own, nothing extended",
  coding: "a coding agent in a work tree: files, shell, git, the web",
  email: "an assistant that answers letters",
  payments: "an assistant that pays bills",
  database: "an analyst that reads a database and writes a report",
  mcp: "an agent with the tools of an MCP server",
} as const;

export type TemplateName = keyof typeof templates;

const folder = fileURLToPath(new URL("../../policies/templates/", import.meta.url));

/** The files of a template, `policy.reshimu` among them. Throws only where the package is not whole. */
export function starterFromTemplate(name: TemplateName): StarterFile[] {
  const from = path.join(folder, name);
  return readdirSync(from)
    .sort()
    .map((file) => ({ name: file, text: readFileSync(path.join(from, file), "utf8") }));
}
