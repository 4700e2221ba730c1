import { findings, remedyKinds } from "../../../src/ir/decision.js";
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

/** What a test can speak of. */
export interface Tested {
  readonly world: World;
  readonly tiers: readonly string[];
  /** The lines of the policy, for what tests say of rules and of sources. */
  readonly lines: readonly string[];
}

/** A value as a test writes it. */
const literal = (draw: Draw, type: TypeIr): string =>
  type === "json" ? draw.pick(['"alpha"', "412", "[]", '{ x: "beta", y: [1] }']) : sample(draw, type).text;

const testValue = (draw: Draw, type: TypeIr): string => (draw.chance(25) ? "unknown" : literal(draw, type));

function exampleOf(draw: Draw, { tools }: World): string {
  const tool = draw.pick(tools);
  const args = presentFields(draw, tool.params).map(
    (param: FieldIr) => `${nameText(param.name)}: ${literal(draw, param.type)}`,
  );
  return `${tool.name}(${args.join(", ")})`;
}

const confidence = (draw: Draw): string =>
  draw.chance(60) ? ` confidence ${draw.pick(["0.9", "1", "0.5", "0"])}` : "";

/** A rule of the policy as a test names it. */
function ruleOf(draw: Draw, { lines }: Tested): string {
  const rules = lines.flatMap((line) => {
    const [, keyword] = /^(permit|forbid|limit|ground|treat|gray|fidelity) /.exec(line) ?? [];
    if (keyword === undefined) return [];
    const [serving = ""] = / serving \w+/.exec(line) ?? [];
    const [because = ""] = / because ".*$/.exec(line) ?? [];
    return [`${keyword}${serving}${because}`];
  });
  // Of a layer that writes no rule itself; its commission has a permit.
  return rules.length === 0 ? "permit" : draw.pick(rules);
}

const aboutOf = (draw: Draw, tested: Tested): string => {
  const { askable } = tested.world;
  return askable.length > 0 && draw.chance(50)
    ? `given.${nameText(draw.pick(askable).name)}`
    : ruleOf(draw, tested);
};

function factStep(draw: Draw, { world, lines }: Tested): string {
  const fact = draw.pick(world.facts);
  const line =
    lines.find((one) => [`fact ${fact.name}(`, `fact ${fact.name}?(`].some((head) => one.startsWith(head))) ??
    "";
  const sources = [...line.replace(/"(?:\\.|[^"\\])*"/g, "").matchAll(/ from (\w+)/g)].map(
    ([, source]) => source as string,
  );
  const from = sources.length > 0 && draw.chance(40) ? ` from ${draw.pick(sources)}` : "";
  const args = fact.params.map((param) => literal(draw, param.type)).join(", ");
  const value = fact.optional && draw.chance(50) ? "absent" : testValue(draw, fact.type);
  return `fact ${fact.name}(${args})${from} = ${value}`;
}

/** What can be said before and between proposals. */
function setting(draw: Draw, tested: Tested): string {
  const { world, tiers } = tested;
  const options = [
    () => `said ${draw.pick(world.principals)} "Use /r/a and ann@a.example, 412"`,
    () =>
      `observe ${exampleOf(draw, world)} ${draw.pick(["returns", "fails"])} ${literal(draw, draw.pick<TypeIr>(["string", "json"]))}`,
    () =>
      draw.pick([
        'actor.id = "ann"',
        'actor.roles = ["alpha"]',
        'session.instruction = "Look at /r/a for alpha, 412."',
      ]),
  ];
  if (tiers.length > 0) options.push(() => `tier ${draw.pick(tiers)}`);
  if (world.facts.length > 0) options.push(() => factStep(draw, tested));
  if (world.askable.length > 0)
    options.push(() => {
      const given = draw.pick(world.askable);
      return `given ${nameText(given.name)} = ${testValue(draw, given.type)}`;
    });
  if (world.claims.length > 0)
    options.push(() => {
      const claim = draw.pick(world.claims);
      return `claim ${nameText(claim.name)} = ${literal(draw, claim.type)}${confidence(draw)}`;
    });
  return draw.pick(options)();
}

/** What a principal says after a decision. */
function word(draw: Draw, tested: Tested): string {
  const { world } = tested;
  const principal = draw.pick(world.principals);
  switch (draw.below(4)) {
    case 0:
      return `confirmed by ${principal}`;
    case 1:
      return `refused by ${principal}`;
    case 2:
      if (world.askable.length > 0) {
        const given = draw.pick(world.askable);
        return `answered by ${principal} about given.${nameText(given.name)} = ${literal(draw, given.type)}`;
      }
      return `refused by ${principal}`;
    default:
      return `answered by ${principal} about ${ruleOf(draw, tested)} = ${draw.pick(["true", "false"])}`;
  }
}

function expectation(draw: Draw, tested: Tested): string {
  const { world } = tested;
  const by = (): string => (draw.chance(30) ? ` by ${ruleOf(draw, tested)}` : "");
  switch (draw.below(8)) {
    case 0: {
      const validator = draw.pick(["scope", "grounding", "reversibility", "discernment"] as const);
      return `expect ${validator} ${draw.pick<string>(findings[validator])}`;
    }
    case 1:
      return `expect class ${draw.pick(world.classes)}`;
    case 2:
      return `expect confidence ${draw.pick(["", "at least ", "at most "])}${draw.pick(["0.5", "0", "1"])}`;
    case 3:
      return `expect remedy ${draw.pick<string>(remedyKinds)}${by()}`;
    case 4:
      return `expect asks ${draw.pick(world.principals)}${draw.chance(60) ? ` about ${aboutOf(draw, tested)}` : ""}`;
    default: {
      const decision = draw.pick(["return", "clarify", "confirm", "authorize"]);
      const from = draw.subset(validators[decision] as readonly string[], 30);
      return `expect ${decision}${from.length === 0 ? "" : ` from ${from.join(", ")}`}${by()}`;
    }
  }
}

/** A test of what a policy does; whether it passes is chance. */
export function testOf(draw: Draw, tested: Tested, name: string): Declaration {
  const { world } = tested;
  const rounds = draw.list(1, 3, () => [
    ...draw.list(0, 3, () => setting(draw, tested)),
    `propose ${exampleOf(draw, world)}${confidence(draw)}${draw.chance(20) ? ' message "Summarise it"' : ""}`,
    ...(draw.chance(50) ? [word(draw, tested)] : []),
    expectation(draw, tested),
  ]);
  const now = `now = ${sample(draw, "time").text}`;
  const rowed = draw.chance(25);
  return {
    head: `test ${JSON.stringify(rowed ? `${name}: {outcome} when {sure}` : name)}`,
    statements: [
      ...(rowed ? ["for each sure, outcome in [0.9, authorize], [0.5, clarify]"] : []),
      now,
      ...rounds.flat(),
      ...(rowed ? [`propose ${exampleOf(draw, world)} confidence sure`, "expect outcome"] : []),
    ],
    ordered: true,
  };
}
