import fc from "fast-check";
import { afterAll, test } from "vitest";
import { type Kind, memory, postgres, sqlite } from "../../trace/stores.js";
import { histories } from "./commands.js";
import { Model } from "./model.js";
import { newEngine } from "./policy.js";
import { Real } from "./real.js";

/** The ordinary run is the same on every machine; `RESHIMU_SEED` and `RESHIMU_RUNS` for another one. */
const seed = Number(process.env.RESHIMU_SEED ?? 1);
const more = Number(process.env.RESHIMU_RUNS ?? 0);

const server = await postgres();
afterAll(() => server.stop());

/** Each comes to something of its own in what the model knows. */
const probes = [
  { tool: "read", args: {}, confidence: 1 },
  { tool: "send", args: { to: "Ann Lee", n: 1 }, confidence: 1 },
  { tool: "send", args: { to: "Bo Lind", n: 2 }, confidence: 1 },
  { tool: "pay", args: { n: 7 }, confidence: 1 },
  { tool: "pay", args: { n: 2 }, confidence: 1 },
  { tool: "wipe", args: {}, confidence: 1 },
];

test.each<[string, Kind, number]>([
  ["memory", memory, 150],
  ["sqlite", sqlite, 40],
  ["postgres", server, 20],
])(
  "sessions in %s do what the model does",
  async (_, kind, runs) => {
    await fc.assert(
      fc.asyncProperty(histories, async (commands) => {
        let used: Real | undefined;
        try {
          await fc.asyncModelRun(async () => {
            const model = new Model(newEngine());
            used = await Real.on(kind, model);
            return { model, real: used };
          }, commands);
          await used?.agreeAtEnd(probes);
        } finally {
          await used?.close();
        }
      }),
      { seed, numRuns: more || runs },
    );
  },
  600_000,
);
