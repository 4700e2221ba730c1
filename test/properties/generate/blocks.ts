import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import type { Draw } from "./choices.js";
import { condition } from "./conditions.js";
import { classNames, note, params, principalNames, scalarTypes } from "./names.js";
import {
  argumentsOf,
  type FactShape,
  type Place,
  type Readable,
  readablesOf,
  withoutSecrets,
  type ToolShape,
} from "./place.js";
import { factCall, term } from "./terms.js";
import { fieldText, nameText, typeText } from "./values.js";

/** All that the lines of one file can name: its own and its bases' declarations. */
export interface World {
  readonly tools: readonly ToolShape[];
  readonly principals: readonly string[];
  /** As many of `classNames` as are declared, the mildest first. */
  readonly classes: readonly string[];
  /** Readable only where the intent is seen. */
  readonly givens: readonly Readable[];
  /** The givens themselves. */
  readonly askable: readonly FieldIr[];
  /** Bullets that a permit can serve. */
  readonly bullets: readonly string[];
  readonly worldSources: readonly string[];
  readonly facts: readonly FactShape[];
  readonly toolSources: readonly string[];
  readonly claims: readonly FieldIr[];
}

/** How deep conditions go. */
const depth = 3;

interface Covered {
  readonly text: string;
  readonly tools: readonly ToolShape[];
}

/** What must hold of every proposal, as far as anybody knows. */
export function assertLine(draw: Draw, world: World): string {
  const covered = covering(draw, world);
  const never = draw.chance(50)
    ? " without confirmation"
    : ` when ${condition(draw, placeOf(world, covered, "condition"), depth).text}`;
  return `assert never authorize ${covered.text}${never}`;
}

/** Tools as a statement names them: mostly one, else several, a pattern or all. */
function covering(draw: Draw, world: World): Covered {
  const all: Covered = { text: "*", tools: world.tools };
  switch (
    draw.weighted([
      [6, "one"],
      [2, "two"],
      [2, "all"],
      [1, "pattern"],
    ])
  ) {
    case "two": {
      const two = [draw.pick(world.tools), draw.pick(world.tools)];
      return { text: [...new Set(two.map((tool) => tool.name))].join(", "), tools: two };
    }
    case "all":
      return all;
    case "pattern": {
      const prefix = draw.pick(world.tools).name.split(".")[0] as string;
      const tools = world.tools.filter((tool) => tool.name.startsWith(`${prefix}.`));
      return tools.length === 0 ? all : { text: `${prefix}.*`, tools };
    }
    default: {
      const tool = draw.pick(world.tools);
      return { text: tool.name, tools: [tool] };
    }
  }
}

export function placeOf(world: World, { tools }: Covered, place: "ground" | "condition"): Place {
  const shared = (tools[0]?.params ?? []).flatMap((param) => {
    const everywhere = tools.map((tool) => tool.params.find((other) => other.name === param.name));
    if (everywhere.includes(undefined)) return [];
    const optional = everywhere.some((other) => other?.optional);
    const sensitive = everywhere.some((other) => other?.sensitive);
    return [
      {
        name: param.name,
        type: param.type,
        ...(optional ? { optional: true as const } : {}),
        ...(sensitive ? { sensitive: true as const } : {}),
      },
    ];
  });
  const claims =
    place === "ground"
      ? world.claims.flatMap((claim) => readablesOf(`claim.${nameText(claim.name)}`, claim.type))
      : [];
  return {
    readables: [...argumentsOf(shared), ...claims, ...world.givens],
    facts: world.facts,
    origins: ["intent", ...world.toolSources, ...world.principals],
    tools: world.tools,
    present: [],
    bound: 0,
  };
}

const whenText = (draw: Draw, world: World, covered: Covered, percent: number): string =>
  draw.chance(percent) ? ` when ${condition(draw, placeOf(world, covered, "condition"), depth).text}` : "";

/** The condition of a line that holds an action back: there the word of a server may stand, beside what else is asked. */
function holdingText(draw: Draw, world: World, covered: Covered, percent: number): string {
  const plain = whenText(draw, world, covered, percent);
  if (plain === "" || !draw.chance(15)) return plain;
  const kind = draw.pick(["writing", "destructive", "open world"]);
  const joined = draw.pick(["and", "or"]);
  return ` when annotated("${kind}") ${joined} (${plain.slice(" when ".length)})`;
}

