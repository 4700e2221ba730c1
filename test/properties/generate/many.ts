import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import { placeOf, type World } from "./blocks.js";
import type { Draw } from "./choices.js";
import { condition } from "./conditions.js";
import type { Declaration, FileModel } from "./model.js";
import type { ToolShape } from "./place.js";
import type { PolicyModel } from "./policy.js";
import { nameText, sampleAt } from "./values.js";

/**
 * Thousands of statements for a policy: families of them, of which each asks for the same things and for other values of them, as
 * tables of permissions do. Of a family little is drawn, so that a failing case is made smaller by families and by halves.
 */
export function withMany(draw: Draw, model: PolicyModel): PolicyModel {
  const families = draw.list(1, 16, () => familyOf(draw, model.world), 95);
  const files = model.files.map((file) => {
    const own = families.filter(({ at }) => at === standing(file, model.commission));
    return own.length === 0 ? file : { ...file, declarations: grown(file, own, draw) };
  });
  return { ...model, files };
}

/** Where a family is written: in the commission, or in what stands above it. */
type Standing = "commission" | "above";
const standing = ({ path }: FileModel, commission: string): Standing | undefined =>
  path === commission ? "commission" : path === "above1.reshimu" ? "above" : undefined;

interface Family {
  readonly at: Standing;
  readonly head: "scope" | "grounding" | "reversibility" | "discernment";
  readonly lines: readonly string[];
}

/** The blocks of a file with more statements. What permits everything goes, mostly: it would hide all other permits. */
function grown(file: FileModel, families: readonly Family[], draw: Draw): Declaration[] {
  const isPlain = draw.chance(50);
  return file.declarations.map((one) => {
    if (!("head" in one)) return one;
    const lines = families.flatMap(({ head, lines: more }) => (head === one.head ? more : []));
    const kept = one.statements.filter(
      (line) => !(isPlain && lines.some((more) => more.startsWith("permit ")) && line === "permit *"),
    );
    return { ...one, statements: [...kept, ...lines] };
  });
}

const counts = [8, 60, 250, 500, 1_000];

function familyOf(draw: Draw, world: World): Family {
  return draw.span((): Family => {
    const at = draw.chance(20) ? "above" : "commission";
    const effect = draw.weighted([
      [4, "permit"],
      [3, "forbid"],
      [2, "treat"],
      [2, "gray"],
      [2, "ground"],
    ] as const);
    const tool = draw.pick(world.tools);
    const tools = draw.chance(15) ? "*" : tool.name;
    const when = conditionsOf(draw, world, tools === "*" ? [] : [tool], effect);
    const count = draw.pick(counts);
    const line = lineOf(draw, world, effect, tools);
    return { at, head: heads[effect], lines: Array.from({ length: count }, (_, i) => line(when(i))) };
  });
}

type Effect = "permit" | "forbid" | "treat" | "gray" | "ground";
const heads = {
  permit: "scope",
  forbid: "scope",
  treat: "reversibility",
  gray: "discernment",
  ground: "grounding",
} as const;

function lineOf(draw: Draw, world: World, effect: Effect, tools: string): (when: string) => string {
  switch (effect) {
    case "permit": {
      const serving =
        world.bullets.length > 0 && draw.chance(40) ? ` serving ${draw.pick(world.bullets)}` : "";
      return (when) => `permit ${tools}${serving} when ${when}`;
    }
    case "forbid":
      return (when) => `forbid ${tools} when ${when}`;
    case "treat": {
      const name = draw.pick(world.classes);
      return (when) => `treat ${tools} as ${name} when ${when}`;
    }
    case "gray": {
      const weight = draw.pick(["0.3", "0.1", "0.5", "1"]);
      const asks = draw.chance(30) ? ` asks ${draw.pick(world.principals)} "Is this meant?"` : "";
      return (when) => `gray ${tools} when ${when} weight ${weight}${asks}`;
    }
    case "ground":
      return (when) => `ground ${tools} on fact ${when}`;
  }
}

/** How many of a hundred look for a value that arguments have: few of those that hold back, or nothing else would be seen. */
const near = { permit: 60, forbid: 1, treat: 8, gray: 2, ground: 1 } as const;

/** The conditions of a family: one to three parts that differ from statement to statement, and one that all share. */
function conditionsOf(
  draw: Draw,
  world: World,
  tools: readonly ToolShape[],
  effect: Effect,
): (i: number) => string {
  const params = tools[0]?.params.filter(({ type }) => isTold(type)) ?? [];
  const parts = draw.list(1, 3, () => partOf(draw, params, near[effect]), 40);
  const place = placeOf(world, { text: "", tools: tools.length === 0 ? world.tools : tools }, "condition");
  const besides = draw.chance(45) ? condition(draw, place, 2).text : undefined;
  const how = draw.weighted([
    [4, "after"],
    [3, "before"],
    [1, "instead"],
  ] as const);
  return (i) => {
    const own = parts.map((part) => part(i)).join(" and ");
    // A check holds of everything but of what is looked for.
    const asked = effect === "ground" ? `not (${own})` : own;
    if (besides === undefined) return asked;
    if (effect === "ground") return `${asked} or (${besides})`;
    if (how === "instead") return `(${own}) or (${besides}) and false`;
    return how === "after" ? `(${own}) and (${besides})` : `(${besides}) and (${own})`;
  };
}

