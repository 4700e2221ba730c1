import type { PolicyIr, SourceIr } from "../ir/policy.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import type * as Ast from "../syntax/ast.js";
import type { DeclaredTool, Program, Unit } from "./program.js";
import { collectNames } from "./symbols.js";
import { isEnum, isList } from "./types.js";

/**
 * A compiled policy as the base of a narrowing: its names, as if a file of no text declared them. What such a file would be told
 * is nobody's business here, so that its path is one that no source has.
 */
export function programOf(
  policy: PolicyIr,
  source: Ast.Source,
  document: Ast.NarrowingDocument,
  sources: ReadonlyMap<string, string>,
): Program {
  const base: Unit = {
    source: { file: parentFile, text: "" },
    document: {
      kind: "Policy",
      span: nowhere,
      header: headerOf(policy),
      declarations: declarationsOf(policy),
    },
    comments: [],
    bases: [],
    commission: true,
  };
  const entry: Unit = { source, document, comments: [], bases: [base], commission: false };
  const units = [base, entry];
  return {
    entry,
    units,
    intentUnit: policy.intent === null ? undefined : base,
    symbols: { ...collectNames(units), tools: toolsOf(policy, base) },
    narrowedZone: policy.zone,
    sources,
  };
}

function toolsOf({ tools }: PolicyIr, unit: Unit): Map<string, DeclaredTool> {
  return new Map(
    tools.map(({ annotated = [], ...tool }) => [
      tool.name,
      { ...tool, unit, annotated, span: nowhere, imported: true },
    ]),
  );
}

const parentFile = "\0policy";
const nowhere = { file: parentFile, start: 0, end: 0 } as const;

const nameNode = (text: string): Ast.Name => ({ text, span: nowhere });
const textNode = (value: string): Ast.Text => ({ value, span: nowhere });
const numberNode = (value: number): Ast.NumberNode => ({
  value,
  decimal: !Number.isInteger(value),
  span: nowhere,
});
const toolRef = (pattern: string): Ast.ToolRef => ({ pattern, span: nowhere });

function dotted(text: string): Ast.Dotted {
  return { text, segments: text.split(".").map(nameNode), span: nowhere };
}

const headerOf = (policy: PolicyIr): Ast.Header => ({
  name: dotted(policy.name),
  extends: [],
  zone: textNode(policy.zone),
  span: nowhere,
});

function declarationsOf(policy: PolicyIr): Ast.Declaration[] {
  return [
    ...policy.principals.map(principalNode),
    ...intentNodes(policy),
    { kind: "Grounding", span: nowhere, statements: groundingNodes(policy) },
    { kind: "Reversibility", span: nowhere, statements: classNodes(policy) },
    ...tierNodes(policy),
    ...policy.boundaries.map(boundaryNode),
  ];
}

const principalNode = ({ name, display, key }: PolicyIr["principals"][number]): Ast.PrincipalDeclaration => ({
  kind: "Principal",
  name: nameNode(name),
  display: textNode(display),
  key: key === undefined ? undefined : textNode(key),
  span: nowhere,
});

function intentNodes({ intent }: PolicyIr): Ast.IntentDeclaration[] {
  if (intent === null) return [];
  const bullets = intent.bullets.map(
    ({ name, text }): Ast.Bullet => ({
      kind: "Bullet",
      name: nameNode(name),
      text: textNode(text),
      span: nowhere,
    }),
  );
  const givens = intent.givens.map(
    ({ name, type }): Ast.Given => ({
      kind: "Given",
      name: nameNode(name),
      type: typeNode(type),
      value: undefined,
      asks: undefined,
      span: nowhere,
    }),
  );
  return [{ kind: "Intent", span: nowhere, statements: [...bullets, ...givens] }];
}

