import type { Span } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { parsePolicy } from "../syntax/parse.js";
import type { Comment, PolicyDocument, Source, Text } from "../syntax/ast.js";
import { folderOf, resolvePath } from "./paths.js";
import type { Files, Problem, Unit } from "./program.js";

/** What one policy may at most be made of: a policy can come from anywhere, and reading it must end. */
export const bounds = { files: 200, depth: 50, bytes: 1024 * 1024 } as const;

/** The files of a policy, parsed; a problem where one could not be taken in. */
export interface Loaded {
  /** Absent where the entry file itself could not be read. */
  readonly entry: Unit | undefined;
  /** Bases before what extends them, each file once, the entry last. */
  readonly units: readonly Unit[];
  readonly sources: ReadonlyMap<string, string>;
  /** What the parser said. */
  readonly diagnostics: readonly Diagnostic[];
  readonly problems: readonly Problem[];
}

/** A unit while its commission is not yet known. */
interface File {
  readonly source: Source;
  readonly document: PolicyDocument;
  readonly comments: readonly Comment[];
  readonly bases: File[];
}

interface Loading {
  readonly files: Files;
  readonly parse: typeof parsePolicy;
  readonly byPath: Map<string, File | "unreadable">;
  readonly order: File[];
  readonly diagnostics: Diagnostic[];
  readonly problems: Problem[];
}

/** Where a file is named: the `extends` of another, absent for the entry. */
interface Link {
  readonly path: string;
  readonly text: Text | undefined;
}

/** Reads and parses a policy with all it extends (language.md, *Composition*): diamonds once, cycles reported and cut. */
export function loadUnits(path: string, files: Files, parse = parsePolicy): Loaded {
  const loading: Loading = { files, parse, byPath: new Map(), order: [], diagnostics: [], problems: [] };
  const entry = load(loading, { path, text: undefined }, []);
  const { diagnostics, problems } = loading;
  const sources = new Map(loading.order.map((file) => [file.source.file, file.source.text]));
  if (entry === undefined) return { entry: undefined, units: [], sources, diagnostics, problems };

  const units = asUnits(loading.order);
  return { entry: units.at(-1), units, sources, diagnostics, problems };
}

/** Loads a file after those it extends; `trail` is how it was come to, the entry first. */
function load(loading: Loading, link: Link, trail: readonly Link[]): File | undefined {
  const known = loading.byPath.get(link.path);
  if (known !== undefined) return known === "unreadable" ? undefined : known;

  const source = read(loading, link, trail);
  if (source === undefined) {
    loading.byPath.set(link.path, "unreadable");
    return undefined;
  }
  const { document, comments, diagnostics } = loading.parse(source);
  loading.diagnostics.push(...diagnostics);
  const file: File = { source, document, comments, bases: [] };
  loading.byPath.set(link.path, file);

  const here = [...trail, link];
  for (const text of document.header?.extends ?? []) {
    const path = asBasePath(link.path, text.value);
    const base = loadBase(loading, { path: loading.files.locate?.(path) ?? path, text }, here);
    if (base !== undefined && !file.bases.includes(base)) file.bases.push(base);
  }
  loading.order.push(file);
  return file;
}

function loadBase(loading: Loading, link: Link, trail: readonly Link[]): File | undefined {
  const cycle = trail.findIndex((earlier) => earlier.path === link.path);
  if (cycle >= 0) {
    loading.problems.push(cycleProblem(link, trail.slice(cycle)));
    return undefined;
  }
  return load(loading, link, trail);
}

/** The file that the path in an `extends` means; a folder means its `policy.reshimu` (language.md, *Declarations*). */
export function asBasePath(file: string, written: string): string {
  const path = resolvePath(folderOf(file), written);
  return path.endsWith(".reshimu") || path.endsWith(".json") ? path : `${path}/policy.reshimu`;
}

function read(loading: Loading, link: Link, trail: readonly Link[]): Source | undefined {
  const problem = (code: "unreadable-file" | "too-many-files", message: string, help: string) => {
    loading.problems.push({ code: `check/${code}`, message, span: spanOf(link), help });
    return undefined;
  };
  if (trail.length > bounds.depth)
    return problem(
      "too-many-files",
      `\`extends\` goes more than ${bounds.depth} files deep`,
      "extend fewer policies",
    );
  if (loading.byPath.size >= bounds.files)
    return problem(
      "too-many-files",
      `the policy has more than ${bounds.files} files`,
      "extend fewer policies",
    );
  const found = readText(loading.files, link.path);
  if ("error" in found)
    return problem("unreadable-file", `cannot read \`${link.path}\`: ${found.error}`, unreadableHelp(link));
  return { file: link.path, text: found.text };
}

const unreadableHelp = (link: Link): string =>
  link.text === undefined
    ? "give the path of a policy file"
    : "a path starts at the file that writes it, `std/…` at the package";

/** Reads a file within bounds; whatever the reader does, an error is an answer. */
export function readText(files: Files, path: string): { readonly text: string } | { readonly error: string } {
  try {
    const found = files.read(path);
    if ("text" in found && found.text.length > bounds.bytes) return { error: "it is larger than 1 MiB" };
    return found;
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function cycleProblem(link: Link, cycle: readonly Link[]): Problem {
  const [first, next] = cycle;
  const path = `\`${link.path}\``;
  return {
    code: "check/extends-cycle",
    message:
      cycle.length === 1 ? `${path} extends itself` : `${path} extends itself by way of ${throughOf(cycle)}`,
    span: spanOf(link),
    label: "leads back",
    related:
      next === undefined || first === undefined ? [] : [{ span: spanOf(next), text: "the way begins here" }],
    help: "take one of the two `extends` away, or move what both need to a third file",
  };
}

const throughOf = (cycle: readonly Link[]): string =>
  cycle
    .slice(1)
    .map((link) => `\`${link.path}\``)
    .join(", ");

const spanOf = (link: Link): Span => link.text?.span ?? { file: link.path, start: 0, end: 0 };

function asUnits(order: readonly File[]): Unit[] {
  const commission = commissionOf(order);
  const units = new Map<File, Unit>();
  for (const file of order) {
    const bases = file.bases.flatMap((base) => units.get(base) ?? []);
    units.set(file, {
      source: file.source,
      document: file.document,
      comments: file.comments,
      bases,
      commission: commission.has(file),
    });
  }
  return [...units.values()];
}

/** The files that write the intent, and all they extend (semantics.md, *Layers*). */
function commissionOf(order: readonly File[]): Set<File> {
  const found = new Set<File>();
  const waiting = order.filter(writesIntent);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...file.bases);
  }
  return found;
}

const writesIntent = (file: File): boolean =>
  file.document.declarations.some((declaration) => declaration.kind === "Intent");
