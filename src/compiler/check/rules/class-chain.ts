import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Declared, Rule } from "../../program.js";
import { type Found, listed, quote } from "./support/found.js";

type Class = Declared<Ast.ClassStatement>;

export const classChain: Rule = {
  code: "check/class-chain",
  severity: "error",
  summary: "the classes form one chain, from the mildest to the gravest",
  why:
    "Of several classes that an action may have, the gravest counts, and a graver class asks all that milder ones ask. Both make " +
    "sense only if of any two classes one is the graver: one class stands at the bottom, and each other one above exactly one.",
  avoid: `policy notes.classes

reversibility {
  class read
  class undoable above read
  class public   above read
}
`,
  prefer: `policy notes.classes

reversibility {
  class read
  class undoable above read
  class public   above undoable
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    const classes = [...program.symbols.classes.values()]
      .flatMap(([first]) => first ?? [])
      .filter(({ unit }) => unit.document.kind === "Policy");
    yield* forks(classes);
    yield* secondRoots(classes);
    yield* cycles(new Map(classes.map((declared) => [declared.name, declared])));
  },
};

const above = ({ node }: Class): string | undefined => node.above?.text;

function* forks(classes: readonly Class[]): Generator<Found> {
  const first = new Map<string, Class>();
  for (const one of classes) {
    const milder = above(one);
    if (milder === undefined) continue;
    const other = first.get(milder);
    if (other === undefined) first.set(milder, one);
    else {
      yield {
        message: `${listed([other.name, one.name])} both stand directly above ${quote(milder)}, so neither is the graver`,
        span: one.node.above?.span ?? one.span,
        label: "also directly above it",
        related: [{ span: other.node.above?.span ?? other.span, text: "directly above it" }],
        help: `put one above the other: \`class ${one.name} above ${other.name}\`, or the other way round`,
      };
    }
  }
}

function* secondRoots(classes: readonly Class[]): Generator<Found> {
  const [first, ...others] = classes.filter((one) => above(one) === undefined);
  if (first === undefined) return;
  for (const other of others) {
    yield {
      message: `${listed([first.name, other.name])} both stand above no class, so neither is the graver`,
      span: other.span,
      label: "above no class",
      related: [{ span: first.span, text: "above no class" }],
      help: `say which is the graver: \`class ${other.name} above …\``,
    };
  }
}

function* cycles(classes: ReadonlyMap<string, Class>): Generator<Found> {
  const done = new Set<string>();
  for (const name of classes.keys()) {
    const trail: string[] = [];
    let next: string | undefined = name;
    while (next !== undefined && !done.has(next) && !trail.includes(next)) {
      trail.push(next);
      const declared: Class | undefined = classes.get(next);
      next = declared && above(declared);
    }
    const cycle = next === undefined || done.has(next) ? [] : trail.slice(trail.indexOf(next));
    for (const visited of trail) done.add(visited);
    const start = classes.get(cycle[0] ?? "");
    if (start !== undefined) yield cycleFound(start, cycle);
  }
}

function cycleFound(start: Class, cycle: readonly string[]): Found {
  const others = cycle.slice(1);
  return {
    message:
      others.length === 0
        ? `class ${quote(start.name)} stands above itself`
        : `class ${quote(start.name)} stands above itself, by way of ${listed(others)}`,
    span: start.node.above?.span ?? start.span,
    label: "leads back",
    help: "let the mildest class stand above none, and each other one above the next milder",
  };
}
