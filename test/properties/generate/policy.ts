import { delegateTool } from "../../../src/ir/policy.js";
import type { FieldIr } from "../../../src/ir/type.js";
import {
  assertLine,
  classLines,
  discernmentStatements,
  escalateLine,
  groundingBlock,
  otherwiseLine,
  scopeStatements,
  treatLines,
  type World,
} from "./blocks.js";
import type { Draw } from "./choices.js";
import { descent, type Holdings } from "./descent.js";
import { imported } from "./imports.js";
import type { Declaration, FileModel } from "./model.js";
import { bullets, classNames, params, principalNames, toolNames } from "./names.js";
import { readablesOf, type ToolShape } from "./place.js";
import { testOf } from "./tests.js";
import { fieldText, nameText, sample, typeText } from "./values.js";

/** The files of a policy, bases before what extends them; the commission, and then what stands above it. */
export interface PolicyModel {
  readonly files: readonly FileModel[];
  /** Path of the file that writes the intent. */
  readonly commission: string;
  /** Path of the whole policy. */
  readonly entry: string;
  readonly tiers: readonly string[];
  /** What any layer above the commission can name. */
  readonly world: World;
}

const noWorld: World = {
  tools: [],
  principals: [],
  classes: [],
  givens: [],
  askable: [],
  bullets: [],
  worldSources: [],
  facts: [],
  toolSources: [],
  claims: [],
};

/** A commission, sometimes with bases, and up to so many layers above it. */
export function policyOf(draw: Draw, mostExtensions: number): PolicyModel {
  const zone = zoneOf(draw, 50);
  const foundation = foundationOf(draw);
  const bases = draw.chance(25) ? draw.list(1, 2, (index) => baseOf(draw, foundation.world, index + 1)) : [];
  const { declarations, world, tiers } = commissionOf(draw, foundation.world, bases);
  const taken = foundation.files;
  const lib: FileModel = {
    path: "lib.reshimu",
    name: "test.lib",
    extends: [],
    declarations: foundation.declarations,
  };
  const own: FileModel =
    bases.length === 0
      ? {
          path: "main.reshimu",
          name: "test.main",
          extends: [],
          ...zone,
          declarations: joined([...foundation.declarations, ...declarations]),
        }
      : {
          path: "main.reshimu",
          name: "test.main",
          extends: bases.map((base) => base.file.path),
          ...zone,
          declarations,
        };
  const commission = [
    ...taken,
    ...(bases.length === 0 ? [own] : [lib, ...bases.map((base) => base.file), own]),
  ];
  const above = extensionsOf(draw, world, mostExtensions);
  const policies = [...commission, ...above];
  const narrowings = draw.list(0, 2, (index) => narrowingOf(draw, world, index + 1), 20);
  const entry = policies.at(-1)?.path ?? own.path;
  return { files: [...policies, ...narrowings], commission: own.path, entry, tiers, world };
}

/** Blocks of one kind made one, as a file writes each once. */
function joined(declarations: readonly Declaration[]): Declaration[] {
  const made: Declaration[] = [];
  for (const declaration of declarations) {
    const same = made.findIndex(
      (one) => "head" in one && "head" in declaration && one.head === declaration.head,
    );
    const earlier = made[same];
    if (earlier !== undefined && "head" in earlier && "head" in declaration)
      made[same] = { head: earlier.head, statements: [...earlier.statements, ...declaration.statements] };
    else made.push(declaration);
  }
  return made;
}

/** A zone, in so many of a hundred files. */
const zoneOf = (draw: Draw, percent: number): { readonly zone?: string } =>
  draw.chance(percent) ? { zone: draw.pick(["Europe/Berlin", "America/New_York", "UTC"]) } : {};

// ------------------------------------------------------------------ the commission

interface Written {
  readonly world: World;
  readonly declarations: readonly Declaration[];
}

/** Principals, tools and classes: what every other file builds on. */
function foundationOf(draw: Draw): Written & { readonly files: readonly FileModel[] } {
  const tools = draw.list(
    1,
    4,
    (index) => toolOf(draw, toolNames[(index * 2 + draw.below(2)) % toolNames.length] as string),
    75,
  );
  const distinct = tools.filter(
    (tool, index) => tools.findIndex((other) => other.name === tool.name) === index,
  );
  const count = 2 + draw.below(3);
  const handing = draw.chance(12) ? [delegateOf(draw)] : [];
  const world: World = {
    ...noWorld,
    tools: [...distinct, ...handing],
    principals: principalNames,
    classes: classNames.slice(0, count),
  };
  const taken = draw.chance(15) ? draw.subset(distinct, 70) : [];
  const list = taken.length === 0 ? undefined : imported(draw, taken);
  const written = [...distinct.filter((tool) => !taken.includes(tool)), ...handing];
  const signing = draw.chance(10) ? "desk" : undefined;
  return {
    world,
    files: list === undefined ? [] : [list.file],
    declarations: [
      ...principalNames.map((name) => ({
        line: `principal ${name} "The ${name}"${name === signing ? ` key "${publicKey}"` : ""}`,
      })),
      ...(list?.declarations ?? []),
      ...written.map((tool) => ({ line: `tool ${tool.name}(${tool.params.map(fieldText).join(", ")})` })),
      { head: "reversibility", statements: classLines(draw, 0, count) },
    ],
  };
}

