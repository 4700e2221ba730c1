import { type CompletionItem, CompletionItemKind, type CompletionList } from "vscode-languageserver";
import { functions } from "../../compiler/check/typing/functions.js";
import { folderOf, relativePath } from "../../compiler/paths.js";
import type { CheckContext, Declared, NameKind, Unit } from "../../compiler/program.js";
import { isEnum, typeNames } from "../../compiler/types.js";
import { sourceKinds } from "../../compiler/check/rules/support/facts.js";
import { findings, validatorNames } from "../../ir/decision.js";
import { showFields, showType } from "../../ir/type.js";
import type * as Ast from "../../syntax/ast.js";
import { type Cursor, cursorAt, type Expectation } from "../../syntax/cursor.js";
import { writtenName } from "../../syntax/literals.js";
import { classesOf, classText, rulesOf } from "../tools.js";
import type { Checked, Range, Workspace } from "../workspace.js";
import {
  chainStart,
  fieldsBefore,
  openCall,
  parametersOf,
  wantedType,
  type Written,
  writtenOf,
} from "./statement.js";

/** No list is longer; the rest comes as more is typed. */
const mostItems = 500;

/** A candidate before it is put in its place. */
interface Candidate {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** What is written, where that is not the label. */
  readonly text?: string;
  /** Where it begins, where that is before the word being written: a dotted name is one. */
  readonly from?: number;
  /** Names of the user come before words of the language. */
  readonly rank: 0 | 1 | 2;
}

interface Scene {
  readonly cursor: Cursor;
  readonly written: Written;
  readonly unit: Unit;
  readonly context: CheckContext;
  readonly workspace: Workspace;
}

/** What can be written at an offset, by what the grammar expects there and what is declared. */
export function completionsAt(checked: Checked, offset: number, workspace: Workspace): CompletionList {
  const { path, context } = checked;
  const none = { isIncomplete: false, items: [] };
  const unit = context?.program.units.find((one) => one.source.file === path);
  if (context === undefined || unit === undefined) return none;
  const cursor = cursorAt({ file: path, text: workspace.document(path).getText() }, offset);
  if (cursor === undefined) return none;
  const scene = { cursor, written: writtenOf(cursor.statement, context), unit, context, workspace };
  const candidates = new Map<string, Candidate>();
  for (const expectation of cursor.expected)
    for (const one of candidatesFor(expectation, scene))
      if (!candidates.has(one.label)) candidates.set(one.label, one);
  const typed = typedBefore(scene, offset);
  const fitting = [...candidates.values()].filter(({ label }) => startsLoosely(label, typed));
  const rangeFrom = (from: number): Range =>
    workspace.rangeOf({ file: path, start: from, end: Math.max(cursor.word.end, offset) });
  return {
    isIncomplete: fitting.length > mostItems,
    items: fitting.slice(0, mostItems).map((one) => item(one, rangeFrom, cursor)),
  };
}

// The editor filters; this only keeps a long list short.
const startsLoosely = (label: string, typed: string): boolean =>
  typed === "" || label.toLowerCase().includes(typed.charAt(0).toLowerCase());

function typedBefore({ cursor, unit }: Scene, offset: number): string {
  return cursor.word.kind === "word" ? unit.source.text.slice(cursor.word.start, offset) : "";
}

function item(one: Candidate, rangeFrom: (from: number) => Range, cursor: Cursor): CompletionItem {
  const { label, kind, detail, text = label, from = cursor.word.start, rank } = one;
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    filterText: text,
    sortText: `${rank} ${label}`,
    textEdit: { range: rangeFrom(from), newText: text },
  };
}

function candidatesFor(expectation: Expectation, scene: Scene): readonly Candidate[] {
  const { token, rules } = expectation;
  if (scene.cursor.word.kind === "string") return token === "string" ? strings(rules, scene) : [];
  if (typeof token === "object") return words(token.word, scene.cursor);
  if (token === "string") return strings(rules, scene);
  if (token === "type")
    return typeNames.map((label) => ({ label, kind: CompletionItemKind.TypeParameter, rank: 0 }));
  return names(rules, scene);
}

function words(word: string, cursor: Cursor): readonly Candidate[] {
  if (!/^[a-z]/.test(word)) return [];
  const form = cursor.fresh ? cursor.formOf(word) : undefined;
  return [
    {
      label: word,
      kind: CompletionItemKind.Keyword,
      rank: cursor.statement.length === 0 ? 0 : 2,
      ...(form === undefined ? {} : { detail: form }),
    },
  ];
}

