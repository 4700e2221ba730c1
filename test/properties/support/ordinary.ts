import { test } from "vitest";
import type { Property } from "./property.js";

/** How many policies each property is tried on; `RESHIMU_RUNS` for another number. */
const runs = Number(process.env.RESHIMU_RUNS ?? 30);
/** The ordinary run is the same on every machine; `RESHIMU_SEED` for another one. */
const seed = Number(process.env.RESHIMU_SEED ?? 1);

/** Time for the runs, and for making a failure small. */
export const timeout = 240_000 + runs * 2_000;

/** Tries properties as ordinary tests. */
export function ordinary(properties: readonly Property[]): void {
  for (const one of properties)
    test(
      `${one.id} ${one.says}`,
      async () => {
        const { failure } = await one.try({ runs, seed });
        if (failure !== undefined) throw new Error(failure);
      },
      timeout,
    );
}
