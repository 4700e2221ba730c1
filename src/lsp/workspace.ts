import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Analysis, analysePolicy } from "../compiler/compile.js";
import { indexNames, type NameIndex } from "../compiler/name-index.js";
import type { CheckContext, Files } from "../compiler/program.js";
import type { Span } from "../diagnostics/diagnostic.js";
import { diskFiles, diskPath, filesOf } from "../files.js";
import {
  defaultProject,
  findProject,
  type Project,
  projectFileName,
  type TextOf,
  textOnDisk,
  underProject,
} from "../project.js";
import { type ParseResult, parsePolicy } from "../syntax/parse.js";
import type { PolicyDocument, Source } from "../syntax/ast.js";
import { type Piece, pieces } from "../syntax/pieces.js";

/** A policy checked as an entry, as long as nothing that it read changes. */
export interface Checked {
  /** The entry's path. */
  readonly path: string;
  /** Its diagnostics are those that the project makes of them, as `check` tells them. */
  readonly analysis: Analysis;
  /** Of the nearest `reshimu.json`. */
  readonly project: Project;
  readonly context: CheckContext | undefined;
  readonly names: NameIndex;
  /** Every path that was asked for, whether or not it could be read. */
  readonly reads: ReadonlySet<string>;
}

/** A range as the protocol counts: lines and UTF-16 units from 0. */
export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A path that is no file: of a text that was never saved, or of another machine's. A drive of Windows is no scheme. */
const isUri = (path: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]+:/.test(path);

/** Whether a path is that of a `reshimu.json`. */
export const isProjectFile = (path: string): boolean => path.endsWith(`/${projectFileName}`);

const noNames: NameIndex = { all: [], in: () => [], at: () => undefined };

/**
 * The files of an editor: open buffers over what is on disk, and every policy checked as an entry of its own, remembered until
 * something it read changes. A file that did not change is parsed once.
 */
export class Workspace {
  readonly #open = new Map<string, TextDocument>();
  /** URIs as the client writes them, which may differ in what they escape. */
  readonly #uris = new Map<string, string>();
  readonly #known = new Set<string>();
  readonly #checked = new Map<string, Checked>();
  readonly #parsed = new Map<
    string,
    { readonly text: string; readonly result: ParseResult<PolicyDocument> }
  >();
  readonly #documents = new Map<string, TextDocument>();
  /** An open document is one object through all its versions. */
  readonly #pieces = new WeakMap<
    TextDocument,
    { readonly version: number; readonly all: readonly Piece[] }
  >();
  readonly #disk: Files;
  readonly #textOf: TextOf;

  /** What lies on disk: policies and lists of tools, and the texts of `reshimu.json`. */
  constructor(disk: Files = diskFiles, textOf: TextOf = textOnDisk) {
    this.#disk = disk;
    this.#textOf = textOf;
  }

  // ---------------------------------------------------------------- names of files

  pathOf(uri: string): string {
    const path = uri.startsWith("file:") ? fileURLToPath(uri).replaceAll("\\", "/") : uri;
    this.#uris.set(path, uri);
    return path;
  }

  uriOf(path: string): string {
    const known = this.#uris.get(path);
    if (known !== undefined) return known;
    return isUri(path) ? path : pathToFileURL(diskPath(path)).href;
  }

  // ---------------------------------------------------------------- texts

  /** Takes in what the editor has open; its text counts, whatever is on disk. */
  open(document: TextDocument): string {
    const path = this.pathOf(document.uri);
    this.#open.set(path, document);
    if (!isProjectFile(path)) this.#known.add(path);
    this.changed(path);
    return path;
  }

