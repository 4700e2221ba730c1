import type { Json } from "../../ir/json.js";
import type { RuleRefIr, SubjectIr, TestIr, TestStepIr } from "../../ir/policy.js";
import type { FieldIr, TypeIr } from "../../ir/type.js";
import type * as Ast from "../../syntax/ast.js";
import { literalJson, literalValue } from "../check/typing/literals.js";
import type { Program, Unit } from "../program.js";
import { casesOf, degreeOf, type TestCase } from "../rows.js";
import { fieldsOf, typeOf } from "../types.js";
import { byId, sortedNames } from "./order.js";
import { because, identified, type Lowering } from "./layer.js";

/** What a test's values are measured by. */
interface Bench {
  readonly program: Program;
  readonly zone: string;
}

/**
 * The entry's own tests, one for each row. Those of its bases are examples of another policy: what is authorized there need not
 * be here, for an extension narrows (language.md, *Composition*).
 */
export function lowerTests(program: Program, lowering: Lowering): TestIr[] {
  const bench = { program, zone: lowering.zoneOf(program.entry) };
  return byId(
    testsOf(program.entry).flatMap((test) =>
      casesOf(test).cases.map((one) => lowerCase(test, one, bench, lowering)),
    ),
  );
}

const testsOf = (unit: Unit): Ast.TestDeclaration[] =>
  unit.document.declarations.filter((one) => one.kind === "Test");

function lowerCase(test: Ast.TestDeclaration, one: TestCase, bench: Bench, { places }: Lowering): TestIr {
  const steps = one.steps.filter((step): step is Ast.TestStep => step.kind !== "Invalid");
  const ir = identified(
    places,
    "test",
    { span: one.row?.span ?? test.span },
    {
      name: one.title,
      ...(one.row === undefined ? {} : { row: one.row.text }),
      steps: steps.flatMap((step) => lowerStep(step, bench)),
    },
  );
  for (const [index, { span }] of steps.entries()) places.add(`${ir.id}:${index}`, span);
  return ir;
}

function lowerStep(step: Ast.TestStep, bench: Bench): TestStepIr[] {
  const { symbols } = bench.program;
  switch (step.kind) {
    // Put in already.
    case "RowsStep":
      return [];
    case "TierStep":
      return [{ step: "tier", tier: step.tier.text }];
    case "CircumstanceStep":
      return [lowerCircumstance(step)];
    case "GivenStep": {
      const type = symbols.givens.get(step.name.text)?.[0]?.node.type;
      const value = testValue(step.value, type && typeOf(type), bench);
      return [{ step: "given", name: step.name.text, value }];
    }
    case "NowStep": {
      const time = jsonOf(step.time, "time", bench);
      return [{ step: "now", time: typeof time === "number" ? time : 0 }];
    }
    case "FactStep":
      return [lowerFactStep(step, bench)];
    case "SaidStep":
      return [{ step: "said", by: step.by.text, text: step.text.value }];
    case "ObserveStep": {
      const output = literalJson(step.returns);
      return [
        { step: "observe", ...lowerCall(step.call, bench), output, ...(step.fails ? { error: true } : {}) },
      ];
    }
    case "ClaimStep": {
      const type = symbols.claims.get(step.name.text)?.[0]?.node.type;
      const value = jsonOf(step.value, type && typeOf(type), bench);
      return [{ step: "claim", name: step.name.text, value, ...confidenceOf(step) }];
    }
    case "ProposeStep": {
      const message = step.message === undefined ? {} : { message: step.message.value };
      return [{ step: "propose", ...lowerCall(step.call, bench), ...confidenceOf(step), ...message }];
    }
    case "ConfirmedStep":
      return [{ step: "confirmed", by: step.by.text }];
    case "RefusedStep":
      return [{ step: "refused", by: step.by.text }];
    case "AnsweredStep": {
      const about = subjectOf(step.about);
      const type = "given" in about ? symbols.givens.get(about.given)?.[0]?.node.type : undefined;
      const answer = jsonOf(step.answer, type && typeOf(type), bench);
      return [{ step: "answered", by: step.by.text, about, answer }];
    }
    default:
      return [lowerExpect(step)];
  }
}

function lowerExpect(step: Ast.ExpectStep): TestStepIr {
  switch (step.kind) {
    case "ExpectStep":
      return {
        step: "expect",
        decision: typeof step.decision === "string" ? step.decision : "return",
        from: sortedNames(step.from.map((name) => name.text)),
        ...(step.by === undefined ? {} : { by: ruleOf(step.by) }),
      };
    case "ExpectFindingStep":
      return {
        step: "expect-finding",
        validator: step.validator.text as Extract<TestStepIr, { step: "expect-finding" }>["validator"],
        finding: step.finding.text,
      };
    case "ExpectClassStep":
      return { step: "expect-class", class: step.class.text };
    case "ExpectConfidenceStep":
      return {
        step: "expect-confidence",
        ...(step.bound === undefined ? {} : { bound: step.bound }),
        value: degreeOf(step.value)?.value ?? 0,
      };
    case "ExpectRemedyStep":
      return {
        step: "expect-remedy",
        kind: step.remedy.text,
        ...(step.by === undefined ? {} : { by: ruleOf(step.by) }),
      };
    case "ExpectAsksStep":
      return {
        step: "expect-asks",
        principal: step.principal.text,
        ...(step.about === undefined ? {} : { about: subjectOf(step.about) }),
      };
  }
}

function ruleOf(ref: Ast.RuleRef): RuleRefIr {
  return {
    rule: ref.rule,
    ...(ref.serving === undefined ? {} : { serving: ref.serving.text }),
    ...because(ref),
  };
}

const subjectOf = (subject: Ast.Subject): SubjectIr =>
  subject.kind === "GivenSubject" ? { given: subject.name.text } : ruleOf(subject.rule);

function lowerCircumstance({ root, name, value }: Ast.CircumstanceStep): TestStepIr {
  const json = literalJson(value);
  if (root === "session") return { step: "instruction", text: String(json) };
  return name.text === "id"
    ? { step: "actor", id: String(json) }
    : { step: "actor", roles: Array.isArray(json) ? json.map(String) : [] };
}

function lowerFactStep(step: Extract<Ast.TestStep, { kind: "FactStep" }>, bench: Bench): TestStepIr {
  const fact = bench.program.symbols.facts.get(step.name.text)?.[0]?.node;
  const params = fact === undefined ? [] : fieldsOf(fact.params);
  return {
    step: "fact",
    name: step.name.text,
    args: step.args.map((arg, index) => jsonOf(arg, params[index]?.type, bench)),
    ...(step.from === undefined ? {} : { from: step.from.text }),
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
): "unknown" | "absent" | { value: Json } {
  return typeof value === "string" ? value : { value: jsonOf(value, type, bench) };
}

/** A literal in the internal form of its type; as JSON where it does not fit, for an example can show just that. */
function jsonOf(literal: Ast.Literal, type: TypeIr | undefined, { zone }: Bench): Json {
  if (type === undefined) return literalJson(literal);
  const result = literalValue(literal, type, zone);
  return result.ok ? result.value : literalJson(literal);
}

const confidenceOf = ({
  confidence,
}: {
  readonly confidence: Ast.Degree | undefined;
}): { confidence?: number } => {
  const number = degreeOf(confidence);
  return number === undefined ? {} : { confidence: number.value };
};
