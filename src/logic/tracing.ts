import type { Json } from "../ir/json.js";
import { type Knowledge, type Observation, type PastAction, rootOf } from "../ir/knowledge.js";
import { delegateTool, type PolicyIr, type ToolSourceIr } from "../ir/policy.js";
import type { TracedForm } from "../ir/predicate.js";
import { formatTime, toJson } from "../ir/value.js";
import type { Traced } from "./frame.js";
import { scalarsOf, Utterance, wanted, type Wanted } from "./said.js";
import { covers } from "./tools.js";
import { degree, UNKNOWN, type Unknown } from "./value.js";

/** What was said in a session, and by whom (semantics.md, *Tracing*). Built once a decision, read by every `traced to`. */
export interface Origins {
  traced(value: Json, sources: readonly string[], form: TracedForm, ofFact: boolean): Traced;
}

interface SaidLeaf {
  readonly path: string;
  readonly utterance: Utterance;
}

/** An observation as far as it can be an origin. */
interface Output {
  readonly sources: ReadonlySet<string>;
  readonly leaves: readonly SaidLeaf[];
  /** What was done before it arrived: an echo of what the agent had put in is no origin. */
  readonly before: readonly PastAction[];
}

const leavesCache = new WeakMap<Observation, readonly SaidLeaf[]>();
const argumentsCache = new WeakMap<PastAction, readonly Utterance[]>();

function leavesOf(observation: Observation): readonly SaidLeaf[] {
  const known = leavesCache.get(observation);
  if (known !== undefined) return known;
  const leaves = observation.leaves.map((leaf) => ({
    path: leaf.path.join("."),
    utterance: new Utterance(leaf.text),
  }));
  leavesCache.set(observation, leaves);
  return leaves;
}

function putInBy(action: PastAction): readonly Utterance[] {
  const known = argumentsCache.get(action);
  if (known !== undefined) return known;
  const texts = textsOf(action.args as Json).map((text) => new Utterance(text));
  argumentsCache.set(action, texts);
  return texts;
}

/** The scalars of a value as texts; a number also as the time that it may be. */
function textsOf(value: Json): string[] {
  return scalarsOf(value).flatMap((scalar) => {
    const time = typeof scalar === "number" ? formatTime(scalar) : undefined;
    return time === undefined ? [String(scalar)] : [String(scalar), time];
  });
}

/** Reads what was said from the store's knowledge. `givens` are the values in force. */
export function originsOf(
  policy: PolicyIr,
  knowledge: Knowledge,
  givens: ReadonlyMap<string, Json>,
): Origins {
  const own = knowledge.history.filter((action) => action.session === rootOf(knowledge));
  const outputs = knowledge.observations.map((observation) => outputOf(observation, own));
  const intent = intentTexts(policy, knowledge, givens);
  const outstanding = own.some((action) => !action.observed);
  const principals = knowledge.said.map((word) => ({ by: word.by, utterance: new Utterance(word.text) }));

  const supportOf = (name: string, want: Wanted): number | undefined => {
    if (name === "intent") return intent.some(want.isIn) ? 1 : undefined;
    const source = policy.sources.find((s): s is ToolSourceIr => s.kind === "tool" && s.name === name);
    if (source === undefined)
      return principals.some((p) => p.by === name && want.isIn(p.utterance)) ? 1 : undefined;
    return outputs.some((output) => says(output, source, want)) ? source.trust : undefined;
  };

  // Whether `intent` says it as well does not count here: a given that is answered later must not turn false into unknown.
  const saidElsewhere = (sources: readonly string[], want: Wanted): boolean =>
    outputs.some(
      (o) =>
        !sources.some((s) => o.sources.has(s)) &&
        o.leaves.some((leaf) => want.isIn(leaf.utterance)) &&
        !isEcho(o, want),
    ) || principals.some((p) => !sources.includes(p.by) && want.isIn(p.utterance));

  const scalarTraced = (want: Wanted, sources: readonly string[], ofFact: boolean): Traced => {
    const supports = sources.flatMap((name) => supportOf(name, want) ?? []);
    if (supports.length > 0) return { truth: true, support: degree(Math.max(...supports)) };
    if (outstanding || (sources.includes("intent") && mayBeGiven(policy, givens, want))) return notSaid;
    return saidElsewhere(sources, want) || ofFact ? saidByOthers : notSaid;
  };

  return {
    traced(value, sources, form, ofFact) {
      let truth: boolean | Unknown = true;
      let support = 1;
      for (const scalar of scalarsOf(value)) {
        const one = scalarTraced(wanted(scalar, form, policy.zone), sources, ofFact);
        if (one.truth === false) return saidByOthers;
        if (one.truth === UNKNOWN) truth = UNKNOWN;
        support = Math.min(support, one.support);
      }
      return { truth, support };
    },
  };
}

