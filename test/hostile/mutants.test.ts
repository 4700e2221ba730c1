import fc from "fast-check";
import { describe, test } from "vitest";
import { hostileProperties } from "./properties.js";

/** Mutants of each kind; more, and from another seed, in a hunt. */
const runs = Number(process.env.RESHIMU_HOSTILE_RUNS ?? 10);
const seed = process.env.RESHIMU_SEED ?? "1";

describe("mutants are taken, or refused with a reason that points somewhere", () => {
  test.each(hostileProperties)(
    "$name",
    async ({ arbitrary, check }) => {
      await fc.assert(fc.asyncProperty(arbitrary, check), {
        numRuns: runs,
        ...(seed === "any" ? {} : { seed: Number(seed) }),
      });
    },
    60_000 + runs * 200,
  );
});