// ------------------------------------------------------------------ names

type Table = ReadonlyMap<string, readonly Declared<Ast.Node>[]>;

const kinds: Readonly<Record<NameKind, CompletionItemKind>> = {
  principal: CompletionItemKind.Constant,
  bullet: CompletionItemKind.Property,
  given: CompletionItemKind.Variable,
  tool: CompletionItemKind.Function,
  parameter: CompletionItemKind.Field,
  source: CompletionItemKind.File,
  fact: CompletionItemKind.Method,
  claim: CompletionItemKind.Variable,
  class: CompletionItemKind.Class,
  tier: CompletionItemKind.EnumMember,
  variable: CompletionItemKind.Variable,
};

/** The names that a rule asks for; none where a new one is being made up. */
function names(rules: readonly string[], scene: Scene): readonly Candidate[] {
  const { symbols } = scene.context.program;
  const rule = rules.at(-1) ?? "";
  const parent = rules.at(-2) ?? "";
  const last = scene.cursor.statement.at(-1)?.text ?? "";
  switch (rule) {
    case "toolref":
      return rules.includes("held") ? [...held(scene), ...tools(scene)] : tools(scene);
    case "dotted":
      if (parent === "tool") return tools(scene).filter(({ label }) => isImported(label, scene));
      return parent === "call" || parent === "example" ? tools(scene) : [];
    case "names":
      if (parent === "permit") return visible("bullet", symbols.bullets, scene);
      return parent === "traced" ? traced(scene) : parent === "expectDecision" ? validators() : [];
    case "traced":
      return traced(scene);
    case "asks":
    case "rung":
    case "saidStep":
    case "wordStep":
    case "answeredStep":
    case "expectAsks":
      return visible("principal", symbols.principals, scene);
    case "class":
      if (last === "above") return visible("class", symbols.classes, scene);
      return last === "confirm" ? visible("principal", symbols.principals, scene) : [];
    case "treat":
    case "otherwise":
    case "expectClass":
    case "threshold":
      return visible("class", symbols.classes, scene);
    case "from":
      return visible("source", symbols.sources, scene);
    case "worldOrigin":
      return sourceKinds.map((label) => ({ label, kind: CompletionItemKind.Module, rank: 0 }));
    case "boundary":
    case "tierStep":
      return symbols.tiers.map(({ name }) => candidate("tier", name, 0));
    case "givenStep":
    case "held":
    case "subject":
      return visible("given", symbols.givens, scene);
    case "rule":
      return visible("bullet", symbols.bullets, scene);
    case "circumstanceStep":
      return plainWords(circumstances[scene.written.pieces[0]?.text ?? ""]);
    case "expectFinding":
      return plainWords(findings[last as keyof typeof findings]);
    case "factStep":
      return last === "from"
        ? visible("source", symbols.sources, scene)
        : visible("fact", symbols.facts, scene);
    case "claimStep":
      return visible("claim", symbols.claims, scene);
    case "named":
    case "fields":
      return callArguments(scene);
    case "ref":
      return references(last, scene);
    default:
      return [];
  }
}

