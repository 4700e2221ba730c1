import type { Node } from "../../../../syntax/ast.js";
import type { CheckContext, Program, Unit } from "../../../program.js";
import { wordsOfInvalid } from "../../lost.js";

/** Whether every declaration of a file could be read, and every file it extends: then what is missing is truly missing. */
export function isWhole(unit: Unit): boolean {
  const { document } = unit;
  if (document.declarations.some((declaration) => declaration.kind === "Invalid")) return false;
  if (document.kind === "Narrowing") return true;
  return document.header !== undefined && document.header.extends.length === unit.bases.length;
}

/** Whether a block holds a statement that could not be read, or is never closed. */
export function isBroken({ sources }: Program, block: Block): boolean {
  if (block.statements.some((statement) => statement.kind === "Invalid")) return true;
  return sources.get(block.span.file)?.[block.span.end - 1] !== "}";
}

type Block = Node & { readonly statements: readonly { readonly kind: string }[] };

/** Whether a file sees one whose first line could not be read, or that extends something that could not be. */
export function seesBroken({ program, sees }: CheckContext, unit: Unit): boolean {
  return program.units
    .filter((other) => sees(unit, other))
    .some(({ document, bases }) => {
      if (document.kind === "Narrowing") return false;
      return document.header === undefined || document.header.extends.length !== bases.length;
    });
}

const lost = new WeakMap<Program, ReadonlySet<string>>();

/**
 * Whether a name that `unit` uses may have been declared in something that could not be read. Such a name is not called
 * unknown; the broken text has its own diagnostic.
 */
export function mayBeHidden(context: CheckContext, unit: Unit, name: string): boolean {
  const words = lost.get(context.program) ?? wordsOfInvalid(context.program);
  lost.set(context.program, words);
  return words.has(name) || seesBroken(context, unit);
}

/** Whether every file of the program could be read whole. */
export const allWhole = ({ program }: CheckContext): boolean => program.units.every(isWhole);

/** Whether all files of the commission could be read. */
export function commissionIsWhole(context: CheckContext): boolean {
  return context.program.units.filter((unit) => unit.commission).every(isWhole);
}
