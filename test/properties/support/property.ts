import fc from "fast-check";
import type { Story } from "../generate/knowledge.js";
import { type Scenario, type ScenarioOptions, scenarios, type Telling } from "../generate/scenario.js";
import { judge, type Judged } from "./judge.js";
import { compared } from "./must.js";

/**
 * Something that must always hold. Each is written down once, and tried by the ordinary tests (`support/ordinary.ts`) and by
 * the hunt (`fuzz/main.ts`) alike.
 */
export interface Property {
  /** `T7`; where several make up one property of the page, with a word of its own: `T5.rulings`. */
  readonly id: string;
  readonly says: string;
  /** How many runs it takes of what others take; below 1 where one run is dear. */
  readonly share: number;
  try(trial: Trial): Promise<Outcome>;
}

export interface Trial {
  readonly runs: number;
  readonly seed: number;
  /** Where in the runs and their shrinking to begin, as a failure told it. */
  readonly path?: string;
  /** Called after each check: a trial that is silent hangs. */
  readonly onCheck?: () => void;
  /** Called with the first reason why it does not hold, before the case is made small: that can take minutes. */
  readonly onFailure?: (reason: string) => void;
}

export interface Outcome {
  /** How many values it was checked of. */
  readonly runs: number;
  /** Why it does not hold, for a person; absent where it held. */
  readonly failure?: string;
}

interface Stated<T> {
  readonly id: string;
  readonly says: string;
  readonly of: fc.Arbitrary<T>;
  readonly check: (value: T) => void | Promise<void>;
  readonly share?: number;
}

/** States a property of whatever an arbitrary makes. */
export function property<T>({ id, says, of, check, share = 1 }: Stated<T>): Property {
  return {
    id,
    says,
    share,
    try: async ({ runs, seed, path, onCheck, onFailure }) => {
      let failing = false;
      const stated = fc.asyncProperty(of, async (value) => {
        try {
          await check(value);
        } catch (error) {
          if (!failing) onFailure?.(String(error).split("\n")[0] as string);
          failing = true;
          throw error;
        } finally {
          onCheck?.();
        }
      });
      const details = await fc.check(stated, {
        numRuns: Math.ceil(runs * share),
        seed,
        ...(path === undefined ? {} : { path }),
      });
      const tried = { runs: details.numRuns };
      return details.failed ? { ...tried, failure: report(id, says, details) } : tried;
    },
  };
}

interface StatedOfEach {
  readonly id: string;
  readonly says: string;
  readonly options?: ScenarioOptions;
  readonly share?: number;
}

/** States a property of every generated policy, with all that is told and proposed under it. */
export function ofScenarios(stated: StatedOfEach, check: (scenario: Scenario) => void): Property {
  return property({ ...stated, of: scenarios(stated.options), check });
}

/** As `ofScenarios`, of every proposal on every story. */
export function ofProposals(
  stated: StatedOfEach,
  check: (told: Scenario & Telling, proposal: unknown) => void,
): Property {
  return ofScenarios(stated, (scenario) => {
    for (const telling of scenario.tellings)
      for (const proposal of telling.proposals) check({ ...scenario, ...telling }, proposal);
  });
}

/** As `ofProposals`, of every decision that a proposal gets: the last one, and those that were made before all was known. */
export function ofDecisions(stated: StatedOfEach, check: (judged: Judged, story: Story) => void): Property {
  return ofProposals(stated, ({ engine, story }, proposal) => {
    const { earlier, ...last } = judge(engine, story, proposal);
    for (const judged of [...earlier, last]) {
      compared();
      check(judged, story);
    }
  });
}

/** A failure for a person: what does not hold, on which policy, proposal and knowledge, and how to see it again. */
function report<T>(id: string, says: string, details: fc.RunDetails<[T]>): string {
  const error = details.errorInstance;
  const path = details.counterexamplePath;
  return [
    `${id} does not hold: ${says}`,
    error instanceof Error ? (error.stack ?? error.message) : fc.stringify(error),
    `The smallest case found (made smaller ${details.numShrinks} times):`,
    fc.stringify(details.counterexample?.[0]),
    `To see it again: npm run fuzz -- --property ${id} --seed ${details.seed}${path === null ? "" : ` --path ${path}`}`,
  ].join("\n\n");
}
