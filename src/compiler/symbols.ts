import { didYouMean } from "../diagnostics/did-you-mean.js";
import type * as Ast from "../syntax/ast.js";
import { readText } from "./layers.js";
import { folderOf, resolvePath } from "./paths.js";
import type { Declared, DeclaredTool, Files, Problem, Symbols, Unit } from "./program.js";
import { type ImportedTool, importTools, refineParams } from "./tools-import.js";
import { fieldsOf } from "./types.js";

/** The names of a program, and what was wrong with its imported tools. */
export interface Collected {
  readonly symbols: Symbols;
  readonly problems: readonly Problem[];
  /** Whether a list of tools could not be taken in, so that tools may be missing. */
  readonly incomplete: boolean;
}

type Table<N> = Map<string, Declared<N>[]>;

interface Tables {
  readonly principals: Table<Ast.PrincipalDeclaration>;
  readonly bullets: Table<Ast.Bullet>;
  readonly givens: Table<Ast.Given>;
  readonly sources: Table<Ast.SourceStatement>;
  readonly facts: Table<Ast.FactStatement>;
  readonly claims: Table<Ast.ClaimStatement>;
  readonly classes: Table<Ast.ClassStatement>;
  readonly tiers: Declared<Ast.Name>[];
}

/** Collects every declared name of the units, in their order (language.md, *Declarations*). */
export function collectSymbols(units: readonly Unit[], files: Files): Collected {
  const { tools, problems, incomplete } = collectTools(units, files);
  return { symbols: { ...collectNames(units), tools }, problems, incomplete };
}

/** All declared names but those of tools. */
export function collectNames(units: readonly Unit[]): Omit<Symbols, "tools"> {
  const tables: Tables = {
    principals: new Map(),
    bullets: new Map(),
    givens: new Map(),
    sources: new Map(),
    facts: new Map(),
    claims: new Map(),
    classes: new Map(),
    tiers: [],
  };
  for (const unit of units)
    for (const declaration of unit.document.declarations) collect(tables, unit, declaration);
  return tables;
}

function collect(tables: Tables, unit: Unit, declaration: Ast.Declaration): void {
  if (declaration.kind === "Principal") add(tables.principals, unit, declaration);
  // A second line of tiers is a duplicate; the first is the one that counts.
  if (declaration.kind === "Tiers" && tables.tiers.length === 0)
    for (const node of declaration.names) tables.tiers.push({ name: node.text, unit, node, span: node.span });
  if (!("statements" in declaration)) return;
  for (const statement of declaration.statements) collectStatement(tables, unit, statement);
}

type Statement = Extract<Ast.Declaration, { readonly statements: readonly unknown[] }>["statements"][number];

function collectStatement(tables: Tables, unit: Unit, statement: Statement): void {
  if (statement.kind === "Bullet") add(tables.bullets, unit, statement);
  if (statement.kind === "Given") add(tables.givens, unit, statement);
  if (statement.kind === "Source") add(tables.sources, unit, statement);
  if (statement.kind === "Fact") add(tables.facts, unit, statement);
  if (statement.kind === "Claim") add(tables.claims, unit, statement);
  if (statement.kind === "Class") add(tables.classes, unit, statement);
}

function add<N extends { readonly name: Ast.Name }>(table: Table<N>, unit: Unit, node: N): void {
  const declared = { name: node.name.text, unit, node, span: node.name.span };
  const earlier = table.get(declared.name);
  if (earlier === undefined) table.set(declared.name, [declared]);
  else earlier.push(declared);
}

interface CollectingTools {
  readonly tools: Map<string, DeclaredTool>;
  readonly problems: Problem[];
  incomplete: boolean;
}

function collectTools(units: readonly Unit[], files: Files): CollectingTools {
  const collecting: CollectingTools = { tools: new Map(), problems: [], incomplete: false };
  for (const unit of units) {
    // Imports first: a `tool` line of the same file refines them, wherever it stands.
    for (const declaration of unit.document.declarations)
      if (declaration.kind === "ToolsImport") takeIn(collecting, unit, declaration, files);
    for (const declaration of unit.document.declarations)
      if (declaration.kind === "Tool") declareTool(collecting, unit, declaration);
  }
  return collecting;
}

function takeIn(collecting: CollectingTools, unit: Unit, node: Ast.ToolsImport, files: Files): void {
  const path = resolvePath(folderOf(unit.source.file), node.path.value);
  const span = node.path.span;
  const found = readText(files, path);
  if ("error" in found) {
    const message = `cannot read \`${path}\`: ${found.error}`;
    collecting.problems.push({
      code: "check/unreadable-file",
      message,
      span,
      help: "a path starts at the file that writes it",
    });
    collecting.incomplete = true;
    return;
  }
  const result = importTools(found.text);
  if (result.error !== undefined) {
    const message = `\`${path}\` is no list of tools: ${result.error}`;
    collecting.problems.push({
      code: "check/bad-tools-file",
      message,
      span,
      help: "give the answer of an MCP server to `tools/list`",
    });
    collecting.incomplete = true;
    return;
  }
  for (const tool of result.tools) addImported(collecting, unit, tool, span);
}

function addImported(
  collecting: CollectingTools,
  unit: Unit,
  tool: ImportedTool,
  span: Ast.Name["span"],
): void {
  const earlier = collecting.tools.get(tool.name);
  if (earlier === undefined) {
    const { name, params, annotated } = tool;
    collecting.tools.set(name, { name, params, annotated, unit, span, imported: true });
    return;
  }
  collecting.problems.push(
    duplicate(`tool \`${tool.name}\` is imported, and declared already`, span, earlier),
  );
}

function declareTool(collecting: CollectingTools, unit: Unit, node: Ast.ToolDeclaration): void {
  const name = node.name.text;
  const earlier = collecting.tools.get(name);
  const params = fieldsOf(node.params);
  const declared: DeclaredTool = { name, unit, params, span: node.name.span, imported: false, line: node };
  if (earlier === undefined) {
    collecting.tools.set(name, declared);
  } else if (earlier.imported && earlier.unit === unit && earlier.refinedAt === undefined) {
    refine(collecting, earlier, node, declared);
  } else {
    collecting.problems.push(duplicate(`tool \`${name}\` is declared twice`, node.name.span, earlier));
  }
}

function refine(
  collecting: CollectingTools,
  imported: DeclaredTool,
  node: Ast.ToolDeclaration,
  line: DeclaredTool,
): void {
  const { params, problems } = refineParams(imported.params, line.params);
  collecting.tools.set(line.name, { ...imported, ...line, params, imported: true, refinedAt: line.span });
  for (const { param, problem } of problems) {
    const written = node.params.find(({ name }) => name.text === param);
    const meant = didYouMean(
      param,
      imported.params.map(({ name }) => name),
    );
    collecting.problems.push({
      code: "check/bad-refinement",
      message: `\`${param}\` of \`${line.name}\` ${problem}`,
      span: (written ?? node).span,
      related: [{ span: imported.span, text: "imported here" }],
      help:
        problem.startsWith("is no parameter") && meant !== undefined
          ? `did you mean \`${meant}\`?`
          : refinements,
    });
  }
}

const refinements = "a string can become a path, url, email, time or enum, a number an int, json anything";

const duplicate = (message: string, span: Ast.Name["span"], earlier: DeclaredTool): Problem => ({
  code: "check/duplicate",
  message,
  span,
  related: [{ span: earlier.span, text: earlier.imported ? "imported here" : "declared here" }],
  help: "take one of the two away",
});