/** Types of which values can be written down, and looked up. */
const isTold = (type: TypeIr): boolean =>
  type !== "json" && type !== "bool" && !(typeof type === "object" && "record" in type) && !isOfRecords(type);
const isOfRecords = (type: TypeIr): boolean =>
  typeof type === "object" && "list" in type && typeof type.list === "object" && "record" in type.list;

type Part = (i: number) => string;

function partOf(draw: Draw, params: readonly FieldIr[], percent: number): Part {
  const seed = draw.below(1_000);
  if (params.length === 0 || draw.chance(15)) return aroundOf(draw, seed, percent);
  const param = draw.pick(params);
  const name = nameText(param.name);
  const made = madeOf(draw, param.type, name, { seed, percent });
  if (!param.optional) return made;
  const absent = draw.chance(25);
  return (i) => (absent ? `(not has ${name} or ${made(i)})` : `has ${name} and ${made(i)}`);
}

/** Of who acts, and when. */
function aroundOf(draw: Draw, seed: number, percent: number): Part {
  const isNear = (i: number): boolean => (i * 7 + seed) % 100 < percent;
  const far = (i: number): string => JSON.stringify(`r${i + seed}`);
  switch (draw.below(3)) {
    case 0:
      return (i) => `${isNear(i) ? '"alpha"' : far(i)} in actor.roles`;
    case 1:
      return (i) => `actor.id ${isNear(i) ? '== "agent"' : `in [${far(i)}, ${far(i + 1)}]`}`;
    default:
      return (i) =>
        `(now >= "${2_000 + ((i + seed) % 60)}-01-01T00:00:00Z" and now < "${2_001 + ((i + seed) % 60)}-06-01T00:00:00Z")`;
  }
}

interface Which {
  readonly seed: number;
  readonly percent: number;
}

/** A literal: of so many of a hundred statements one that arguments have, of all others one of its own. */
function literalOf(type: TypeIr, i: number, { seed, percent }: Which): string {
  const at = i * 7 + seed;
  return at % 100 < percent ? textOf(type, sampleAt(type, at)) : farOf(type, at);
}

const textOf = (type: TypeIr, value: unknown): string =>
  type === "duration" ? String(value) : JSON.stringify(value);

function farOf(type: TypeIr, at: number): string {
  switch (type) {
    case "int":
      return String(1_000 + at);
    case "decimal":
      return `${1_000 + at}.5`;
    case "time":
      return `"${1_970 + (at % 50)}-01-01T00:00:00Z"`;
    case "duration":
      return `${1_000 + at}d`;
    case "path":
      return `"/far/x${at}"`;
    case "url":
      return `"https://x${at}.example/y"`;
    case "email":
      return `"x${at}@far.example"`;
    default:
      return typeof type === "object" && "enum" in type
        ? JSON.stringify(type.enum[at % type.enum.length])
        : `"x${at}"`;
  }
}

/** What asks for a value of a type: one of the ways in which it can be looked up. */
function madeOf(draw: Draw, type: TypeIr, name: string, which: Which): Part {
  if (typeof type === "object" && "list" in type) return heldBy(draw, type.list, name, which);
  const to = (i: number, more = 0): string => literalOf(type, i, { ...which, seed: which.seed + more });
  const ways: Part[] = [
    (i) => `${name} == ${to(i)}`,
    (i) => `${name} in [${to(i)}, ${to(i, 1)}]`,
    (i) => `not (${name} != ${to(i)})`,
    (i) => `(${name} == ${to(i)} or ${name} == ${to(i, 3)})`,
  ];
  if (type === "path" || type === "url")
    ways.push(
      (i) => `${name} within ${to(i)}`,
      (i) => `(${name} within ${to(i)} and ${name} != ${to(i, 5)})`,
    );
  if (type === "path")
    ways.push((i) => `extension(${name}) == "${["md", "", `e${i}`][(i + which.seed) % 3]}"`);
  if (type === "url") ways.push((i) => `host(${name}) == "${i % 5 === 0 ? "a.example" : `h${i}.example`}"`);
  if (type === "string") ways.push((i) => `lower(${name}) == ${to(i)}`);
  if (type === "int" || type === "decimal" || type === "time" || type === "duration")
    ways.push(
      (i) => `(${name} >= ${to(i)} and ${name} < ${to(i, 8)})`,
      (i) => `${name} > ${to(i)}`,
      (i) => `not (${name} < ${to(i)})`,
    );
  return draw.pick(ways);
}

function heldBy(draw: Draw, type: TypeIr, name: string, which: Which): Part {
  const to = (i: number, more = 0): string => literalOf(type, i, { ...which, seed: which.seed + more });
  return draw.pick<Part>([
    (i) => `${to(i)} in ${name}`,
    (i) => `(some one in ${name}: one == ${to(i)})`,
    (i) => `(some one in ${name}: one in [${to(i)}, ${to(i, 1)}])`,
    (i) => `not (every one in ${name}: one != ${to(i)})`,
  ]);
}
