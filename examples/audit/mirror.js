// A second source, which does not always agree: a server that answers questions about accounts and reports from a copy.
// Usage: node examples/audit/mirror.js    serves examples/audit/out/mirror.db until it is interrupted

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import Database from "libsql";

/** The port that policy.reshimu names. */
export const mirrorPort = 8377;

/** The copy of this region is locked by a backup that never ends. */
const lockedRegion = "LATAM";
/** Who reads the board's reports is counted by a service that is down. */
const uncounted = "/reports/audit/board/";

function answers(/** @type {Database.Database} */ copy) {
  const app = new Hono();

  app.get("/facts/inactive_count", async (c) => {
    const { region = "", cutoff = "" } = c.req.query();
    if (region === lockedRegion) {
      await goneFrom(c.req.raw.signal);
      return c.json({ error: "locked" }, 503);
    }
    const of = copy.prepare("select written_at from copies where region = ?").get(region);
    if (of === undefined) return c.json({ error: "no such region" }, 404);
    const sql = "select count(*) as inactive from accounts where region = ? and last_login < ?";
    return c.json({ value: copy.prepare(sql).get(region, cutoff).inactive, at: of.written_at });
  });

  app.get("/facts/readers", (c) => {
    const path = c.req.query("path") ?? "";
    if (path.startsWith(uncounted)) return c.json({ error: "the readers of the board are not counted" }, 500);
    const report = copy.prepare("select readers from reports where path = ?").get(path);
    return c.json({ value: report?.readers ?? 0 });
  });

  return app;
}

/** Until whoever asked has gone. */
const goneFrom = (/** @type {AbortSignal} */ signal) =>
  new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));

/**
 * Serves the copy in a folder on 127.0.0.1; port 0 is any free one. Gives the port and how to stop; rejects where the port
 * is taken.
 *
 * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
 */
export function startMirror(/** @type {string} */ folder, port = mirrorPort) {
  const copy = new Database(join(folder, "mirror.db"), { readonly: true });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: answers(copy).fetch, hostname: "127.0.0.1", port }, (address) =>
      resolve({ port: address.port, stop }),
    );
    const stop = () =>
      new Promise((done) => {
        server.close(() => {
          copy.close();
          done();
        });
        server.closeAllConnections();
      });
    server.once("error", (error) => {
      copy.close();
      reject(error);
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { port, stop } = await startMirror(fileURLToPath(new URL("out", import.meta.url)));
  console.log(`http://127.0.0.1:${port}/facts/inactive_count?region=EU&cutoff=2025-12-02T08:00:00.000Z`);
  process.once("SIGINT", stop);
}
