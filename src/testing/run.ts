import { createEngine, type Engine } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import type { Place, PolicyIr, TestIr, TestStepIr } from "../ir/policy.js";
import type { Proposal } from "../ir/proposal.js";
import { toJson } from "../ir/value.js";
import { SessionError } from "../session/opening.js";
import type { Observer } from "../session/home.js";
import type { Session } from "../session/session.js";
import { Store } from "../session/store.js";
import { benchPolicy, factTable, givenToJson, openingOf, sentArguments, unknownGivens } from "./bench.js";
import { type ExpectIr, isExpectation, type Judged, judged, keysOf, subjectText } from "./expect.js";

type StepOf<K extends TestStepIr["step"]> = Extract<TestStepIr, { step: K }>;

/** What one `expect` came to. */
export interface Expectation extends Judged {
  readonly expected: ExpectIr;
  /** Where it stands; absent in a policy that was built without places. */
  readonly place?: Place;
  /** What was proposed, and how it was decided. */
  readonly proposal: Proposal;
  readonly actual: Decision;
}

/** What one test came to: a `test` block, or one row of it. */
export interface TestResult {
  readonly name: string;
  /** The row it comes from, as it reads. */
  readonly row?: string;
  /** Where it, or its row, stands; absent in a policy that was built without places. */
  readonly place?: Place;
  /** Whether all that it expects was met. */
  readonly passed: boolean;
  readonly expectations: readonly Expectation[];
  /** Why it could not be run to its end, and where. */
  readonly problem?: string;
  readonly problemPlace?: Place;
  /** How long it took. */
  readonly milliseconds: number;
}

export interface RunOptions {
  /** Which tests are run, by their names; absent: all. */
  readonly only?: (name: string) => boolean;
  /** Whether the first that fails is the last that is run. */
  readonly bail?: boolean;
  /** Who looks on at each test that runs. */
  readonly observe?: Observing;
}

/** Who looks on at a test that runs on this engine; `answer` gives what the test's facts say. */
export type Observing = (engine: Engine, answer: ReturnType<typeof factTable>["answer"]) => Observer;

/**
 * Runs the tests of a policy, in the order in which they stand (language.md, *Tests*). No source is asked: a fact that a test
 * does not set is unknown. Without `now` a test stands at one fixed instant, so that it gives the same every day.
 */
export async function runTests(
  policy: PolicyIr,
  { only, bail, observe }: RunOptions = {},
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  const engineFor = benches(policy);
  for (const test of inOrder(policy)) {
    if (only?.(test.name) === false) continue;
    const result = await runTest(policy, test, engineFor(test), observe);
    results.push(result);
    if (bail === true && !result.passed) break;
  }
  return results;
}

/** An engine for each test; tests that leave the same givens unknown share one, for to prepare a policy takes its time. */
function benches(policy: PolicyIr): (test: TestIr) => Engine {
  const ready = new Map<string, Engine>();
  return (test) => {
    const unknown = unknownGivens(test);
    const key = JSON.stringify(unknown);
    const engine = ready.get(key) ?? createEngine(benchPolicy(policy, unknown));
    ready.set(key, engine);
    return engine;
  };
}

/** The instant of a test that says none. */
export const defaultNow = Date.UTC(2000, 0, 1);

const placeAt = (policy: PolicyIr, key: string): Place | undefined =>
  Object.hasOwn(policy.spans, key) ? policy.spans[key]?.[0] : undefined;

function inOrder(policy: PolicyIr): TestIr[] {
  const places = new Map(policy.tests.map((test) => [test, placeAt(policy, test.id)]));
  return [...policy.tests].sort((a, b) => {
    const [p, q] = [places.get(a), places.get(b)];
    return (
      (p?.line ?? 0) - (q?.line ?? 0) || (p?.column ?? 0) - (q?.column ?? 0) || (a.name < b.name ? -1 : 1)
    );
  });
}

async function runTest(
  policy: PolicyIr,
  test: TestIr,
  engine: Engine,
  observe: Observing | undefined,
): Promise<TestResult> {
  const begun = performance.now();
  const place = placeAt(policy, test.id);
  const run = new TestRun(engine, test, observe);
  const result = (problem: string | undefined, at: Place | undefined): TestResult => ({
    name: test.name,
    ...(test.row === undefined ? {} : { row: test.row }),
    ...(place === undefined ? {} : { place }),
    passed: problem === undefined && run.expectations.every((one) => one.met),
    expectations: run.expectations,
    ...(problem === undefined ? {} : { problem }),
    ...(at === undefined ? {} : { problemPlace: at }),
    milliseconds: Math.round((performance.now() - begun) * 1_000) / 1_000,
  });
  for (const [index, step] of test.steps.entries()) {
    const at = placeAt(policy, `${test.id}:${index}`);
    try {
      await run.take(step, at);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return result(error.message, at);
    }
  }
  return result(undefined, undefined);
}

