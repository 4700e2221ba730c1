import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression, Name, Reference } from "../../src/syntax/ast.js";
import { formatNarrowing, formatPolicy } from "../../src/syntax/format/format.js";
import { bare, expression, policy } from "./support.js";

/** Every part in parentheses of its own: what is meant stands there without any rule of precedence. */
function explicit(tree: Expression): string {
  switch (tree.kind) {
    case "Number":
      return tree.decimal ? tree.value.toFixed(3) : String(tree.value);
    case "Duration":
      return `${tree.milliseconds}ms`;
    case "String":
      return JSON.stringify(tree.value);
    case "Bool":
      return String(tree.value);
    case "List":
      return `[${allOf(tree.elements)}]`;
    case "Reference":
      return reference(tree);
    case "Calls": {
      const window = tree.window === undefined ? [] : [`${tree.window.milliseconds}ms`];
      const args = tree.args.map((arg) => `${quoted(arg.name)}: ${explicit(arg.value)}`);
      return `calls(${[...tree.tools.map((tool) => tool.pattern), ...window, ...args].join(", ")})`;
    }
    case "Has":
      return `(has ${reference(tree.of)})`;
    case "Not":
      return `(not ${part(tree.operand)})`;
    case "Negate":
      return `(- ${part(tree.operand)})`;
    case "Binary":
      return `(${part(tree.left)} ${tree.operator} ${part(tree.right)})`;
    case "Match":
      return `(${part(tree.operand)} ${tree.operator} ${JSON.stringify(tree.pattern.value)})`;
    case "TracedTo":
      return `(${part(tree.operand)} traced to [${tree.sources.map(quoted).join(", ")}])`;
    case "If":
      return `(if ${part(tree.condition)} then ${part(tree.then)} else ${part(tree.else)})`;
    case "Quantified":
      return `(${tree.quantifier} ${quoted(tree.variable)} in ${tree.lists.map(part).join(", ")}: ${part(tree.body)})`;
    case "Tally":
      return `(${tree.tally} ${quoted(tree.variable)} in ${tree.lists.map(part).join(", ")}: ${part(tree.body)})`;
    default:
      return tree.kind.toLowerCase();
  }
}

const part = (tree: Expression): string => `(${explicit(tree)})`;
const allOf = (trees: readonly Expression[]): string => trees.map(explicit).join(", ");
const quoted = (named: Name): string => `\`${named.text}\``;

function reference({ root, name: called, args, fields }: Reference): string {
  const listed = args === undefined ? "" : `(${allOf(args)})`;
  const path = fields.map((field) => `.${quoted(field)}`).join("");
  return `${root === "name" ? "" : `${root}.`}${quoted(called)}${listed}${path}`;
}

const span = { file: "test.reshimu", start: 0, end: 0 };
const node = { span };

