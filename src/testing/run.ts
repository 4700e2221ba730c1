import { createEngine, type Engine } from "../engine/engine.js";
import type { Decision, DecisionWord, ValidatorName } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Place, PolicyIr, TestIr } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import { fieldsToJson, toJson } from "../ir/value.js";
import { type Observer, type Session, SessionError, Store } from "../session/session.js";
import { benchPolicy, factTable } from "./bench.js";

type Step = TestIr["steps"][number];
type StepOf<K extends Step["step"]> = Extract<Step, { step: K }>;

/** What one `expect` came to. */
export interface Expectation {
  readonly expected: { readonly decision: DecisionWord; readonly from: readonly string[] };
  /** What was proposed, and how it was decided. */
  readonly proposal: Proposal;
  readonly actual: Decision;
  readonly met: boolean;
}

/** What one `test` block came to. */
export interface TestResult {
  readonly name: string;
  /** Where it stands; absent in a policy that was built without places. */
  readonly place?: Place;
  /** Whether all that it expects was met. */
  readonly passed: boolean;
  readonly expectations: readonly Expectation[];
  /** Why it could not be run to its end. */
  readonly problem?: string;
}

/** Who looks on at a test that runs on this engine; `answer` gives what the test's facts say. */
export type Observing = (engine: Engine, answer: ReturnType<typeof factTable>["answer"]) => Observer;

/**
 * Runs the `test` blocks of a policy, in the order in which they stand (language.md, *Declarations*). No source is asked: a fact
 * that a test does not set is unknown. Without `now` a test stands at one fixed instant, so that it gives the same every day.
 */
export async function runTests(policy: PolicyIr, observe?: Observing): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of inOrder(policy)) results.push(await runTest(policy, test, observe));
  return results;
}

/** The instant of a test that says none. */
export const defaultNow = Date.UTC(2000, 0, 1);

const placeOf = (policy: PolicyIr, { id }: TestIr): Place | undefined =>
  Object.hasOwn(policy.spans, id) ? policy.spans[id]?.[0] : undefined;

function inOrder(policy: PolicyIr): TestIr[] {
  const lineOf = (test: TestIr): number => placeOf(policy, test)?.line ?? 0;
  return [...policy.tests].sort((a, b) => lineOf(a) - lineOf(b) || (a.name < b.name ? -1 : 1));
}

async function runTest(policy: PolicyIr, test: TestIr, observe?: Observing): Promise<TestResult> {
  const place = placeOf(policy, test);
  const told = { name: test.name, ...(place === undefined ? {} : { place }) };
  const run = new TestRun(benchPolicy(policy, test), test, observe);
  try {
    for (const step of test.steps) await run.take(step);
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return { ...told, passed: false, expectations: run.expectations, problem: error.message };
  }
  return { ...told, passed: run.expectations.every((one) => one.met), expectations: run.expectations };
}

/** One test on its way through its steps. */
class TestRun {
  readonly expectations: Expectation[] = [];
  readonly #policy: PolicyIr;
  readonly #facts: ReturnType<typeof factTable>;
  readonly #store: Store;
  readonly #opening: { readonly tier?: string; readonly givens: { readonly [name: string]: Json } };
  readonly #claims: NonNullable<Proposal["claims"]> = {};
  #now = defaultNow;
  #session: Session | undefined;
  #last: { readonly proposal: Proposal; readonly decision: Decision } | undefined;

  constructor(policy: PolicyIr, test: TestIr, observe?: Observing) {
    const engine = createEngine(policy);
    this.#policy = policy;
    this.#facts = factTable(policy);
    this.#store = new Store(engine, this.#facts, () => this.#now, observe?.(engine, this.#facts.answer));
    this.#opening = openingOf(policy, test);
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case "tier":
      case "given":
        return;
      case "now":
        this.#now = step.time;
        return;
      case "fact":
        return this.#facts.set(step);
      case "claim":
        return this.#claim(step);
      case "said":
        return this.#opened().said(step);
      case "observe":
        return this.#opened().observe({ tool: step.tool, args: this.#argsOf(step), output: step.output });
      case "propose":
        return this.#propose(step);
      case "confirmed":
        return this.#decided(this.#last?.proposal, await this.#opened().confirm({ by: step.by }));
      case "expect":
        return this.#expect(step);
    }
  }

  /** Opened when something first happens in it: a session's tier and givens are there from its beginning. */
  #opened(): Session {
    this.#session ??= this.#store.open(this.#opening);
    return this.#session;
  }

  #claim({ name, value, confidence }: StepOf<"claim">): void {
    const claim = this.#policy.claims.find((one) => one.name === name);
    const told = claim === undefined ? value : toJson(claim.type, value);
    this.#claims[name] = { value: told, ...(confidence === undefined ? {} : { confidence }) };
  }

  async #propose(step: StepOf<"propose">): Promise<void> {
    const { tool, confidence } = step;
    const proposal: Proposal = {
      tool,
      args: this.#argsOf(step),
      ...(confidence === undefined ? {} : { confidence }),
      ...(Object.keys(this.#claims).length === 0 ? {} : { claims: { ...this.#claims } }),
    };
    this.#decided(proposal, await this.#opened().propose(proposal));
  }

  #decided(proposal: Proposal | undefined, decision: Decision): void {
    if (proposal !== undefined) this.#last = { proposal, decision };
  }

  #expect({ decision, from }: StepOf<"expect">): void {
    if (this.#last === undefined)
      throw new SessionError("nothing has been proposed yet that could be expected");
    const { proposal, decision: actual } = this.#last;
    const met =
      actual.decision === decision && from.every((name) => actual.stoppedBy.includes(name as ValidatorName));
    this.expectations.push({ expected: { decision, from }, proposal, actual, met });
  }

  /** Arguments as an agent would send them. */
  #argsOf({ tool, args }: { readonly tool: string; readonly args: { readonly [name: string]: Json } }): {
    [name: string]: Json;
  } {
    const params = this.#policy.tools.find((one) => one.name === tool)?.params ?? [];
    return Object.assign(Object.create(null), args, fieldsToJson(params, args)) as { [name: string]: Json };
  }
}

/** The tier and the givens a test's session opens with. A value that a test gives twice is the last. */
function openingOf(policy: PolicyIr, test: TestIr): { tier?: string; givens: { [name: string]: Json } } {
  const givens = Object.create(null) as { [name: string]: Json };
  let tier: string | undefined;
  for (const step of test.steps) {
    if (step.step === "tier") tier = step.tier;
    if (step.step !== "given" || step.value === "unknown") continue;
    const given = policy.intent?.givens.find((one) => one.name === step.name);
    givens[step.name] = given === undefined ? step.value.value : toJson(given.type, step.value.value);
  }
  return { givens, ...(tier === undefined ? {} : { tier }) };
}