/** 32 bytes of nobody. */
const publicKey = `ed25519:${Buffer.alloc(32, 7).toString("base64")}`;

function toolOf(draw: Draw, name: string): ToolShape {
  const chosen = draw.list(1, 6, () => draw.pick(params), 75);
  const distinct = chosen.filter((param, index) => chosen.indexOf(param) === index);
  return {
    name,
    params: distinct.map(
      (param): FieldIr => ({
        ...param,
        ...(draw.chance(25) ? { optional: true as const } : {}),
        ...(draw.chance(5) ? { sensitive: true as const } : {}),
      }),
    ),
  };
}

/** The tool by which a session hands the commission down. */
const delegateOf = (draw: Draw): ToolShape => ({
  name: delegateTool,
  params: [
    { name: "brief", type: "string" },
    ...draw
      .subset<FieldIr>([
        { name: "tier", type: "string" },
        { name: "tools", type: { list: "string" } },
        { name: "depth", type: "int" },
        { name: "expires", type: "time" },
      ])
      .map((param): FieldIr => ({ ...param, optional: true })),
  ],
});

function commissionOf(
  draw: Draw,
  foundation: World,
  bases: readonly Based[],
): Written & { readonly tiers: readonly string[] } {
  const intent = intentOf(draw);
  const basesText = bases.flatMap((base) => base.file.declarations);
  const inherited = bases
    .map((base) => base.world)
    .reduce(both, {
      ...foundation,
      givens: intent.givens,
      askable: intent.askable,
      bullets,
    });
  const grounding = groundingBlock(draw, inherited, "");
  const { world } = grounding;
  const reversibility: Declaration = {
    head: "reversibility",
    statements: [...treatLines(draw, world), otherwiseLine(draw, world)],
  };
  const blocks: Declaration[] = [
    { head: "intent", statements: intent.statements },
    { head: "scope", statements: scopeStatements(draw, world) },
    { head: "grounding", statements: grounding.statements },
    reversibility,
    { head: "discernment", statements: [...discernmentStatements(draw, world), escalateLine(draw, world)] },
    ...draw.list(0, 2, () => ({ line: assertLine(draw, world) }), 12),
  ];
  const down = draw.chance(15)
    ? descent(draw, holdingsOf(world, [...basesText, ...blocks]))
    : { tiers: [], declarations: [], withheld: [] };
  const kept = (thing: string): boolean => !down.withheld.includes(thing);
  const tests = draw.list(
    0,
    2,
    (index) =>
      testOf(draw, { world, tiers: down.tiers, lines: linesOf([...basesText, ...blocks]) }, `of ${index}`),
    10,
  );
  return {
    // What a tier does not hold no layer above may read for it.
    world: {
      ...world,
      bullets: world.bullets.filter((bullet) => kept(`intent.${bullet}`)),
      givens: world.givens.filter(({ text }) => kept(text.split(".").slice(0, 2).join("."))),
    },
    tiers: down.tiers,
    declarations: [...blocks, ...down.declarations, ...tests],
  };
}

/** The lines of all blocks but the intent. */
const linesOf = (declarations: readonly Declaration[]): string[] =>
  declarations.flatMap((one) => ("line" in one ? [one.line] : one.head === "intent" ? [] : one.statements));

function holdingsOf(world: World, declarations: readonly Declaration[]): Holdings {
  const statements = linesOf(declarations);
  const isServed = (bullet: string): boolean => statements.some((one) => one.includes(bullet));
  const isRead = (given: string): boolean => statements.some((one) => one.includes(given));
  const givens = world.askable.map((given) => `given.${nameText(given.name)}`);
  return {
    tools: world.tools.map((tool) => tool.name),
    knowledge: [...bullets.map((bullet) => `intent.${bullet}`), ...givens],
    idle: [
      ...bullets.filter((bullet) => !isServed(bullet)).map((bullet) => `intent.${bullet}`),
      ...givens.filter((given) => !isRead(given)),
    ],
  };
}

/** All that two files see that see each other's bases. */
const both = (a: World, b: World): World => ({
  ...a,
  worldSources: union(a.worldSources, b.worldSources),
  facts: union(a.facts, b.facts),
  toolSources: union(a.toolSources, b.toolSources),
  claims: union(a.claims, b.claims),
});

const union = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

