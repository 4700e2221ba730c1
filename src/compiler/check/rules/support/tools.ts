import type * as Ast from "../../../../syntax/ast.js";
import { coversTool } from "../../../holdings.js";
import type { CheckContext, Unit } from "../../../program.js";

/** The names of the declared tools that a list of references covers. */
export const namesOf = (
  refs: readonly Ast.ToolRef[],
  { toolsOf }: Pick<CheckContext, "toolsOf">,
): ReadonlySet<string> => new Set(refs.flatMap((ref) => toolsOf(ref).map((tool) => tool.name)));

/** Whether a pattern covers all that another one does. */
export const coversPattern = (wide: string, narrow: string): boolean =>
  wide.endsWith("*") ? coversTool(wide, narrow.replace(/\*$/, "")) : wide === narrow;

/** Whether every tool of `inner` is covered by one of `outer`, by what is written: so too for tools that nobody declares yet. */
export const covers = (outer: readonly Ast.ToolRef[], inner: readonly Ast.ToolRef[]): boolean =>
  inner.every((one) => outer.some((other) => coversPattern(other.pattern, one.pattern)));

/** Whether one of the references covers a tool by name. */
export const coversOne = (refs: readonly Ast.ToolRef[], tool: string): boolean =>
  refs.some(({ pattern }) => coversTool(pattern, tool));

/**
 * The files whose declarations nobody else can use: the one with the intent and what extends it. A base is used by policies that
 * are not at hand, and so is everything where there is no intent.
 */
export function ownUnits({ program }: CheckContext): readonly Unit[] {
  const { intentUnit, units } = program;
  return intentUnit === undefined
    ? []
    : units.filter((unit) => unit === intentUnit || (!unit.commission && unit.document.kind === "Policy"));
}

/** What patterns with a star say, found by what they cover without going through all. */
export class StarIndex<T> {
  readonly #byStem = new Map<string, { readonly place: number; readonly value: T }[]>();
  readonly #lengths = new Set<number>();
  #count = 0;

  add(pattern: string, value: T): void {
    const stem = pattern.slice(0, -1);
    const entry = { place: this.#count, value };
    const others = this.#byStem.get(stem);
    if (others === undefined) this.#byStem.set(stem, [entry]);
    else others.push(entry);
    this.#lengths.add(stem.length);
    this.#count += 1;
  }

  /** The first added that covers a tool, or all that a pattern does, and is wanted. */
  covering(pattern: string, wanted: (value: T) => boolean = () => true): T | undefined {
    const stem = pattern.replace(/\*$/, "");
    const firsts = [...this.#lengths].flatMap((length) => {
      const all = length <= stem.length ? this.#byStem.get(stem.slice(0, length)) : undefined;
      return all?.find(({ value }) => wanted(value)) ?? [];
    });
    return firsts.sort((a, b) => a.place - b.place)[0]?.value;
  }
}

/** Statements by the tools they cover, so that asking for one does not go through all. */
export class ToolIndex<N extends { readonly tools: readonly Ast.ToolRef[] }> {
  readonly #exact = new Map<string, N>();
  readonly #stars = new StarIndex<N>();

  constructor(nodes: Iterable<N>) {
    for (const node of nodes)
      for (const { pattern } of node.tools) {
        if (pattern.endsWith("*")) this.#stars.add(pattern, node);
        else if (!this.#exact.has(pattern)) this.#exact.set(pattern, node);
      }
  }

  /** A statement for one of these tools, where there is one for each of them. */
  covering(refs: readonly Ast.ToolRef[], wanted?: (node: N) => boolean): N | undefined {
    const found = refs.map(({ pattern }) => {
      const exact = this.#exact.get(pattern);
      if (exact !== undefined && wanted?.(exact) !== false) return exact;
      return this.#stars.covering(pattern, wanted);
    });
    return found.includes(undefined) ? undefined : found[0];
  }
}

/** Whether a list of tools means all there are, and all there will be. */
export const isOnlyStar = (refs: readonly Ast.ToolRef[]): boolean =>
  refs.some(({ pattern }) => pattern === "*");
