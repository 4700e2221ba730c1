import type { Span } from "../../../diagnostics/diagnostic.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { Name, Node } from "../../../syntax/ast.js";
import { definitionOf } from "../../names.js";
import type { Declared, NameKind, Unit } from "../../program.js";
import { report, type Work } from "./env.js";

type Table<N> = ReadonlyMap<string, readonly Declared<N>[]>;

/** The declaration that a name means in a unit, which sees its own and its bases' (language.md, *Composition*). */
export function lookup<N>(table: Table<N>, name: string, unit: Unit, work: Work): Declared<N> | undefined {
  return table.get(name)?.find((declared) => work.sees(unit, declared.unit));
}

/** The declaration a name means; reports one that means none. */
export function resolve<N extends Node>(
  table: Table<N>,
  name: Name,
  kind: NameKind,
  unit: Unit,
  work: Work,
): Declared<N> | undefined {
  const found = lookup(table, name.text, unit, work);
  if (found !== undefined) {
    work.mention(name.span, () => [definitionOf(kind, found)]);
    return found;
  }
  const hidden = table.get(name.text)?.[0];
  if (hidden === undefined)
    return unknownName(work, kind, name.text, name.span, visibleNames(table, unit, work));
  return report(
    work,
    "check/unknown-name",
    name.span,
    `${kind} \`${name.text}\` is not declared here or in what this file extends`,
    {
      related: [{ span: hidden.span, text: "declared here" }],
      help: `extend \`${hidden.unit.source.file}\`, or a file that both extend`,
    },
  );
}

export function visibleNames<N>(table: Table<N>, unit: Unit, work: Work): string[] {
  return [...table].filter(([, all]) => all.some((one) => work.sees(unit, one.unit))).map(([name]) => name);
}

/** Reports a name that means nothing, with the one that was most likely meant. */
export function unknownName(
  work: Work,
  kind: string,
  name: string,
  span: Span,
  candidates: Iterable<string>,
  help?: string,
): undefined {
  if (work.lost(name)) return undefined;
  const meant = didYouMean(name, candidates);
  const advice = meant === undefined ? help : `did you mean \`${meant}\`?`;
  return report(
    work,
    "check/unknown-name",
    span,
    `unknown ${kind} \`${name}\``,
    advice === undefined ? {} : { help: advice },
  );
}