  close(uri: string): string {
    const path = this.pathOf(uri);
    this.#open.delete(path);
    this.changed(path);
    if (this.textOf(path) === undefined) this.#known.delete(path);
    return path;
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /** Adds a policy that lies on disk. */
  add(path: string): void {
    this.#known.add(path);
  }

  remove(path: string): void {
    if (this.#open.has(path)) return;
    this.#known.delete(path);
    this.#parsed.delete(path);
  }

  /** Every policy that is known, open ones first. */
  get entries(): readonly string[] {
    const open = [...this.#open.keys()].filter((path) => !isProjectFile(path));
    return [...new Set([...open, ...this.#known])];
  }

  /** The text of a file as the compiler reads it. */
  textOf(path: string): string | undefined {
    const found = this.#files.read(path);
    return "text" in found ? found.text : undefined;
  }

  /** A file as lines and columns; an unreadable one is empty. */
  document(path: string): TextDocument {
    const known = this.#open.get(path) ?? this.#documents.get(path);
    if (known !== undefined) return known;
    const document = TextDocument.create(this.uriOf(path), "reshimu", 0, this.textOf(path) ?? "");
    this.#documents.set(path, document);
    return document;
  }

  pieces(path: string): readonly Piece[] {
    const document = this.document(path);
    const { version } = document;
    const earlier = this.#pieces.get(document);
    if (earlier?.version === version) return earlier.all;
    const all = pieces({ file: path, text: document.getText() });
    this.#pieces.set(document, { version, all });
    return all;
  }

  rangeOf(span: Span): Range {
    const document = this.document(span.file);
    return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
  }

  // ---------------------------------------------------------------- checking

  /** A file has changed, on disk or in the editor: what read it has to be checked anew. */
  changed(path: string): void {
    this.#documents.delete(path);
    for (const [entry, { reads }] of this.#checked)
      if (entry === path || reads.has(path)) this.#checked.delete(entry);
  }

  isFresh(path: string): boolean {
    return this.#checked.has(path);
  }

  /** A policy as an entry, checked anew only where something that it read has changed. */
  check(path: string): Checked {
    const earlier = this.#checked.get(path);
    if (earlier !== undefined) return earlier;
    const checked = this.checkWith(path, this.#files, (source) => this.#parse(source));
    this.#checked.set(path, checked);
    return checked;
  }

  /** As `check`, with other texts in place of some files; nothing of it is remembered. */
  checkAs(path: string, texts: ReadonlyMap<string, string>): Checked {
    const read = (file: string) => {
      const text = texts.get(file);
      return text === undefined ? this.#files.read(file) : { text };
    };
    return this.checkWith(path, { read }, parsePolicy);
  }

  private checkWith(entry: string, files: Files, parse: typeof parsePolicy): Checked {
    const reads = new Set<string>();
    const project = this.#projectOf(entry, reads);
    const { locate = (file: string) => file } = filesOf(project);
    const found = analysePolicy(
      entry,
      {
        locate,
        read: (file) => {
          const at = locate(file);
          reads.add(at);
          return files.read(at);
        },
      },
      parse,
    );
    const analysis = { ...found, diagnostics: underProject(found.diagnostics, project) };
    const { context } = analysis;
    let names: NameIndex | undefined;
    return {
      path: entry,
      analysis,
      project,
      context,
      get names() {
        names ??= context === undefined ? noNames : indexNames(context);
        return names;
      },
      reads,
    };
  }

  /** The project of a policy; what was asked for on the way to it is added to `reads`. */
  #projectOf(entry: string, reads: Set<string>): Project {
    if (isUri(entry)) return defaultProject;
    const project = findProject(dirname(entry), (file) => {
      reads.add(file);
      return this.#open.get(file)?.getText() ?? this.#textOf(file);
    });
    // It may have changed without anybody telling.
    if (project.file !== undefined && this.#documents.get(project.file)?.getText() !== project.text)
      this.#documents.delete(project.file);
    return project;
  }

  readonly #files: Files = {
    read: (path) => {
      const open = this.#open.get(path);
      if (open !== undefined) return { text: open.getText() };
      const found = this.#disk.read(path);
      // It may have changed without anybody telling.
      if ("text" in found && this.#documents.get(path)?.getText() !== found.text)
        this.#documents.delete(path);
      return found;
    },
  };

  #parse(source: Source): ParseResult<PolicyDocument> {
    const earlier = this.#parsed.get(source.file);
    if (earlier?.text === source.text) return earlier.result;
    const result = parsePolicy(source);
    this.#parsed.set(source.file, { text: source.text, result });
    return result;
  }
}
