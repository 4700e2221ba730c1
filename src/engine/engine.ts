import type { Assessments, Decision, UnknownReport } from "../ir/decision.js";
import { digest, policyDigest } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactQuestion, Knowledge } from "../ir/knowledge.js";
import type { PolicyIr, ToolIr } from "../ir/policy.js";
import { showFields } from "../ir/type.js";
import { holdsHidden } from "../ir/sensitive.js";
import { fieldsToJson } from "../ir/value.js";
import { trustOf } from "../logic/tracing.js";
import type { OpenLeaf } from "../logic/frame.js";
import { UNKNOWN, type Value } from "../logic/value.js";
import { type Case, placeOf } from "../validators/case.js";
import { type Assessed, assess } from "../validators/index.js";
import { planFor, type ToolPlan } from "../validators/plan.js";
import { decide } from "./decide.js";
import { type Examination, examined } from "./examine.js";
import { claimsOf, fitted, type Fit, standing, tierOf } from "./fit.js";
import { bareFrame, carriedFrame, explainLeaf, fullFrame, lostBullets, worldOf } from "./frame.js";
import { plain } from "./plain.js";
import { questionsOf } from "./questions.js";
import { remediesOf } from "./remedies.js";
import { reportOf } from "./report.js";

/** What came of one evaluation. */
export interface Evaluation {
  /** The decision, without its report. */
  readonly decision: Decision;
  /** Facts it would still ask for; while there are any, the session asks the sources and evaluates again. */
  readonly asks: readonly FactQuestion[];
  /** The arguments as the engine reads them (times as milliseconds), for the history; null where they do not fit. */
  readonly values: { readonly [name: string]: Json } | null;
  /** Kept with an authorized action: its classes by layer, and the trust of what it will read. */
  readonly classes: readonly (string | null)[];
  readonly trust: number;
}

/** A policy ready to judge. Pure: no I/O, no clock; the same inputs give the same bytes. */
export interface Engine {
  readonly policy: PolicyIr;
  readonly digest: string;
  /** Judges one proposal on what is known. Total: any input gets a decision and four assessments. */
  evaluate(proposal: unknown, knowledge: Knowledge): Evaluation;
  /** As `evaluate`, with the report a clarify carries: the questions and what each answer leads to. */
  decide(proposal: unknown, knowledge: Knowledge): Evaluation;
  /** What every statement comes to that speaks of the proposal's tool; undefined where the proposal fits no tool. */
  examine(proposal: unknown, knowledge: Knowledge): Examination | undefined;
  /** The same of the tool sources that name a tool, as an output of it arrives. */
  examineOutput(
    tool: string,
    args: { readonly [name: string]: Json },
    knowledge: Knowledge,
  ): Examination | undefined;
  /** The names of the tool sources that an output of a tool belongs to: those whose `when` holds as it arrives. */
  sourcesOf(tool: string, args: { readonly [name: string]: Json }, knowledge: Knowledge): string[];
}

