import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Declared, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { alreadyFound } from "./support/typed.js";
import { declarationsOf, nodesOfKind, statementsOf } from "./support/walk.js";

export const duplicate: Rule = {
  code: "check/duplicate",
  severity: "error",
  summary: "a name is declared once in a policy and all that it extends",
  why:
    "Names are inherited and never redefined: where a reviewer reads `owner`, or a class `permanent`, it means what its one " +
    "declaration says, in whichever file that stands. If an extension could declare it anew, it would change the rules it extends.",
  avoid: `policy notes.rules

principal owner "Head of the team"
principal owner "Editor of the week"
`,
  prefer: `policy notes.rules

principal owner  "Head of the team"
principal editor "Editor of the week"
`,
  *check(context: CheckContext): Iterable<Found> {
    yield* alreadyFound(context, "check/duplicate");
    for (const [noun, table] of tablesOf(context)) {
      for (const declarations of table.values()) yield* redeclared(context, noun, declarations);
    }
    yield* inLists(context);
    yield* boundaries(context);
    for (const { node } of statementsOf(context.program, "Fact")) {
      const sources = node.from.map((origin) => origin.source);
      yield* twice(
        sources,
        (name) => `fact ${quote(node.name.text)} asks source ${quote(name)} twice`,
        askedOnce,
      );
    }
  },
};

const askedOnce = "take one away: a source that answers twice gives no more support than once";

type Table = ReadonlyMap<string, readonly Declared<Ast.Node>[]>;

function tablesOf({ program }: CheckContext): (readonly [string, Table])[] {
  const { principals, bullets, givens, sources, facts, claims, classes } = program.symbols;
  // Of two intents the second is reported as such, and not each of its names besides.
  const oneIntent = [...declarationsOf(program, "Intent")].length < 2;
  return [
    ["principal", principals],
    ...(oneIntent
      ? ([
          ["bullet", bullets],
          ["given", givens],
        ] as const)
      : []),
    ["source", sources],
    ["fact", facts],
    ["claim", claims],
    ["class", classes],
  ];
}

function* redeclared(
  context: CheckContext,
  noun: string,
  [first, ...others]: readonly Declared<Ast.Node>[],
): Generator<Found> {
  if (first === undefined) return;
  for (const other of others) {
    // Of what a narrowing cannot declare at all, `check/narrowing-blocks` speaks.
    if (other.unit.document.kind === "Narrowing") continue;
    const name = quote(other.name);
    const inherited = other.unit !== first.unit && context.sees(other.unit, first.unit);
    yield {
      message: inherited
        ? `${noun} ${name} is inherited, and declared anew`
        : `${noun} ${name} is declared twice`,
      span: other.span,
      label: "again",
      related: [{ span: first.span, text: "first here" }],
      help: inherited
        ? "names are inherited and never redefined: take this line away, or give it a name of its own"
        : "take one of the two away, or give it a name of its own",
    };
  }
}

/** Parameters, fields, members of an enum and tiers: each list by itself. */
function* inLists({ program }: CheckContext): Generator<Found> {
  const rename = "take one of the two away, or give it a name of its own";
  for (const { node } of declarationsOf(program, "Tiers")) {
    yield* twice(node.names, (name) => `tier ${quote(name)} is named twice`, rename);
  }
  for (const { document } of program.units) {
    for (const kind of ["Tool", "Fact", "RecordType", "EnumType", "RecordLiteral"] as const)
      for (const node of nodesOfKind<Listing>(document, kind)) yield* inList(node);
  }

  function* inList(node: Listing): Generator<Found> {
    switch (node.kind) {
      case "Tool":
      case "Fact":
        return yield* parameters(node.params, "parameter");
      case "RecordType":
        return yield* parameters(node.fields, "field");
      case "EnumType": {
        const members = node.members.map(({ value, span }) => ({ text: value, span }));
        const told = (name: string) => `${quote(name)} is a member of this enum twice`;
        return yield* twice(members, told, "take one of the two away");
      }
      case "RecordLiteral": {
        const fields = node.fields.map((field) => field.name);
        const told = (name: string) => `field ${quote(name)} is given twice`;
        return yield* twice(fields, told, "take one of the two away");
      }
    }
  }

  function parameters(params: readonly Ast.Param[], noun: string): Generator<Found> {
    const names = params.map((param) => param.name);
    return twice(names, (name) => `${noun} ${quote(name)} is declared twice`, rename);
  }
}

/** The nodes that hold lists of names. */
type Listing =
  | Ast.ToolDeclaration
  | Ast.FactStatement
  | Extract<Ast.TypeNode, { readonly kind: "RecordType" | "EnumType" }>
  | Extract<Ast.Literal, { readonly kind: "RecordLiteral" }>;

function* boundaries({ program }: CheckContext): Generator<Found> {
  const names = [...declarationsOf(program, "Boundary")].map(({ node: { from, to } }) => ({
    text: `${from.text} -> ${to.text}`,
    span: { ...from.span, end: to.span.end },
  }));
  yield* twice(
    names,
    (name) => `boundary ${quote(name)} is declared twice`,
    "join the two: order has no meaning in them",
  );
}

/** Each name in a list that an earlier one already has. */
function* twice(
  names: readonly Pick<Ast.Name, "text" | "span">[],
  message: (name: string) => string,
  help: string,
): Generator<Found> {
  const first = new Map<string, Ast.Name["span"]>();
  for (const { text, span } of names) {
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, span);
    else
      yield {
        message: message(text),
        span,
        label: "again",
        related: [{ span: earlier, text: "first here" }],
        help,
      };
  }
}
