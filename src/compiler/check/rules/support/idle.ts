import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Declared } from "../../../program.js";
import { chainOf } from "./classes.js";
import { certainOf, isUnconditional } from "./conditions.js";
import { ToolIndex } from "./tools.js";
import { declarationsOf, nodesIn, statementsIn, statementsOf } from "./walk.js";

/**
 * Why a validator can never stop an action that fits a declared tool, whatever is proposed and known; undefined where it might
 * (semantics.md, *The four assessments*). An undeclared tool and ill-typed arguments are outside in every policy, and do not count.
 */
type Idle = (context: CheckContext) => string | undefined;

/** No forbid or limit, no tier that goes without a tool, and each tool has a permit without condition, in each layer. */
export const idleScope: Idle = (context) => {
  const { program } = context;
  const rules = [...statementsOf(program, "Permit")];
  const forbids = rules.some(({ node }) => node.effect === "forbid" && !isNever(node.when, context));
  if (forbids || [...statementsOf(program, "Limit")].length > 0 || program.symbols.tiers.length > 0)
    return undefined;
  const span = { file: "", start: 0, end: 0 };
  const tools = [...program.symbols.tools.keys()].map((pattern) => ({ pattern, span }));
  if (tools.length === 0) return undefined;
  const layers = program.units.filter((unit) =>
    unit.document.declarations.some(({ kind }) => kind === "Scope"),
  );
  const open = layers.every((unit) => {
    const wide = statementsIn(unit, "Permit");
    const index = new ToolIndex(
      [...wide].filter((node) => node.effect === "permit" && isUnconditional(node.when, context)),
    );
    return index.covering(tools) !== undefined;
  });
  return open ? "every declared tool is permitted, whatever its arguments are" : undefined;
};

/** No check that could be anything but true, and no claim whose confidence is bounded. */
export const idleGrounding: Idle = (context) => {
  const { program } = context;
  const checks = [...statementsOf(program, "Ground")];
  // A claim that no check reads is bounded by `unsupported`, where that is written.
  if (program.symbols.claims.size > 0 && [...statementsOf(program, "Unsupported")].length > 0)
    return undefined;
  // Without a check the confidence counts no further than `unsupported` says, which a class may ask more than.
  const unsupported = [...statementsOf(program, "Unsupported")].map(({ node }) => node.atMost.value);
  const allowed = unsupported.length === 0 ? 0 : leastOf(unsupported);
  if (reachable(context).some(({ node }) => (node.confidence?.value ?? 0) > allowed)) return undefined;
  if (checks.some(({ node }) => certainOf(node.condition, context) !== "true")) return undefined;
  return checks.length === 0 ? "there is no `ground` line" : "each `ground` line is true of everything";
};

/** No class that anything can be of asks for a word, a bar or a limit, itself or by a milder one. */
export const idleReversibility: Idle = (context) => {
  if (chainOf(context).length === 0) return undefined;
  const asks = reachable(context).some(({ node }) => asksSomething(node));
  return asks ? undefined : "no class that anything is treated as asks for something";
};

/** The classes that an action may be of, and the milder ones, whose demands it meets as well. */
function reachable(context: CheckContext): readonly Declared<Ast.ClassStatement>[] {
  const { program } = context;
  const chain = chainOf(context);
  const treats = [...statementsOf(program, "Treat")].filter(({ node }) => !isNever(node.when, context));
  const named = new Set([
    ...treats.map(({ node }) => node.as.text),
    ...[...statementsOf(program, "Otherwise")].map(({ node }) => node.name.text),
  ]);
  return chain.slice(0, chain.findLastIndex(({ name }) => named.has(name)) + 1);
}

const asksSomething = ({ confidence, confirm, limit }: Ast.ClassStatement): boolean =>
  confirm !== undefined || limit !== undefined || (confidence?.value ?? 0) > 0;

/** Nothing can be unknown, no gray line weighs more than passes, messages need no score, and nobody is asked who could refuse. */
export const idleDiscernment: Idle = (context) => {
  const { program } = context;
  if (idleReversibility(context) === undefined || [...statementsOf(program, "Fidelity")].length > 0)
    return undefined;
  if (canBeUnknown(context)) return undefined;
  const thresholds = [...statementsOf(program, "Threshold")].map(({ node }) => node.value.value);
  const least = thresholds.length === 0 ? 0 : leastOf(thresholds);
  const grays = [...statementsOf(program, "Gray")].filter(({ node }) => !isNever(node.when, context));
  if (grays.some(({ node }) => node.weight.value > least)) return undefined;
  return grays.length === 0
    ? "nothing can be unknown, and there is no `gray` line"
    : `no \`gray\` line weighs more than ${least}, and nothing can be unknown`;
};

/** Functions that have a result for whatever they are given. */
const total: readonly string[] = ["count", "length", "lower", "host", "scheme", "extension", "extract"];

/** Whether a condition could have no value: a given, a fact, what is traced, an operation without a result. */
function canBeUnknown({ program }: CheckContext): boolean {
  const blocks = (["Scope", "Grounding", "Reversibility", "Discernment"] as const).flatMap((kind) => [
    ...declarationsOf(program, kind),
  ]);
  for (const { node: block } of blocks)
    for (const node of nodesIn(block)) {
      const { kind, root, name, args, operator } = node as {
        readonly kind?: string;
        readonly root?: string;
        readonly name?: Ast.Name;
        readonly args?: unknown;
        readonly operator?: string;
      };
      if (kind === "Reference" && (root === "given" || root === "claim")) return true;
      if (kind === "Reference" && args !== undefined && !total.includes(name?.text ?? "")) return true;
      if (kind === "TracedTo" || kind === "Negate" || kind === "Tally") return true;
      if (kind === "Binary" && ["+", "-", "*", "/"].includes(operator ?? "")) return true;
      // What a sum or an earlier action comes to is counted, and may be unknown.
      if (kind === "Calls" || kind === "Limit") return true;
    }
  return false;
}

const leastOf = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));

const isNever = (when: Ast.Expression | undefined, context: CheckContext): boolean =>
  when !== undefined && certainOf(when, context) === "false";