/** Prepares a policy (semantics.md, `evaluate`). Statements are prepared for a tool when it is first proposed. */
export function createEngine(policy: PolicyIr): Engine {
  const own = policyDigest(policy);
  const tools = new Map<string, ToolIr>(policy.tools.map((tool) => [tool.name, tool]));
  const facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
  const plans = new Map<string, ToolPlan>();
  const planOf = (name: string): ToolPlan | undefined => {
    const tool = tools.get(name);
    const ready = plans.get(name);
    if (tool === undefined || ready !== undefined) return ready;
    const plan = planFor(policy, tool);
    plans.set(name, plan);
    return plan;
  };

  const caseOf = (
    fitting: Fitting,
    plan: ToolPlan,
    knowledge: Knowledge,
  ): { c: Case; asks: ReadonlyMap<string, FactQuestion> } => {
    const world = worldOf(policy, facts, knowledge);
    const claims = claimsOf(policy, fitting.proposal);
    const tier = tierOf(policy, knowledge);
    const slots = (of: ToolPlan, args: { readonly [name: string]: Json }) =>
      of.tool.params.map((param) => (Object.hasOwn(args, param.name) ? args[param.name] : undefined));
    const full = fullFrame(world, knowledge, slots(plan, fitting.args), claims, tier);
    const asks = world.pending;
    const { descent } = knowledge;
    const c: Case = {
      policy,
      plan,
      planOf,
      digest: proposalDigest(fitting, plan.tool, knowledge, tier),
      policyDigest: own,
      args: fitting.args,
      confidence: fitting.proposal.confidence ?? 0,
      claims,
      knowledge,
      full,
      carried: descent === undefined ? full : carriedFrame(full, descent),
      lost: lostBullets(policy, descent),
      bare: bareFrame(full.args),
      past: (its, action) => ({ ...full, locals: [], args: slots(its, action.args).map(seen) }),
      explain: (leaf): UnknownReport | undefined => explainLeaf(world, leaf),
      askedOf: (leaves) => askedOf(policy, leaves),
    };
    return { c, asks };
  };

  const outputCase = (
    tool: string,
    args: { readonly [name: string]: Json },
    knowledge: Knowledge,
  ): ReturnType<typeof caseOf> | undefined => {
    const plan = planOf(tool);
    if (plan === undefined) return undefined;
    const proposal = { tool, args: { ...args } };
    return caseOf({ fits: true, proposal, tool: plan.tool, args }, plan, knowledge);
  };

  const evaluate = (
    given: unknown,
    knowledge: Knowledge,
  ): Evaluation & { assessed: Assessed | undefined; c: Case | undefined } => {
    const fitting = fitted(policy, tools, given);
    if (!fitting.fits)
      return { ...misfit(policy, own, fitting, given, knowledge), assessed: undefined, c: undefined };
    const plan = planOf(fitting.tool.name) as ToolPlan;
    const { c, asks } = caseOf(fitting, plan, knowledge);
    const problems = standing(policy, fitting.proposal, knowledge);
    const assessed = assess(c, problems);
    const { decision, stoppedBy } = decide(assessed.assessments);
    return {
      decision: {
        decision,
        proposal: c.digest,
        action: { tool: plan.tool.name, args: fieldsToJson(plan.tool.params, fitting.args) },
        policy: { name: policy.name, digest: own },
        assessments: assessed.assessments,
        stoppedBy,
        remedies: remediesOf(c, assessed),
        report: null,
      },
      asks: [...asks.values()],
      values: fitting.args,
      classes: assessed.classes,
      trust: trustOf(
        policy,
        plan.tool.name,
        (source) => plan.sources.find((s) => s.ir === source)?.when.value(c.full) === true,
      ),
      assessed,
      c,
    };
  };

  return {
    policy,
    digest: own,
    evaluate: (given, knowledge) => stripped(evaluate(given, knowledge)),
    decide(given, knowledge) {
      const { assessed, c, ...evaluation } = evaluate(given, knowledge);
      if (evaluation.decision.decision !== "clarify" || assessed === undefined || c === undefined)
        return evaluation;
      const questions = questionsOf(c, assessed, (hypothesis) => evaluate(given, hypothesis).decision);
      const report = reportOf(c, assessed, questions);
      return { ...evaluation, decision: { ...evaluation.decision, report } };
    },
    examine(given, knowledge) {
      const fitting = fitted(policy, tools, given);
      const plan = fitting.fits ? planOf(fitting.tool.name) : undefined;
      if (!fitting.fits || plan === undefined) return undefined;
      const { c, asks } = caseOf(fitting, plan, knowledge);
      return examined(c, asks, "proposal");
    },
    examineOutput(tool, args, knowledge) {
      const arrived = outputCase(tool, args, knowledge);
      return arrived && examined(arrived.c, arrived.asks, "output");
    },
    sourcesOf(tool, args, knowledge) {
      const arrived = outputCase(tool, args, knowledge);
      if (arrived === undefined) return [];
      const { plan, full } = arrived.c;
      return plan.sources
        .filter((source) => source.when.value(full) === true)
        .map((source) => source.ir.name);
    },
  };
}

