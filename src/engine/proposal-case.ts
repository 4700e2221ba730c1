import type { UnknownReport } from "../ir/decision.js";
import { digest } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { Knowledge, PastAction } from "../ir/knowledge.js";
import type { FactIr, PolicyIr } from "../ir/policy.js";
import { holdsHidden } from "../ir/sensitive.js";
import { fieldsToJson } from "../ir/value.js";
import { type Frame, type OpenLeaf, variant } from "../logic/frame.js";
import { UNKNOWN, type Value } from "../logic/value.js";
import type { Case } from "../validators/case.js";
import type { ToolPlan } from "../validators/plan.js";
import { type Terms, termsOf } from "../validators/terms.js";
import { claimsOf, type Fitting } from "./fit.js";
import { bareFrame, carriedFrame, explainLeaf, KnownFrame, lostBullets, newLoops } from "./frame.js";
import { type EnginePlan, plansOf } from "./plans.js";
import { tierOf } from "./tiers.js";

/** What an engine knows of its policy, prepared once. */
export class PreparedPolicy {
  readonly policy: PolicyIr;
  readonly digest: string;
  readonly terms: Terms;
  readonly facts: ReadonlyMap<string, FactIr>;
  readonly planOf: (tool: string) => EnginePlan | undefined;
  /** One proposal is judged at a time. */
  readonly loops = newLoops();

  constructor(policy: PolicyIr, own: string) {
    this.policy = policy;
    this.digest = own;
    this.terms = termsOf(policy);
    this.facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
    this.planOf = plansOf(policy);
  }
}

/**
 * A proposal that fits, with all that is known: also the frame in which all of that is known. What not every decision reads is
 * made when it is read.
 */
export class ProposalCase extends KnownFrame implements Case {
  readonly plan: EnginePlan;
  readonly carried: Frame;
  readonly #policy: PreparedPolicy;
  readonly #fitting: Fitting;
  #digest: string | undefined;
  #lost: ReadonlySet<string> | undefined;
  #bare: Frame | undefined;

  constructor(prepared: PreparedPolicy, fitting: Fitting, knowledge: Knowledge) {
    const { policy } = prepared;
    super(prepared, knowledge, fitting.args, claimsOf(policy, fitting), tierOf(policy, knowledge));
    this.plan = fitting.plan;
    this.carried = knowledge.descent === undefined ? this : carriedFrame(this, knowledge.descent);
    this.#policy = prepared;
    this.#fitting = fitting;
  }

  /** The same, of which nothing has been looked at. */
  afresh(): ProposalCase {
    return new ProposalCase(this.#policy, this.#fitting, this.knowledge);
  }

  get full(): this {
    return this;
  }

  get policy(): PolicyIr {
    return this.#policy.policy;
  }

  get terms(): Terms {
    return this.#policy.terms;
  }

  get policyDigest(): string {
    return this.#policy.digest;
  }

  get confidence(): number {
    return this.#fitting.confidence ?? 0;
  }

  planOf(tool: string): ToolPlan | undefined {
    return this.#policy.planOf(tool);
  }

  /** What a confirmation binds to: who proposes, and all of what is proposed, in normal form. */
  get digest(): string {
    this.#digest ??= this.#digested();
    return this.#digest;
  }

  #digested(): string {
    const { session, actor, salt } = this.knowledge;
    const { confidence, claims, message } = this.#fitting;
    return digest({
      session: session.id,
      tier: this.tier,
      actor: actor.id,
      tool: this.plan.tool.name,
      args: this.action().args,
      confidence: confidence ?? 0,
      claims: claims ?? {},
      message: message ?? null,
      ...salted(salt),
    });
  }

  /** The arguments by name, as the engine reads them: times as milliseconds. */
  values(): { [name: string]: Json } {
    return this.plan.arguments.byName(this.args);
  }

  /** The action in normal form, as JSON for others. */
  action(): { tool: string; args: { [name: string]: Json } } {
    const { tool } = this.plan;
    return { tool: tool.name, args: fieldsToJson(tool.params, this.values()) };
  }

  get lost(): ReadonlySet<string> {
    this.#lost ??= lostBullets(this.policy, this.knowledge.descent);
    return this.#lost;
  }

  get bare(): Frame {
    this.#bare ??= bareFrame(this.args);
    return this.#bare;
  }

  past(plan: ToolPlan, action: PastAction): Frame {
    const args = plan.tool.params.map(({ name }) =>
      Object.hasOwn(action.args, name) ? seen(action.args[name]) : undefined,
    );
    return variant(this, { args });
  }

  explain(leaf: OpenLeaf): UnknownReport | undefined {
    return explainLeaf(this.world, leaf);
  }

  askedOf(leaves: readonly OpenLeaf[]): string | undefined {
    const { intent } = this.policy;
    for (const leaf of leaves) {
      const asks =
        leaf.kind === "given" ? intent?.givens.find((given) => given.name === leaf.name)?.asks : undefined;
      if (asks !== undefined) return asks.principal;
    }
    return this.terms.firstAsked;
  }
}

/** What is sensitive must not be found by trying values out on a digest. */
export const salted = (salt: string | undefined): { salt?: string } => (salt === undefined ? {} : { salt });

/** Of an earlier action what was sensitive is not known any more. */
const seen = (value: Json | undefined): Value => (holdsHidden(value) ? UNKNOWN : value);
