import { readFileSync } from "node:fs";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Checked, type Range, Workspace } from "../../src/lsp/workspace.js";

/** Where the cursor stands in a text. */
export const mark = "‸";

/** A policy that declares one of everything. */
export const desk = readFileSync(new URL("desk.reshimu", import.meta.url), "utf8");

export interface Scene {
  readonly workspace: Workspace;
  readonly checked: Checked;
  readonly path: string;
  readonly offset: number;
}

/**
 * A workspace of open files by name, in one folder; the file that has the mark is looked at, else the first. Files that begin with
 * `disk:` are only on disk.
 */
export function scene(files: { readonly [name: string]: string }): Scene {
  const onDisk = new Map<string, string>();
  const workspace = new Workspace(
    {
      read: (file) => {
        const text = onDisk.get(file);
        return text === undefined ? { error: "there is no such file" } : { text };
      },
    },
    (file) => onDisk.get(file),
  );
  let looked: { readonly path: string; readonly offset: number } | undefined;
  for (const [name, marked] of Object.entries(files)) {
    const path = `/project/${name.replace("disk:", "")}`;
    const text = marked.replace(mark, "");
    const offset = marked.indexOf(mark);
    if (name.startsWith("disk:")) {
      onDisk.set(path, text);
      if (path.endsWith(".reshimu")) workspace.add(path);
    } else workspace.open(TextDocument.create(`file://${path}`, "reshimu", 1, text));
    if (looked === undefined || offset >= 0) looked = { path, offset };
  }
  const { path, offset } = looked ?? { path: "", offset: 0 };
  return { workspace, checked: workspace.check(path), path, offset };
}

/** The running policy with a cursor put behind the first place where a text stands; `in` puts other text there first. */
export function inDesk(place: string, text = place): string {
  if (!desk.includes(place.replace(mark, ""))) throw new Error(`the policy has no ${place}`);
  return desk.replace(place.replace(mark, ""), text.includes(mark) ? text : `${text}${mark}`);
}

export function textAt(range: Range, path: string, workspace: Workspace): string {
  return workspace.document(path).getText(range as never);
}

/** `line:column text` of a location in its file, both from 1. */
export function shown(
  { uri, range }: { readonly uri: string; readonly range: Range },
  workspace: Workspace,
): string {
  const path = workspace.pathOf(uri);
  const name = path.split("/").at(-1);
  return `${name}:${range.start.line + 1}:${range.start.character + 1} ${textAt(range, path, workspace)}`;
}