/** One test on its way through its steps. */
class TestRun {
  readonly expectations: Expectation[] = [];
  readonly #policy: PolicyIr;
  readonly #test: TestIr;
  readonly #facts: ReturnType<typeof factTable>;
  readonly #store: Store;
  readonly #claims: NonNullable<Proposal["claims"]> = {};
  #now = defaultNow;
  #session: Session | undefined;
  #last: { readonly proposal: Proposal; readonly decision: Decision } | undefined;

  constructor(engine: Engine, test: TestIr, observe: Observing | undefined) {
    this.#policy = engine.policy;
    this.#test = test;
    this.#facts = factTable(engine.policy);
    this.#store = new Store(engine, this.#facts, {
      clock: () => this.#now,
      ...(observe === undefined ? {} : { observer: observe(engine, this.#facts.answer) }),
    });
  }

  async take(step: TestStepIr, place: Place | undefined): Promise<void> {
    if (isExpectation(step)) return this.#expect(step, place);
    switch (step.step) {
      // What a session opens with.
      case "tier":
      case "given":
      case "actor":
      case "instruction":
        return;
      case "now":
        this.#now = step.time;
        return;
      case "fact":
        return this.#facts.set(step);
      case "claim":
        return this.#claim(step);
      case "said":
        return (await this.#opened()).said(step);
      case "observe": {
        const { tool, output, error } = step;
        const args = sentArguments(this.#policy, step);
        const seen = { tool, args, output, ...(error === undefined ? {} : { error }) };
        await (await this.#opened()).observe(seen);
        return;
      }
      case "propose":
        return this.#propose(step);
      case "confirmed":
        return this.#decided(this.#last?.proposal, await (await this.#opened()).confirm({ by: step.by }));
      case "refused":
        return this.#decided(
          this.#last?.proposal,
          await (await this.#opened()).confirm({ by: step.by, answer: false }),
        );
      case "answered":
        return this.#answer(step);
    }
  }

  /** Opened when something first happens in it: a session's tier and givens are there from its beginning. */
  async #opened(): Promise<Session> {
    this.#session ??= await this.#store.open(openingOf(this.#policy, this.#test));
    return this.#session;
  }

  #claim({ name, value, confidence }: StepOf<"claim">): void {
    const claim = this.#policy.claims.find((one) => one.name === name);
    const told = claim === undefined ? value : toJson(claim.type, value);
    this.#claims[name] = { value: told, ...(confidence === undefined ? {} : { confidence }) };
  }

  async #propose(step: StepOf<"propose">): Promise<void> {
    const { tool, confidence, message } = step;
    const proposal: Proposal = {
      tool,
      args: sentArguments(this.#policy, step),
      ...(confidence === undefined ? {} : { confidence }),
      ...(Object.keys(this.#claims).length === 0 ? {} : { claims: { ...this.#claims } }),
      ...(message === undefined ? {} : { message }),
    };
    this.#decided(proposal, await (await this.#opened()).propose(proposal));
  }

  #decided(proposal: Proposal | undefined, decision: Decision): void {
    if (proposal !== undefined) this.#last = { proposal, decision };
  }

  /** A given may be answered at any time; a rule only where the last decision asks about it. */
  async #answer({ by, about, answer }: StepOf<"answered">): Promise<void> {
    const session = await this.#opened();
    if ("given" in about) {
      await session.rule({ by, given: about.given, answer: givenToJson(this.#policy, about.given, answer) });
      return;
    }
    const keys = keysOf(this.#policy, about);
    const asked = new Set(
      (this.#last?.decision.remedies ?? []).flatMap(({ questions = [] }) =>
        questions.filter((key) => keys.has(key)),
      ),
    );
    const [question] = asked;
    if (question === undefined)
      throw new SessionError(`the last decision does not ask about \`${subjectText(about)}\``);
    if (asked.size > 1)
      throw new SessionError(
        `the last decision asks about ${asked.size} of \`${subjectText(about)}\`: say which by its reason`,
      );
    await session.rule({ by, question, answer });
  }

  #expect(expected: ExpectIr, place: Place | undefined): void {
    if (this.#last === undefined)
      throw new SessionError("nothing has been proposed yet that could be expected");
    const { proposal, decision: actual } = this.#last;
    this.expectations.push({
      expected,
      ...judged(expected, actual, this.#policy),
      ...(place === undefined ? {} : { place }),
      proposal,
      actual,
    });
  }
}