const becauseText = (draw: Draw): string =>
  draw.chance(10)
    ? ` because ${JSON.stringify(draw.pick(["so it was agreed", 'it is "final"']))}${draw.chance(20) ? ' ", and stays so"' : ""}`
    : "";
const asksText = (draw: Draw, world: World): string =>
  draw.chance(30) ? ` asks ${draw.pick(world.principals)} "Is this meant?"` : "";
const windowText = (draw: Draw): string => `per ${draw.pick(["session", "1h", "1d", "30m"])}`;
const servingText = (draw: Draw, world: World): string =>
  world.bullets.length > 0 && draw.chance(50)
    ? ` serving ${draw.list(1, world.bullets.length, (index) => world.bullets[index]).join(", ")}`
    : "";

// ------------------------------------------------------------------ scope

export function scopeStatements(draw: Draw, world: World): string[] {
  const rule = (effect: string, percent: number): string => {
    const covered = covering(draw, world);
    const when = effect === "forbid" ? holdingText : whenText;
    return `${effect} ${covered.text}${servingText(draw, world)}${when(draw, world, covered, percent)}${becauseText(draw)}`;
  };
  const first = draw.chance(15) ? rule("permit", 60) : "permit *";
  return [
    first,
    ...draw.list(0, 3, () => rule("permit", 70), 40),
    ...draw.list(0, 3, () => rule("forbid", 97), 30),
    ...draw.list(0, 2, () => limit(draw, world), 30),
  ];
}

function limit(draw: Draw, world: World): string {
  const covered = covering(draw, world);
  const place = withoutSecrets(placeOf(world, covered, "condition"));
  const amount = draw.chance(50)
    ? term(draw, place, 2, { type: draw.pick<TypeIr>(["int", "decimal"]), anchored: true })
    : undefined;
  const sum = amount === undefined ? "" : ` sum ${amount.text}`;
  const key = draw.chance(40)
    ? term(draw, place, 2, { type: draw.pick(scalarTypes), anchored: true })
    : undefined;
  const to = draw.pick(
    amount === undefined ? ["3", "2", "1", "1_000", "1_000", "0"] : ["10", "2.5", "0", "3", "1_000", "1_000"],
  );
  return `limit ${covered.text}${sum} to ${to} ${windowText(draw)}${key === undefined ? "" : ` each ${key.text}`}`;
}

// ------------------------------------------------------------------ grounding

/** The kinds of source, and how a fact with such parameters is looked up there. */
const kinds = ["http", "sqlite", "json", "postgres", "mcp"] as const;

const locatorOf = (kind: (typeof kinds)[number], name: string): string => {
  if (kind === "http") return "https://w.example/{fact}";
  return kind === "postgres" ? `postgres://w.example/${name}` : `./${name}.db`;
};

