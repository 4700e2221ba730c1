import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import type { World } from "./blocks.js";
import type { Draw } from "./choices.js";
import type { Declaration } from "./model.js";
import { nameText, presentFields, sample } from "./values.js";

const validators: Readonly<Record<string, readonly string[]>> = {
  return: ["scope", "grounding", "discernment"],
  clarify: ["scope", "grounding", "reversibility", "discernment"],
  confirm: ["reversibility"],
  authorize: [],
};

/** A value as a test writes it. */
const literal = (draw: Draw, type: TypeIr): string =>
  type === "json" ? draw.pick(['"alpha"', "412", "[]", '{ x: "beta", y: [1] }']) : sample(draw, type).text;

const testValue = (draw: Draw, type: TypeIr): string => (draw.chance(25) ? "unknown" : literal(draw, type));

function exampleOf(draw: Draw, world: World): string {
  const tool = draw.pick(world.tools);
  const args = presentFields(draw, tool.params).map(
    (param: FieldIr) => `${nameText(param.name)}: ${literal(draw, param.type)}`,
  );
  return `${tool.name}(${args.join(", ")})`;
}

const confidence = (draw: Draw): string =>
  draw.chance(60) ? ` confidence ${draw.pick(["0.9", "1", "0.5", "0"])}` : "";

/** What can be said before and between proposals. */
function setting(draw: Draw, world: World, tiers: readonly string[]): string {
  const given = world.askable.length === 0 ? undefined : draw.pick(world.askable);
  const fact = world.facts.length === 0 ? undefined : draw.pick(world.facts);
  const claim = world.claims.length === 0 ? undefined : draw.pick(world.claims);
  const options = [
    `now = ${sample(draw, "time").text}`,
    `said ${draw.pick(world.principals)} "Use /r/a and ann@a.example, 412"`,
    `observe ${exampleOf(draw, world)} returns ${literal(draw, draw.pick<TypeIr>(["string", "json"]))}`,
  ];
  if (tiers.length > 0) options.push(`tier ${draw.pick(tiers)}`);
  if (given !== undefined) options.push(`given ${nameText(given.name)} = ${testValue(draw, given.type)}`);
  if (fact !== undefined)
    options.push(
      `fact ${fact.name}(${fact.params.map((param) => literal(draw, param.type)).join(", ")}) = ${testValue(draw, fact.type)}`,
    );
  if (claim !== undefined)
    options.push(`claim ${nameText(claim.name)} = ${literal(draw, claim.type)}${confidence(draw)}`);
  return draw.pick(options);
}

function expectation(draw: Draw): string {
  const decision = draw.pick(["return", "clarify", "confirm", "authorize"]);
  const from = draw.subset(validators[decision] as readonly string[], 30);
  return `expect ${decision}${from.length === 0 ? "" : ` from ${from.join(", ")}`}`;
}

/** A test of what a policy does; whether it passes is chance. */
export function testOf(draw: Draw, world: World, tiers: readonly string[], name: string): Declaration {
  const rounds = draw.list(1, 3, () => [
    ...draw.list(0, 3, () => setting(draw, world, tiers)),
    `propose ${exampleOf(draw, world)}${confidence(draw)}`,
    ...(draw.chance(30) ? [`confirmed by ${draw.pick(world.principals)}`] : []),
    expectation(draw),
  ]);
  return { head: `test ${JSON.stringify(name)}`, statements: rounds.flat(), ordered: true };
}