const nameText = fc.oneof(
  fc.constantFrom("a", "b", "to", "count", "sum", "not", "null", "given", "list", "when"),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }).filter((text) => !/[`\n\r]/.test(text)),
);
const name = nameText.map((written) => ({ ...node, text: written }));
const textValue = fc
  .string({ unit: "grapheme", maxLength: 6 })
  .filter((value) => !/\p{Surrogate}/u.test(value));
const word = <const T extends string>(...words: T[]) => fc.constantFrom(...words);

const constants: fc.Arbitrary<Expression> = fc.oneof(
  fc.maxSafeNat().map((value): Expression => ({ ...node, kind: "Number", value, decimal: false })),
  fc.nat().map((value): Expression => ({ ...node, kind: "Number", value: value / 1000, decimal: true })),
  fc.nat().map((milliseconds): Expression => ({ ...node, kind: "Duration", milliseconds })),
  textValue.map((value): Expression => ({ ...node, kind: "String", value })),
  fc.boolean().map((value): Expression => ({ ...node, kind: "Bool", value })),
  fc.constant<Expression>({ ...node, kind: "Now" }),
);

const { expr } = fc.letrec<{ expr: Expression; reference: Extract<Expression, { kind: "Reference" }> }>(
  (tie) => {
    const list = fc.array(tie("expr"), { maxLength: 3 });
    const lists = fc.array(tie("expr"), { minLength: 1, maxLength: 2 });
    const qualified = fc.record({
      ...constant({ kind: "Reference" as const, args: undefined }),
      root: word("given", "claim", "actor", "session"),
      name,
      fields: fc.array(name, { maxLength: 2 }),
    });
    const plain = fc.record({
      ...constant({ kind: "Reference" as const, root: "name" as const }),
      name,
      args: fc.option(list, { nil: undefined }),
      fields: fc.array(name, { maxLength: 2 }),
    });
    const binary = fc.record({
      ...constant({ kind: "Binary" as const }),
      operator: word(
        "and",
        "or",
        "and",
        "or",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "in",
        "not in",
        "within",
        "+",
        "-",
        "*",
        "/",
      ),
      left: tie("expr"),
      right: tie("expr"),
    });
    return {
      reference: fc.oneof(qualified, plain),
      expr: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        constants,
        tie("reference"),
        binary,
        fc.record({ ...constant({ kind: "Not" as const }), operand: tie("expr") }),
        fc.record({ ...constant({ kind: "Negate" as const }), operand: tie("expr") }),
        fc.record({ ...constant({ kind: "Has" as const }), of: tie("reference") }),
        fc.record({ ...constant({ kind: "List" as const }), elements: list }),
        fc.record({
          ...constant({ kind: "Match" as const }),
          operator: word("like", "matches"),
          operand: tie("expr"),
          pattern: textValue.map((value) => ({ ...node, value })),
        }),
        fc.record({
          ...constant({ kind: "TracedTo" as const }),
          operand: tie("expr"),
          sources: fc.array(name, { minLength: 1, maxLength: 2 }),
        }),
        fc.record({
          ...constant({ kind: "If" as const }),
          condition: tie("expr"),
          then: tie("expr"),
          else: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Quantified" as const }),
          quantifier: word("every", "some", "no"),
          variable: name,
          lists,
          body: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Tally" as const }),
          tally: word("count", "sum"),
          variable: name,
          lists,
          body: tie("expr"),
        }),
        fc.record({
          ...constant({ kind: "Calls" as const }),
          tools: fc.array(
            word("a", "a.b", "a.*", "*", "a*").map((pattern) => ({ ...node, pattern })),
            { minLength: 1, maxLength: 2 },
          ),
          window: fc.option(
            fc.nat().map((milliseconds) => ({ ...node, milliseconds })),
            { nil: undefined },
          ),
          args: fc.array(fc.record({ ...constant({}), name, value: tie("expr") }), { maxLength: 2 }),
        }),
      ) as fc.Arbitrary<Expression>,
    };
  },
);

function constant<T extends object>(
  values: T,
): { [K in keyof T]: fc.Arbitrary<T[K]> } & { span: fc.Arbitrary<typeof span> } {
  const fixed = Object.fromEntries(
    Object.entries({ ...node, ...values }).map(([key, value]) => [key, fc.constant(value)]),
  );
  return fixed as { [K in keyof T]: fc.Arbitrary<T[K]> } & { span: fc.Arbitrary<typeof span> };
}

it("reads any expression as it is meant, and lays it out as that", () => {
  fc.assert(
    fc.property(expr, (tree) => {
      const text = explicit(tree);
      const { document, diagnostics } = expression(text);
      expect(diagnostics, text).toEqual([]);
      expect(bare(document), text).toEqual(bare(tree));
      const made = formatNarrowing({ file: "a", text: `scope { permit a when ${text} }` });
      expect(made, text).toMatchObject({ ok: true });
      expect(made.ok && formatNarrowing({ file: "a", text: made.text })).toEqual(made);
    }),
    { numRuns: 1000 },
  );
});

describe("the steps of a test are printed as they were meant", () => {
  it.each([
    'for each a, to, `class` in\n    [1, authorize, "x"],\n    [[-2.5, true], unknown, lead],\n    [{ b: 3 }, within, `tier`]',
    'actor.roles = ["a", b]',
    'session.instruction = "x"',
    "now = `class`",
    "fact f(a, 1) from `in` = absent",
    "fact f() = unknown",
    'observe t(x: a) fails "no"',
    "claim c = a confidence to",
    'propose t(x: [a, "b"]) confidence 0.5 message "m"',
    "confirmed by a",
    "refused by a",
    "answered by a about given.`not` = true",
    'answered by a about gray because "x" = false',
    "expect outcome from scope by limit",
    'expect return by forbid serving `has` because "x"',
    "expect scope within",
    "expect discernment refused",
    "expect class light",
    "expect confidence at most 0.5",
    "expect confidence sure",
    "expect remedy narrow-action by permit serving a",
    "expect remedy wait",
    "expect asks lead",
    "expect asks lead about fidelity",
  ])("%s", (line) => {
    const { document, diagnostics } = policy(`policy p\ntest "t" {\n${line}\n}`);
    expect(diagnostics).toEqual([]);
    const made = formatPolicy({ file: "a", text: `policy p\ntest "t" {\n${line}\n}` });
    expect(made.ok && made.text).toContain(`\n  ${line}\n`);
    expect(bare(policy(made.ok ? made.text : "").document)).toEqual(bare(document));
  });
});