/** What a file declares in its grounding block, and what it then says. `mark` keeps its names apart from other files'. */
export function groundingBlock(
  draw: Draw,
  world: World,
  mark: string,
): { readonly world: World; readonly statements: readonly string[] } {
  const sources = draw.list(0, 2, (index) => ({ name: `w${index + 1}${mark}`, kind: draw.pick(kinds) }), 70);
  const kindOf = new Map(sources.map((source) => [source.name, source.kind]));
  const degree = (): string => draw.pick(["0.9", "0.5", "1", "0.98", "0", "0.9000004"]);
  const sourceLines = sources.map(
    ({ name, kind }) =>
      `source ${name} is ${kind} "${locatorOf(kind, name)}" trust ${degree()}${draw.chance(50) ? " fresh 1h" : ""}${draw.chance(10) ? " timeout 2s" : ""}`,
  );
  const visible: World = {
    ...world,
    worldSources: [...world.worldSources, ...sources.map((source) => source.name)],
  };
  const facts =
    sources.length === 0 ? [] : draw.list(0, 3, (index) => factOf(draw, `f${index + 1}${mark}`), 70);
  const factLines = facts.map((fact) =>
    factText(
      draw,
      fact,
      sources.map((source) => source.name),
      kindOf,
    ),
  );
  const claims = draw.list(
    0,
    2,
    (index): FieldIr => ({
      name: `c${index + 1}${mark}`,
      type: draw.pick<TypeIr>(["int", "decimal", "string", "bool", { list: "string" }, note]),
    }),
    40,
  );
  const withFacts: World = {
    ...visible,
    facts: [...world.facts, ...facts],
    claims: [...world.claims, ...claims],
  };
  const toolSources = draw.list(0, 2, (index) => toolSource(draw, withFacts, `t${index + 1}${mark}`), 40);
  const all: World = {
    ...withFacts,
    toolSources: [...world.toolSources, ...toolSources.map((source) => source.name)],
  };
  return {
    world: all,
    statements: [
      ...sourceLines,
      ...factLines,
      ...claims.map((claim) => `claim ${nameText(claim.name)}: ${typeText(claim.type)}`),
      ...toolSources.map((source) => source.text),
      ...draw.list(0, 3, () => ground(draw, all), 70),
      ...(draw.chance(30) ? [`tolerance ${draw.pick(["0.1", "0", "0.4", "1"])}`] : []),
      ...(draw.chance(75) ? [`unsupported at most ${draw.pick(["1", "1", "0.9", "0.9", "0.5", "0"])}`] : []),
    ],
  };
}

function factOf(draw: Draw, name: string): FactShape {
  const optional = draw.chance(25);
  const asked = draw.list(0, 2, () => draw.pick(params), 60);
  const distinct = asked.filter(
    (param, index) => asked.indexOf(param) === index && param.name !== "odd name",
  );
  const type = draw.chance(15) ? { list: draw.pick(scalarTypes) } : draw.pick(scalarTypes);
  return { name, optional, params: distinct, type };
}

function factText(
  draw: Draw,
  fact: FactShape,
  sources: readonly string[],
  kindOf: ReadonlyMap<string, string>,
): string {
  const first = draw.below(sources.length);
  const asked = draw.list(1, 2, (index) => sources[(first + index) % sources.length] as string, 65);
  const from = [...new Set(asked)].map((source) => `from ${source}${lookup(fact, kindOf.get(source))}`);
  const numeric = fact.type === "int" || fact.type === "decimal" || fact.type === "duration";
  const agree =
    from.length > 1 && numeric && draw.chance(60) ? ` agree within ${draw.pick(["0.01", "0", "0.5"])}` : "";
  const takes = fact.params.map(fieldText).join(", ");
  return `fact ${fact.name}${fact.optional ? "?" : ""}(${takes}): ${typeText(fact.type)} ${from.join(" ")}${agree}`;
}

function lookup(fact: FactShape, kind: string | undefined): string {
  const names = fact.params.map((param) => param.name);
  if (kind === "mcp") return ' "lookup"';
  if (kind === "sqlite" || kind === "postgres")
    return ` "select v from f where 1 = 1" ${JSON.stringify(names.map((name) => ` and ${name}_ = :${name}`).join(""))}`;
  return kind === "json" ? ` "/f${names.map((name) => `/{${name}}`).join("")}"` : "";
}

function toolSource(
  draw: Draw,
  world: World,
  name: string,
): { readonly name: string; readonly text: string } {
  const covered = covering(draw, world);
  const fields = draw.chance(30) ? ` fields ${draw.pick(["x", "x.y", "x, y"])}` : "";
  const text = draw.chance(50) ? " as text" : "";
  return {
    name,
    text: `source ${name} is tool ${covered.text}${fields}${text}${whenText(draw, world, covered, 25)} trust ${draw.pick(["0.9", "0.5", "0", "1", "0.5000004"])}`,
  };
}

function ground(draw: Draw, world: World): string {
  const covered = covering(draw, world);
  const aspect = draw.pick(["fact", "inference", "situation", "effect"]);
  const place = placeOf(world, covered, "ground");
  const check = (draw.chance(60) ? likely(draw, place) : undefined) ?? condition(draw, place, depth).text;
  return `ground ${covered.text} on ${aspect} ${check}${becauseText(draw)}`;
}