function groundingNodes(policy: PolicyIr): Ast.GroundingBlock["statements"][number][] {
  const sources = policy.sources.map(
    (source): Ast.SourceStatement => ({
      kind: "Source",
      name: nameNode(source.name),
      origin: originNode(source),
      trust: numberNode(source.trust),
      fresh: undefined,
      timeout: undefined,
      span: nowhere,
    }),
  );
  const facts = policy.facts.map(
    (fact): Ast.FactStatement => ({
      kind: "Fact",
      name: nameNode(fact.name),
      optional: fact.optional,
      params: fact.params.map(paramNode),
      type: typeNode(fact.type),
      from: fact.from.map(({ source, lookup }) => ({
        source: nameNode(source),
        lookup: lookup === undefined ? undefined : textNode(lookup),
        span: nowhere,
      })),
      agree: fact.agree === undefined ? undefined : numberNode(fact.agree),
      span: nowhere,
    }),
  );
  const claims = policy.claims.map(
    ({ name, type }): Ast.ClaimStatement => ({
      kind: "Claim",
      name: nameNode(name),
      type: typeNode(type),
      span: nowhere,
    }),
  );
  return [...sources, ...facts, ...claims];
}

function originNode(source: SourceIr): Ast.WorldOrigin | Ast.ToolOrigin {
  if (source.kind !== "tool")
    return { kind: "World", type: nameNode(source.kind), locator: textNode(source.locator), span: nowhere };
  const { tools, fields, asText } = source;
  return {
    kind: "ToolOrigin",
    tools: tools.map(toolRef),
    fields: fields.map(dotted),
    asText,
    when: undefined,
    span: nowhere,
  };
}

function classNodes({ classes }: PolicyIr): Ast.ClassStatement[] {
  return classes.map(({ name, confidence, confirm }, index) => {
    const milder = classes[index - 1];
    return {
      kind: "Class",
      name: nameNode(name),
      above: milder === undefined ? undefined : nameNode(milder.name),
      confidence: confidence === undefined ? undefined : numberNode(confidence),
      confirm: confirm === undefined ? undefined : nameNode(confirm),
      limit: undefined,
      span: nowhere,
    };
  });
}

const tierNodes = ({ tiers }: PolicyIr): Ast.TiersDeclaration[] =>
  tiers.length === 0
    ? []
    : [{ kind: "Tiers", names: tiers.map((tier) => nameNode(tier.name)), span: nowhere }];

function boundaryNode(boundary: PolicyIr["boundaries"][number]): Ast.BoundaryDeclaration {
  const verbs = ["carries", "withholds", "grants", "passes"] as const;
  const statements = verbs
    .filter((verb) => boundary[verb].length > 0)
    .map(
      (verb): Ast.HoldStatement => ({
        kind: "Hold",
        verb,
        held: boundary[verb].map(heldNode),
        span: nowhere,
      }),
    );
  return {
    kind: "Boundary",
    from: nameNode(boundary.from),
    to: nameNode(boundary.to),
    statements,
    span: nowhere,
  };
}

function heldNode(text: string): Ast.Held {
  if (text.startsWith("given."))
    return { kind: "HeldGiven", name: text.slice("given.".length), span: nowhere };
  if (text.startsWith("intent."))
    return { kind: "HeldBullet", name: text.slice("intent.".length), span: nowhere };
  return { kind: "HeldTool", pattern: text, span: nowhere };
}

/** A type as its type expression. */
function typeNode(type: TypeIr): Ast.TypeNode {
  if (typeof type === "string") return { kind: "NamedType", name: type, span: nowhere };
  if (isEnum(type)) return { kind: "EnumType", members: type.enum.map(textNode), span: nowhere };
  if (isList(type)) return { kind: "ListType", element: typeNode(type.list), span: nowhere };
  return { kind: "RecordType", fields: type.record.map(paramNode), span: nowhere };
}

const paramNode = ({ name, type, optional, sensitive }: FieldIr): Ast.Param => ({
  name: nameNode(name),
  optional: optional === true,
  sensitive: sensitive === true,
  type: typeNode(type),
  span: nowhere,
});