function intentOf(
  draw: Draw,
): Pick<World, "givens" | "askable"> & { readonly statements: readonly string[] } {
  const texts = [
    "Find what alpha says of 412.",
    "Summarise it in /r/a for ann@a.example.",
    "Change nothing else.",
  ];
  const chosen = draw.list(0, 6, () => draw.pick(params), 80);
  const givens = chosen.filter((param, index) => chosen.indexOf(param) === index && param.type !== "json");
  return {
    askable: givens,
    givens: givens.flatMap((given) => readablesOf(`given.${nameText(given.name)}`, given.type)),
    statements: [
      ...bullets.map((bullet, index) => `${bullet} ${JSON.stringify(texts[index])}`),
      ...givens.map((given) => {
        const value = draw.chance(40) ? ` = ${sample(draw, given.type).text}` : "";
        const asks = draw.chance(50) ? ` asks ${draw.pick(principalNames)} "What is it?"` : "";
        return `given ${nameText(given.name)}: ${typeText(given.type)}${value}${asks}`;
      }),
    ],
  };
}

// ------------------------------------------------------------------ files below and above it

/** The blocks that chance gives a file; at least one. */
function blocksOf(draw: Draw, world: World, mark: string, graver: readonly string[] = []): Written {
  const grounding = draw.chance(50) ? groundingBlock(draw, world, mark) : { world, statements: undefined };
  const seen = grounding.world;
  const blocks: Declaration[] = [];
  const add = (head: string, statements: readonly string[]): void => void blocks.push({ head, statements });
  if (draw.chance(60)) add("scope", scopeStatements(draw, seen));
  if (grounding.statements !== undefined) add("grounding", grounding.statements);
  if (graver.length > 0 || draw.chance(50))
    add("reversibility", [
      ...graver,
      ...treatLines(draw, seen),
      ...(draw.chance(30) ? [otherwiseLine(draw, seen)] : []),
    ]);
  if (blocks.length === 0 || draw.chance(50)) add("discernment", discernmentStatements(draw, seen));
  return { world: seen, declarations: blocks };
}

interface Based {
  readonly world: World;
  readonly file: FileModel;
}

function baseOf(draw: Draw, foundation: World, index: number): Based {
  const { world, declarations } = blocksOf(draw, foundation, `_b${index}`);
  return {
    world,
    file: { path: `base${index}.reshimu`, name: `test.base${index}`, extends: ["lib.reshimu"], declarations },
  };
}

/** Layers above the commission: one upon the other, or side by side and joined by a file on top. */
function extensionsOf(draw: Draw, commission: World, most: number): FileModel[] {
  const count = draw.below(most + 1);
  const stacked = draw.chance(50);
  const made: FileModel[] = [];
  let world = commission;
  for (let index = 1; index <= count; index += 1) {
    const { file, world: own } = extensionOf(draw, {
      world: stacked ? world : commission,
      index,
      below: stacked ? (made.at(-1)?.path ?? "main.reshimu") : "main.reshimu",
      mayDeclareClass: index === 1,
    });
    made.push(file);
    world = own;
  }
  if (stacked || made.length < 2) return made;
  return [
    ...made,
    { path: "top.reshimu", name: "test.top", extends: made.map((file) => file.path), declarations: [] },
  ];
}

/** Where a layer above the commission stands. */
interface Standing {
  readonly world: World;
  readonly index: number;
  /** The file it extends. */
  readonly below: string;
  /** Whether it may put a class above all others. */
  readonly mayDeclareClass: boolean;
}

/** A layer above the commission, or above another. */
export function extensionOf(draw: Draw, { world, index, below, mayDeclareClass }: Standing): Based {
  const count = world.classes.length;
  const graver =
    mayDeclareClass && count < classNames.length && draw.chance(20) ? classLines(draw, count, count + 1) : [];
  const seen: World = graver.length === 0 ? world : { ...world, classes: classNames.slice(0, count + 1) };
  const written = blocksOf(draw, seen, `_e${index}`, graver);
  const lines = linesOf(written.declarations);
  return {
    world: written.world,
    file: {
      path: `above${index}.reshimu`,
      name: `test.above${index}`,
      extends: [below],
      ...zoneOf(draw, 15),
      declarations: [
        ...written.declarations,
        ...draw.list(
          0,
          1,
          () => testOf(draw, { world: written.world, tiers: [], lines }, `above ${index}`),
          8,
        ),
      ],
    },
  };
}

/** A layer for a session, of what may come from a model: scope, reversibility and discernment, with the policy's own names. */
export function narrowingOf(draw: Draw, world: World, index: number): FileModel {
  const blocks: Declaration[] = [];
  const add = (head: string, statements: readonly string[]): void => void blocks.push({ head, statements });
  if (draw.chance(60)) add("scope", scopeStatements(draw, world));
  if (draw.chance(50))
    add("reversibility", [
      ...treatLines(draw, world),
      ...(draw.chance(30) ? [otherwiseLine(draw, world)] : []),
    ]);
  if (blocks.length === 0 || draw.chance(50)) add("discernment", discernmentStatements(draw, world));
  return { path: `above${index}.narrowing`, name: "", extends: [], declarations: blocks, narrows: true };
}