/** A check that holds as soon as its fact is known, so that support and what rests on it are met often. */
function likely(draw: Draw, place: Place): string | undefined {
  const scalar = place.facts.filter((one) => !one.optional && typeof one.type === "string");
  const fact = scalar.length === 0 ? undefined : draw.pick(scalar);
  const call = fact && factCall(draw, place, 1, fact)?.text;
  if (call === undefined) return undefined;
  const claims = place.readables.filter(
    (one) =>
      one.text.startsWith("claim.") &&
      one.needs.length === 0 &&
      typeof one.type === "string" &&
      one.type !== "json",
  );
  const claim = claims.length > 0 && draw.chance(50) ? draw.pick(claims).text : undefined;
  return claim === undefined
    ? `${call} == ${call}`
    : `${call} == ${call} and (${claim} == ${claim} or false)`;
}

// ------------------------------------------------------------------ reversibility

/** Lines of classes `from` … `to` of the chain. */
export function classLines(draw: Draw, from: number, to: number): string[] {
  return classNames.slice(from, to).map((name, index) => {
    const milder = classNames[from + index - 1];
    const above = milder === undefined ? "" : ` above ${milder}`;
    const graver = from + index > 0;
    const confidence = draw.chance(graver ? 50 : 15)
      ? ` confidence ${draw.pick(["0.6", "0.5", "0.9", "1", "0.6000004"])}`
      : "";
    const confirm = draw.chance(graver ? 35 : 8) ? ` confirm ${draw.pick(principalNames)}` : "";
    const limited = draw.chance(20) ? ` limit ${draw.pick(["2", "1", "0", "5"])} ${windowText(draw)}` : "";
    return `class ${name}${above}${confidence}${confirm}${limited}`;
  });
}

export function treatLines(draw: Draw, world: World): string[] {
  return draw.list(0, 3, () => treat(draw, world), 60);
}

function treat(draw: Draw, world: World): string {
  const covered = covering(draw, world);
  const when = whenText(draw, world, covered, 55);
  return `treat ${covered.text} as ${draw.pick(world.classes)}${when}${draw.chance(35) ? undo(draw, world, covered) : ""}${becauseText(draw)}`;
}

function undo(draw: Draw, world: World, covered: Covered): string {
  const tool = draw.pick(world.tools);
  const place = withoutSecrets(placeOf(world, covered, "condition"));
  const args: string[] = [];
  for (const param of tool.params) {
    if (param.optional && draw.chance(50)) continue;
    const value = draw.chance(30)
      ? "result.id"
      : term(draw, place, 1, { type: param.type, anchored: true })?.text;
    args.push(`${nameText(param.name)}: ${value ?? "result.row.id"}`);
  }
  return ` by ${tool.name}(${args.join(", ")}) within ${draw.pick(["30d", "1h"])}`;
}

export const otherwiseLine = (draw: Draw, world: World): string => `otherwise ${draw.pick(world.classes)}`;

// ------------------------------------------------------------------ discernment

/** The last two are 0.3 once they are rounded. */
const weights = ["0.3", "0.1", "0.5", "0", "1", "0.300001", "0.3000004", "0.2999996"];

export function discernmentStatements(draw: Draw, world: World): string[] {
  const threshold = (): string => draw.pick(["0.3", "0.5", "0.1", "0", "0.99", "0.2999996"]);
  const plain = draw.chance(85) ? [`threshold ${threshold()}`] : [];
  const graver = draw.subset(world.classes, 20).map((name) => `threshold ${threshold()} for ${name}`);
  const fidelity = draw.chance(15) ? [`fidelity at least ${draw.pick(["0.5", "0", "1"])}`] : [];
  return [...plain, ...graver, ...draw.list(0, 2, () => gray(draw, world), 40), ...fidelity];
}

function gray(draw: Draw, world: World): string {
  const covered = covering(draw, world);
  return `gray ${covered.text}${holdingText(draw, world, covered, 80)} weight ${draw.pick(weights)}${asksText(draw, world)}${becauseText(draw)}`;
}

export function escalateLine(draw: Draw, world: World): string {
  const steps = draw.list(1, 2, () => `${draw.pick(world.principals)} within ${draw.pick(["4h", "1d"])}`);
  return `escalate ${steps.join(", then ")}`;
}
