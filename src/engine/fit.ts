import type { Json } from "../ir/json.js";
import type { PolicyIr } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import { normalise, normaliseFields } from "../ir/value.js";
import type { Value } from "../logic/value.js";
import type { MadeClaim } from "../validators/case.js";
import { copied, isPlainObject, type Plain, plain, type Size } from "./plain.js";
import type { EnginePlan } from "./plans.js";
import { shapeProblems } from "./shape.js";

/** A proposal held against its tool's signature. */
export type Fit = Fitting | Misfit;

/**
 * It is of the shape of one, and fits its tool; all of it is copied, so that all of a decision is about the same thing. Beside what
 * it says of itself, the plan of its tool and its arguments by slot, in normal form.
 */
export interface Fitting extends Sent {
  readonly fits: true;
  readonly plan: EnginePlan;
  readonly args: readonly Value[];
}

/** What a proposal says beside its tool and its arguments. */
export type Sent = Omit<Proposal, "tool" | "args">;

export interface Misfit {
  readonly fits: false;
  /** It is outside whatever the rules say; these are sentences. */
  readonly problems: readonly string[];
  /** The tool that was proposed, where one is. */
  readonly tool: string | undefined;
  /** What was sent, read once: a caller may change what it has sent. */
  readonly sent: Plain;
}

/** Finds the plan of a tool; undefined where the policy declares none of that name. */
export type PlanOf = (tool: string) => EnginePlan | undefined;

/** Whether the shape is a proposal's, the tool is declared, and the arguments are of their types. Normalises them. Never throws. */
export function fitted(planOf: PlanOf, zone: string, given: unknown): Fit {
  return atOnce(planOf, given) ?? atLength(planOf, zone, given);
}

/** Reads what is in order in one go; undefined where something is not, or may not be. */
function atOnce(planOf: PlanOf, given: unknown): Fitting | undefined {
  try {
    return isPlainObject(given) ? readProposal(planOf, given) : undefined;
  } catch {
    // A getter, or a proxy: what it does is told below.
    return undefined;
  }
}

function readProposal(planOf: PlanOf, given: { readonly [member: string]: unknown }): Fitting | undefined {
  const sent = new Reading();
  for (const member in given) {
    if (!Object.hasOwn(given, member)) continue;
    // Read once, as all else is.
    const value = given[member];
    if (value !== undefined && !sent.take(member, value)) return undefined;
  }
  return sent.close(planOf);
}

/** In characters, of a name. */
const longestName = 1_000;

const noValues: readonly Value[] = [];

/** Far below the bound on all of a proposal: what may come near it is measured at length. */
const mostAtOnce = 100_000;

/** A proposal while it is read, and when it has been. */
class Reading implements Fitting, Size {
  readonly fits = true;
  plan: EnginePlan = undefined as never;
  args: readonly Value[] = noValues;
  left = mostAtOnce;
  session: string | undefined = undefined;
  tier: string | undefined = undefined;
  actor: string | undefined = undefined;
  message: string | undefined = undefined;
  confidence: number | undefined = undefined;
  claims: Proposal["claims"] = undefined;
  #tool = "";
  #args: unknown = undefined;

  /** Holds it against the tool that it names; undefined where it may not fit. */
  close(planOf: PlanOf): Fitting | undefined {
    const plan = planOf(this.#tool);
    if (plan === undefined || !isPlainObject(this.#args)) return undefined;
    const args = plan.arguments.read(this.#args, this);
    if (args === undefined || this.left < 0) return undefined;
    this.plan = plan;
    this.args = args;
    return this;
  }

  /** False where it is not what it should be. */
  take(member: string, value: unknown): boolean {
    switch (member) {
      case "tool":
        // Whether it is one of the policy's is all that is asked of it.
        if (typeof value !== "string") return false;
        this.#tool = value;
        return true;
      case "args":
        this.#args = value;
        return true;
      case "confidence":
        if (typeof value !== "number" || !(value >= 0 && value <= 1)) return false;
        this.confidence = value;
        return true;
      case "message":
        if (typeof value !== "string" || !value.isWellFormed()) return false;
        this.left -= value.length;
        this.message = value;
        return true;
      case "claims":
        this.claims = claimsIn(value, this);
        return this.claims !== undefined;
      case "session":
      case "tier":
      case "actor":
        if (typeof value !== "string" || value.length > longestName || !value.isWellFormed()) return false;
        this[member] = value;
        return true;
      default:
        return false;
    }
  }
}

function claimsIn(value: unknown, size: Size): Proposal["claims"] {
  const claims = copied(value, size, 1);
  if (shapeProblems({ tool: "", args: {}, claims }).length > 0) return undefined;
  return Object.hasOwn(claims as object, "__proto__") ? undefined : (claims as Proposal["claims"]);
}

/** Says what does not fit, where something does not. */
function atLength(planOf: PlanOf, zone: string, given: unknown): Fit {
  const sent = plain(given);
  const misfit = (problems: readonly string[], of?: string): Misfit => ({
    fits: false,
    problems,
    tool: of,
    sent,
  });
  if (!sent.ok) return misfit([`the proposal ${sent.problem}`]);
  const wrong = shapeProblems(sent.value);
  if (wrong.length > 0) return misfit(wrong);
  // Member by member: what all objects inherit is no part of it.
  const { tool, args, session, tier, actor, message, confidence, claims } = sent.value as unknown as Proposal;
  if (Object.hasOwn(claims ?? {}, "__proto__"))
    return misfit(["the proposal names a claim `__proto__`"], tool);
  const plan = planOf(tool);
  if (plan === undefined) return misfit([`no tool is called \`${tool.slice(0, 100)}\``], tool);
  const read = normaliseFields(plan.tool.params, args, zone);
  if (!read.ok) return misfit([`\`${plan.tool.name}\` ${read.problem}`], tool);
  const bySlot = plan.arguments.bySlot(read.value as { [name: string]: Json });
  return { fits: true, plan, args: bySlot, session, tier, actor, message, confidence, claims };
}

const noClaims: ReadonlyMap<string, MadeClaim> = new Map();

/** Claims in the normal form of their types; one that is not declared is kept, so that its confidence can be judged. */
export function claimsOf({ claims, zone }: PolicyIr, sent: Sent): ReadonlyMap<string, MadeClaim> {
  if (sent.claims === undefined) return noClaims;
  const made = new Map<string, MadeClaim>();
  for (const [name, claim] of Object.entries(sent.claims)) {
    const declared = claims.find((one) => one.name === name);
    const value = declared === undefined ? undefined : normalise(declared.type, claim.value, zone);
    made.set(name, { value: value?.ok ? value.value : undefined, confidence: claim.confidence ?? 1 });
  }
  return made;
}