const notSaid: Traced = { truth: UNKNOWN, support: 0 };
const saidByOthers: Traced = { truth: false, support: 0 };

function outputOf(observation: Observation, own: readonly PastAction[]): Output {
  return {
    sources: new Set(observation.sources),
    leaves: leavesOf(observation),
    before: own.slice(0, observation.after),
  };
}

/** Whether an output says a value as an origin: in a leaf that the source trusts, and not as an echo. */
function says(output: Output, source: ToolSourceIr, want: Wanted): boolean {
  if (!output.sources.has(source.name)) return false;
  const trusted = output.leaves.some(
    (leaf) =>
      (source.fields.length === 0 || source.fields.includes(leaf.path)) &&
      (source.asText ? want.isIn(leaf.utterance) : want.isWhole(leaf.utterance)),
  );
  return trusted && !isEcho(output, want);
}

/** What an action had put in before an output arrived was not first said by it. */
function isEcho(output: Output, want: Wanted): boolean {
  return output.before.some((action) => putInBy(action).some((text) => want.isPutInBy(text)));
}

/** Bullets, the root's opening instruction and the givens; rulings on givens are givens. */
function intentTexts(policy: PolicyIr, knowledge: Knowledge, givens: ReadonlyMap<string, Json>): Utterance[] {
  const texts = (policy.intent?.bullets ?? []).map((bullet) => bullet.text);
  if (knowledge.session.instruction !== undefined) texts.push(knowledge.session.instruction);
  for (const { name, type } of policy.intent?.givens ?? []) {
    const value = type === "bool" ? undefined : givens.get(name);
    if (value !== undefined) for (const scalar of scalarsOf(toJson(type, value))) texts.push(String(scalar));
  }
  return texts.map((text) => new Utterance(text));
}

/** Whether a given that nobody has answered yet could turn out to say it. */
function mayBeGiven(policy: PolicyIr, givens: ReadonlyMap<string, Json>, want: Wanted): boolean {
  return (policy.intent?.givens ?? []).some(({ name, type }) => {
    if (givens.has(name)) return false;
    if (typeof type === "object" && "enum" in type)
      return type.enum.some((member) => want.isIn(new Utterance(member)));
    return type !== "bool";
  });
}

/**
 * How far what a tool returns is to be trusted: the highest trust of the sources that name it and whose `when`, if any,
 * holds; 0 if none does, of `delegate` 1 (semantics.md, `session.trust`).
 */
export function trustOf(policy: PolicyIr, tool: string, holds: (source: ToolSourceIr) => boolean): number {
  const trusts = policy.sources.flatMap((s) =>
    s.kind === "tool" && covers(s.tools, tool) && holds(s) ? [s.trust] : [],
  );
  // To hand down reads nothing; what comes back was read in this tree, and counts as it was read.
  const unnamed = tool === delegateTool ? 1 : 0;
  return trusts.length === 0 ? unnamed : Math.max(...trusts);
}
