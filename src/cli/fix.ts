import { readFile, realpath } from "node:fs/promises";
import {
  applyFixes,
  type Diagnostic,
  indexLines,
  loadPolicyFile,
  parsePolicy,
  type PolicyFile,
  type Project,
} from "../index.js";
import { gathered, type Sources } from "./diagnostics.js";
import { couldNotRun } from "./failure.js";
import { writeWhole } from "./write-file.js";

/** A fix may uncover another one; more rounds than this are a fault of ours. */
const mostRounds = 20;

/** What a repair was, and where it stood before. */
export interface Repair {
  readonly diagnostic: Diagnostic;
  readonly line: number;
  readonly column: number;
}

/** What fixing policies gave: what is left to say of them, and what was repaired. */
export interface FixedPolicies {
  readonly files: readonly PolicyFile[];
  readonly repairs: readonly Repair[];
}

/**
 * Repairs what has a certain repair in the named policies, and in no other file: what they extend may belong to somebody else.
 * All is tried in memory first; files are written, each as a whole, only if the result reads no worse than before.
 */
export async function fixPolicies(
  paths: readonly string[],
  project: Project | undefined,
): Promise<FixedPolicies> {
  const load = (changed: ReadonlyMap<string, string>): Promise<PolicyFile[]> =>
    Promise.all(paths.map((path) => loadPolicyFile(path, { project, changed })));
  const own = new Set(paths.map((path) => path.replaceAll("\\", "/")));
  const before = await load(new Map());
  const repairs: Repair[] = [];
  const texts = new Map<string, string>();
  let files = before;
  for (let round = 0; round < mostRounds; round += 1) {
    const { diagnostics, sources } = gathered(files);
    const editable = new Map([...sources].filter(([file]) => own.has(file)));
    const fixed = applyFixes(diagnostics, editable);
    if (fixed.applied.length === 0) break;
    repairs.push(...fixed.applied.map((one) => placed(one, sources)));
    for (const [file, text] of fixed.texts) texts.set(file, text);
    files = await load(texts);
  }
  const originals = gathered(before).sources;
  refuseWorse(texts, originals, before, files);
  for (const [file, text] of texts) await replace(file, originals.get(file) ?? "", text);
  return { files, repairs };
}

function placed(diagnostic: Diagnostic, sources: Sources): Repair {
  const { file, start } = diagnostic.span;
  const { line, column } = indexLines(sources.get(file) ?? "").positionAt(start);
  return { diagnostic, line, column };
}

/** A repair is certain, or it is none: should one ever be wrong, nothing is written. */
function refuseWorse(
  changed: ReadonlyMap<string, string>,
  originals: Sources,
  before: readonly PolicyFile[],
  after: readonly PolicyFile[],
): void {
  const slips = (name: string, text: string): number => parsePolicy({ file: name, text }).diagnostics.length;
  const worse = [...changed].find(([name, now]) => slips(name, now) > slips(name, originals.get(name) ?? ""));
  const lost = before.find(({ policy }, i) => policy !== null && after[i]?.policy === null);
  if (worse === undefined && lost === undefined) return;
  const file = worse?.[0] ?? lost?.diagnostics[0]?.span.file ?? "";
  throw couldNotRun(
    `nothing was fixed: \`${file}\` would not read as well as before\nplease report this, with the file`,
  );
}

/** Writes a file unless somebody else has changed it meanwhile; a link stays one. */
async function replace(file: string, original: string, text: string): Promise<void> {
  const at = await realpath(file);
  if ((await readFile(at, "utf8")) !== original)
    throw couldNotRun(`\`${file}\` has changed while it was read: run it again`);
  await writeWhole(at, text);
}
