import type { Json } from "../../ir/json.js";
import type { TestIr } from "../../ir/policy.js";
import type { FieldIr, TypeIr } from "../../ir/type.js";
import type * as Ast from "../../syntax/ast.js";
import { literalJson, literalValue } from "../check/typing/literals.js";
import type { Program, Unit } from "../program.js";
import { fieldsOf, typeOf } from "../types.js";
import { byId, sortedNames } from "./order.js";
import { identified, type Lowering } from "./layer.js";

type StepIr = TestIr["steps"][number];

/** What a test's values are measured by. */
interface Bench {
  readonly program: Program;
  readonly zone: string;
}

/**
 * The entry's own tests. Those of its bases are examples of another policy: what is authorized there need not be here, for an
 * extension narrows (language.md, *Composition*).
 */
export function lowerTests(program: Program, lowering: Lowering): TestIr[] {
  const bench = { program, zone: lowering.zoneOf(program.entry) };
  return byId(
    testsOf(program.entry).map((test) =>
      identified(lowering.places, "test", test, {
        name: test.name.value,
        steps: test.steps.flatMap((step) => (step.kind === "Invalid" ? [] : lowerStep(step, bench))),
      }),
    ),
  );
}

const testsOf = (unit: Unit): Ast.TestDeclaration[] =>
  unit.document.declarations.filter((one) => one.kind === "Test");

function lowerStep(step: Ast.TestStep, bench: Bench): StepIr {
  const { symbols } = bench.program;
  switch (step.kind) {
    case "TierStep":
      return { step: "tier", tier: step.tier.text };
    case "GivenStep": {
      const type = symbols.givens.get(step.name.text)?.[0]?.node.type;
      return {
        step: "given",
        name: step.name.text,
        value: testValue(step.value, type && typeOf(type), bench),
      };
    }
    case "NowStep":
      return { step: "now", time: timeOf(step.time, bench) };
    case "FactStep":
      return lowerFactStep(step, bench);
    case "SaidStep":
      return { step: "said", by: step.by.text, text: step.text.value };
    case "ObserveStep": {
      const { tool, args } = lowerCall(step.call, bench);
      return { step: "observe", tool, args, output: literalJson(step.returns) };
    }
    case "ClaimStep": {
      const type = symbols.claims.get(step.name.text)?.[0]?.node.type;
      const value = jsonOf(step.value, type && typeOf(type), bench);
      return { step: "claim", name: step.name.text, value, ...confidenceOf(step) };
    }
    case "ProposeStep":
      return { step: "propose", ...lowerCall(step.call, bench), ...confidenceOf(step) };
    case "ConfirmedStep":
      return { step: "confirmed", by: step.by.text };
    case "ExpectStep":
      return {
        step: "expect",
        decision: step.decision,
        from: sortedNames(step.from.map((name) => name.text)),
      };
  }
}

function lowerFactStep(step: Extract<Ast.TestStep, { kind: "FactStep" }>, bench: Bench): StepIr {
  const fact = bench.program.symbols.facts.get(step.name.text)?.[0]?.node;
  const params = fact === undefined ? [] : fieldsOf(fact.params);
  return {
    step: "fact",
    name: step.name.text,
    args: step.args.map((arg, index) => jsonOf(arg, params[index]?.type, bench)),
    value: testValue(step.value, fact && typeOf(fact.type), bench),
  };
}

function lowerCall(
  call: Ast.ExampleCall,
  bench: Bench,
): { readonly tool: string; readonly args: { [name: string]: Json } } {
  const params: readonly FieldIr[] = bench.program.symbols.tools.get(call.tool.text)?.params ?? [];
  const args = call.args.map(({ name, value }): [string, Json] => {
    const param = params.find((candidate) => candidate.name === name.text);
    return [name.text, jsonOf(value, param?.type, bench)];
  });
  return { tool: call.tool.text, args: Object.fromEntries(args) };
}

function testValue(
  value: Ast.TestValue,
  type: TypeIr | undefined,
  bench: Bench,
): "unknown" | { value: Json } {
  return value === "unknown" ? "unknown" : { value: jsonOf(value, type, bench) };
}

/** A literal in the internal form of its type; as JSON where it does not fit, for an example can show just that. */
function jsonOf(literal: Ast.Literal, type: TypeIr | undefined, { zone }: Bench): Json {
  if (type === undefined) return literalJson(literal);
  const result = literalValue(literal, type, zone);
  return result.ok ? result.value : literalJson(literal);
}

function timeOf(text: Ast.Text, { zone }: Bench): number {
  const result = literalValue({ kind: "StringLiteral", value: text.value, span: text.span }, "time", zone);
  return result.ok && typeof result.value === "number" ? result.value : 0;
}

const confidenceOf = ({
  confidence,
}: {
  readonly confidence: Ast.NumberNode | undefined;
}): { confidence?: number } => (confidence === undefined ? {} : { confidence: confidence.value });
