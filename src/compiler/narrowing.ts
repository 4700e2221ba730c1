import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.js";
import { canonicalJson } from "../ir/digest.js";
import type { PolicyIr } from "../ir/policy.js";
import type { NarrowingDocument, Source } from "../syntax/ast.js";
import { parseNarrowing } from "../syntax/parse.js";
import { runRules } from "./check/check.js";
import { makeContext } from "./check/context.js";
import { rules } from "./check/rules/index.js";
import { zoneOf } from "./check/typing.js";
import { bounds } from "./layers.js";
import { lowerLayer } from "./lower/layer.js";
import { collectPlaces } from "./lower/places.js";
import { programOf } from "./narrowed.js";
import type { CheckContext, Unit } from "./program.js";
import { type CompileResult, resultOf } from "./result.js";

/**
 * Compiles a narrowing: one more layer on a policy, of scope, reversibility and discernment, with its parent's names and no others
 * (language.md, *Composition*). It may come from a model. Never throws.
 */
export function compileNarrowing(source: Source, parent: PolicyIr): CompileResult {
  const { file, text } = source;
  const sources = new Map([[file, text]]);
  if (text.length > bounds.bytes) return resultOf(null, [tooLarge(file)], sources);

  const { document, diagnostics } = parseNarrowing(source);
  const program = programOf(parent, source, document, sources);
  const context = makeContext(program, { problems: [], incomplete: false });
  const found = runRules(rules, context)
    .filter(({ span }) => span.file === file)
    .map((one) => withinFile(one, file));
  const all = [...diagnostics, ...found, ...classesOf(document)];
  return resultOf(hasErrors(all) ? null : withLayer(parent, program.entry, context), all, sources);
}

const tooLarge = (file: string): Diagnostic => ({
  code: "check/unreadable-file",
  severity: "error",
  message: "the narrowing is larger than 1 MiB",
  span: { file, start: 0, end: 0 },
});

/** The parent is there as built: what it is made of has no text that a place could be shown in. */
function withinFile(diagnostic: Diagnostic, file: string): Diagnostic {
  const { related, ...rest } = diagnostic;
  const own = related?.filter(({ span }) => span.file === file) ?? [];
  return own.length === 0 ? rest : { ...rest, related: own };
}

/** Classes belong to the policy: the chain is one for all layers, and was agreed on with its principals. */
function classesOf({ declarations }: NarrowingDocument): Diagnostic[] {
  return declarations
    .filter((declaration) => declaration.kind === "Reversibility")
    .flatMap((block) => block.statements)
    .filter((statement) => statement.kind === "Class")
    .map(({ span }) => ({
      code: "check/narrowing-blocks",
      severity: "error",
      message: "a narrowing cannot declare a `class`",
      span,
      help: "treat tools as one of the policy's classes",
    }));
}

/** The parent with one layer more, behind its own; one that says what another says already adds nothing (semantics.md, T9). */
function withLayer(parent: PolicyIr, unit: Unit, { program, typing }: CheckContext): PolicyIr {
  const places = collectPlaces(program.sources, parent.spans);
  const layer = lowerLayer(unit, { types: typing.types, zoneOf: zoneOf(program), places });
  const said = new Set(parent.layers.map((one) => canonicalJson(one)));
  const layers = said.has(canonicalJson(layer)) ? parent.layers : [...parent.layers, layer];
  return { ...parent, layers, spans: places.table() };
}
