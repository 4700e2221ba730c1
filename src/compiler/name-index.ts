import type { Span } from "../diagnostics/diagnostic.js";
import type * as Ast from "../syntax/ast.js";
import {
  bulletUses,
  classUses,
  givenUses,
  meantUses,
  principalUses,
  sourceUses,
  spokenUses,
  tierUses,
  type Use,
} from "./check/uses.js";
import { definitionOf, parameterDefinition, toolDefinition } from "./names.js";
import type { CheckContext, Declared, Mention, NameKind, Program, Unit } from "./program.js";

/** Every mention of every name in a program, each place once, by file and then by place. */
export interface NameIndex {
  readonly all: readonly Mention[];
  in(file: string): readonly Mention[];
  /** The mention whose name covers an offset, or ends there. */
  at(file: string, offset: number): Mention | undefined;
}

/** The index of a program: what the typing pass and the rules resolve, and the declarations themselves. */
export function indexNames(context: CheckContext): NameIndex {
  const byFile = new Map<string, Map<number, Mention>>();
  const add = (mention: Mention): void => {
    const here = byFile.get(mention.span.file) ?? new Map<number, Mention>();
    byFile.set(mention.span.file, here);
    const { start } = mention.span;
    if (!here.has(start) || mention.declares) here.set(start, mention);
  };
  for (const mention of [...context.typing.mentions, ...used(context), ...declarations(context.program)])
    add(mention);
  const sorted = new Map(
    [...byFile].map(([file, all]) => [
      file,
      [...all.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end),
    ]),
  );
  return {
    all: [...sorted.values()].flat(),
    in: (file) => sorted.get(file) ?? [],
    at: (file, offset) =>
      sorted.get(file)?.find(({ span }) => span.start <= offset && offset < span.end) ??
      sorted.get(file)?.find(({ span }) => span.end === offset),
  };
}

function* used(context: CheckContext): Generator<Mention> {
  const { program, sees } = context;
  const { symbols } = program;
  const tiers = new Map(symbols.tiers.map((tier) => [tier.name, [tier]]));
  const tables: readonly [
    NameKind,
    ReadonlyMap<string, readonly Declared<Ast.Node>[]>,
    (program: Program) => Iterable<Use>,
  ][] = [
    ["principal", symbols.principals, principalUses],
    ["bullet", symbols.bullets, bulletUses],
    ["given", symbols.givens, givenUses],
    ["class", symbols.classes, classUses],
    ["source", symbols.sources, sourceUses],
    ["bullet", symbols.bullets, meantUses],
    ["source", symbols.sources, spokenUses],
    ["tier", tiers, tierUses],
  ];
  for (const [kind, table, uses] of tables)
    for (const [unit, name] of uses(program)) {
      const found = table.get(name.text)?.find((declared) => sees(unit, declared.unit));
      if (found === undefined) continue;
      const span = lastName(unit, name.span);
      yield { span, definitions: [definitionOf(kind, found)], declares: false };
    }
}

/** The last name within a span: what a boundary holds is written `given.NAME` or `intent.NAME`. */
function lastName(unit: Unit, span: Span): Span {
  const text = unit.source.text.slice(span.start, span.end);
  const name = /(?:`[^`]*`|\w+)$/.exec(text)?.[0] ?? text;
  return { ...span, start: span.end - name.length };
}

function* declarations({ symbols }: Program): Generator<Mention> {
  const declares = true;
  const tables: readonly [NameKind, ReadonlyMap<string, readonly Declared<Ast.Node>[]>][] = [
    ["principal", symbols.principals],
    ["bullet", symbols.bullets],
    ["given", symbols.givens],
    ["source", symbols.sources],
    ["fact", symbols.facts],
    ["claim", symbols.claims],
    ["class", symbols.classes],
  ];
  for (const [kind, table] of tables)
    for (const declared of [...table.values()].flat())
      yield { span: declared.span, definitions: [definitionOf(kind, declared)], declares };
  for (const tier of symbols.tiers)
    yield { span: tier.span, definitions: [definitionOf("tier", tier)], declares };
  for (const tool of symbols.tools.values()) {
    if (tool.line === undefined) continue;
    yield { span: tool.span, definitions: [toolDefinition(tool)], declares };
    for (const { name } of tool.line.params) {
      const definition = parameterDefinition(tool, name.text);
      if (definition !== undefined) yield { span: name.span, definitions: [definition], declares };
    }
  }
}