function stripped({
  assessed: _a,
  c: _c,
  ...evaluation
}: Evaluation & { assessed: unknown; c: unknown }): Evaluation {
  return evaluation;
}

/** Of an earlier action what was sensitive is not known any more. */
const seen = (value: Json | undefined): Value => (holdsHidden(value) ? UNKNOWN : value);

/** Whom an open condition is asked of: the `asks` of a given in it, else the first of `escalate`. */
function askedOf(policy: PolicyIr, leaves: readonly OpenLeaf[]): string | undefined {
  for (const leaf of leaves) {
    const asks =
      leaf.kind === "given"
        ? policy.intent?.givens.find((given) => given.name === leaf.name)?.asks
        : undefined;
    if (asks !== undefined) return asks.principal;
  }
  return policy.escalate[0]?.principal;
}

/** What a confirmation binds to: who proposes, and all of what is proposed, in normal form. */
function proposalDigest(fitting: Fitting, tool: ToolIr, knowledge: Knowledge, tier: string | null): string {
  const { confidence, claims, message } = fitting.proposal;
  return digest({
    session: knowledge.session.id,
    tier,
    actor: knowledge.actor.id,
    tool: tool.name,
    args: fieldsToJson(tool.params, fitting.args),
    confidence: confidence ?? 0,
    claims: claims ?? {},
    message: message ?? null,
    ...salted(knowledge),
  });
}

/** What is sensitive must not be found by trying values out on a digest. */
const salted = ({ salt }: Knowledge): { salt?: string } => (salt === undefined ? {} : { salt });

type Fitting = Extract<Fit, { fits: true }>;
type Misfit = Extract<Fit, { fits: false }>;

/** What does not fit is outside; the others have nothing to judge and are left open. */
function misfit(
  policy: PolicyIr,
  own: string,
  fitting: Misfit,
  given: unknown,
  knowledge: Knowledge,
): Evaluation {
  const problems = [...fitting.problems];
  const assessments: Assessments = {
    scope: { validator: "ARYEH", finding: "outside", rules: [], unknowns: [], problems },
    grounding: {
      validator: "SHOR",
      finding: "unverified",
      confidence: 0,
      support: null,
      checks: [],
      unknowns: [],
      claims: [],
    },
    reversibility: {
      validator: "NESHER",
      finding: "indeterminate",
      class: null,
      mildest: null,
      awaiting: [],
      rules: [],
      unknowns: [],
      undo: [],
    },
    discernment: {
      validator: "PANIM ADAM",
      finding: "clear",
      ambiguity: 0,
      threshold: 0,
      components: [],
      refusedBy: [],
    },
  };
  return {
    decision: {
      decision: "return",
      proposal: digestOfAnything(given, knowledge),
      action: null,
      policy: { name: policy.name, digest: own },
      assessments,
      stoppedBy: ["scope"],
      remedies: problems.map((problem) => ({
        kind: "narrow-action",
        validator: "scope",
        ...toolPlace(policy, fitting),
        satisfy: `${problem}; propose a declared tool with arguments of its types`,
      })),
      report: null,
    },
    asks: [],
    values: null,
    // Nobody knows what class it would have had: where it is recorded as made, it counts as the gravest.
    classes: policy.layers.map((layer) => (layer.reversibility && policy.classes.at(-1)?.name) ?? null),
    trust: 0,
  };
}

/** Where the signature stands that the arguments do not fit. */
function toolPlace(policy: PolicyIr, fitting: Misfit): { rule?: string; at?: string; text?: string } {
  const name = fitting.proposal?.tool;
  const tool = policy.tools.find((one) => one.name === name);
  return tool === undefined
    ? {}
    : {
        rule: `tool:${tool.name}`,
        ...placeOf(policy, `tool:${tool.name}`),
        text: `tool ${tool.name}(${showFields(tool.params)})`,
      };
}

/** A digest of what was sent, however odd; the order of keys has no meaning. */
function digestOfAnything(given: unknown, knowledge: Knowledge): string {
  const sent = plain(given);
  return digest({ malformed: sent.ok ? JSON.stringify(sent.value) : sent.problem, ...salted(knowledge) });
}
