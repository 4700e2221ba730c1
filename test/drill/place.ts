import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../src/session/store.js";
import { openTrace } from "../../src/trace/open.js";
import { engineOf } from "../support/policy.js";
import { startPostgres } from "../support/postgres.js";

export const media = ["sqlite", "postgres"] as const;
export type Medium = (typeof media)[number];

/** Where a drill takes place: an empty trace, and a policy that lets `act` through so many times per session. */
export interface Place {
  /** The file of the built policy, for the processes. */
  readonly policy: string;
  /** The trace, as `openTrace` takes it. */
  readonly place: string;
  readonly store: Store;
  leave(): Promise<void>;
}

export async function takePlace(medium: Medium, limit: number): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "reshimu-drill-"));
  const server = medium === "postgres" ? await startPostgres({ settings: { fsync: "on" } }) : undefined;
  const leave = async (): Promise<void> => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const place = server === undefined ? join(folder, "trace.db") : await server.createDatabase();
    const engine = engineOf({ scope: `permit *\n limit act to ${limit} per session` });
    const policy = join(folder, "policy.json");
    writeFileSync(policy, JSON.stringify(engine.policy));
    const store = new Store(engine, undefined, { trace: await openTrace(place) });
    return {
      policy,
      place,
      store,
      leave: async () => {
        await store.trace.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