function candidate(kind: NameKind, name: string, rank: 0 | 1 | 2, detail?: string): Candidate {
  const text = writtenName(name);
  return {
    label: name,
    kind: kinds[kind],
    rank,
    ...(text === name ? {} : { text }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function visible(kind: NameKind, table: Table, { unit, context }: Scene): Candidate[] {
  return [...table.values()].flatMap((all) => {
    const declared = all.find((one) => context.sees(unit, one.unit));
    return declared === undefined ? [] : [candidate(kind, declared.name, 0, quoted(declared))];
  });
}

/** The declaration as written, on one line. */
function quoted({ node, unit }: Declared<Ast.Node>): string {
  return unit.source.text.slice(node.span.start, node.span.end).replace(/\s+/g, " ").slice(0, 120);
}

function tools({ context, written }: Scene): Candidate[] {
  const start = written.pieces[chainStart(written.pieces)]?.start;
  const rules = rulesOf(context);
  return [...context.program.symbols.tools.values()].map((tool) => {
    const classes = classText(classesOf(tool, rules, context));
    const detail = `(${showFields(tool.params)})${classes === "" ? "" : `: ${classes}`}`;
    return {
      label: tool.name,
      kind: CompletionItemKind.Function,
      detail,
      text: tool.name
        .split(".")
        .map((segment) => writtenName(segment))
        .join("."),
      ...(start === undefined ? {} : { from: start }),
      rank: 0,
    };
  });
}

const isImported = (name: string, { context }: Scene): boolean =>
  context.program.symbols.tools.get(name)?.imported === true;

/** What a boundary holds besides tools. */
function held({ context, written }: Scene): Candidate[] {
  if (written.pieces.at(-1)?.text !== ".") return [candidate("bullet", "intent", 0)].map(plainText);
  const root = written.pieces.at(-2)?.text;
  return root === "intent"
    ? [...context.program.symbols.bullets.keys()].map((name) => candidate("bullet", name, 0))
    : [];
}

const plainText = (one: Candidate): Candidate => ({ ...one, text: one.label });

function traced(scene: Scene): Candidate[] {
  const { sources, principals } = scene.context.program.symbols;
  const ofTools = new Map(
    [...sources].filter(([, all]) => all.some(({ node }) => node.origin.kind === "ToolOrigin")),
  );
  return [
    ...visible("source", ofTools, scene),
    ...visible("principal", principals, scene),
    { label: "intent", kind: CompletionItemKind.Keyword, rank: 1 },
  ];
}

const validators = (): Candidate[] => plainWords(validatorNames);

function callArguments({ written, context }: Scene): Candidate[] {
  const call = openCall(written, context);
  if (call === undefined) return [];
  return call.tool.params
    .filter(({ name }) => !call.given.includes(name))
    .map(({ name, type }) => ({
      ...candidate("parameter", name, 0, showType(type)),
      text: `${writtenName(name)}: `,
    }));
}

/** What a test can say of who acts. */
const circumstances: Readonly<Record<string, readonly string[]>> = {
  actor: ["id", "roles"],
  session: ["instruction"],
};

const plainWords = (all: readonly string[] = []): Candidate[] =>
  all.map((label) => ({ label, kind: CompletionItemKind.EnumMember, rank: 0 }));

const members: Readonly<Record<string, readonly string[]>> = {
  actor: ["id", "roles", "tier"],
  session: ["id", "instruction", "trust"],
};

/** What an expression can read at this place. */
function references(last: string, scene: Scene): readonly Candidate[] {
  const { written, unit, context } = scene;
  const { givens, claims, facts } = context.program.symbols;
  if (last === ".") {
    const root = written.pieces.at(-2)?.text ?? "";
    const isRoot = written.pieces.at(-3)?.text !== ".";
    if (isRoot && root === "given") return visible("given", givens, scene);
    if (isRoot && root === "claim") return visible("claim", claims, scene);
    if (isRoot && Object.hasOwn(members, root)) return plainWords(members[root]);
    return fieldsBefore(written, unit, context).map(({ name, type }) =>
      candidate("parameter", name, 0, showType(type)),
    );
  }
  return [
    ...written.variables.map((name) => candidate("variable", name, 0)),
    ...parametersOf(written).map(({ name, type }) => candidate("parameter", name, 0, showType(type))),
    ...visible("fact", facts, scene).map((one) => ({ ...one, rank: 1 as const })),
    ...[...functions].map(([label, { takes }]) => ({
      label,
      kind: CompletionItemKind.Function,
      detail: `takes ${takes}`,
      rank: 2 as const,
    })),
  ];
}

// ------------------------------------------------------------------ strings

function strings(rules: readonly string[], scene: Scene): readonly Candidate[] {
  const { written, unit, context, cursor } = scene;
  const last = cursor.statement.at(-1)?.text ?? "";
  if (rules.includes("header")) return last === "zone" ? zones() : policies(scene);
  const type = wantedType(written, unit, context);
  if (type === undefined || !isEnum(type)) return [];
  return type.enum.map((member) => ({
    label: JSON.stringify(member),
    kind: CompletionItemKind.EnumMember,
    rank: 0,
  }));
}

const zones = (): Candidate[] =>
  Intl.supportedValuesOf("timeZone").map((zone) => ({
    label: JSON.stringify(zone),
    kind: CompletionItemKind.Constant,
    rank: 0,
  }));

/** The other policies of the workspace, as this file would name them. */
function policies({ unit, workspace }: Scene): Candidate[] {
  const { file } = unit.source;
  return workspace.entries
    .filter((path) => path !== file && !path.includes(":"))
    .map((path) => {
      const written = relativePath(folderOf(file), path);
      return {
        label: JSON.stringify(written.startsWith(".") ? written : `./${written}`),
        kind: CompletionItemKind.File,
        rank: 0,
      };
    });
}
