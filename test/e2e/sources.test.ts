import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "../support/postgres.js";
import { ensureBuilt, reshimu } from "./binary.js";

let server: PostgresServer;
let folder: string;

beforeAll(async () => {
  await ensureBuilt();
  server = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), "reshimu-sources-"));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const policy = (port: number, program: string): string => `policy refunds.sources
principal lead "Lead of customer care"
intent {
  settle   "Pay customers back what they are owed."
  look     "Look first."
  restrain "Never pay back more than was paid."
}
tool pay(order: string, amount: decimal)
scope {
  permit pay serving settle, look
  forbid pay serving restrain when amount > paid(order)
}
grounding {
  source books is postgres "postgres://127.0.0.1:${port}/test_1" trust 0.9 timeout 30s
  source desk  is mcp "node '${program}' stdio" trust 0.9 timeout 30s
  fact paid(order: string): decimal
    from books "select amount from payments where id = :order"
    from desk "payments /amount"
    agree within 0.01
}
reversibility {
  class free
  otherwise free
}
discernment { escalate lead within 4h }
`;

test("a database and a tool that agree decide; what they disagree on is asked; the command ends", async () => {
  const database = await server.createDatabase();
  await server.run(
    database,
    "create table payments(id text, amount numeric(10, 2)); insert into payments values ('A1', 40), ('A2', 60)",
  );
  writeFileSync(join(folder, "policy.reshimu"), policy(server.port, resolve("test/sources/mcp-server.mjs")));
  const pay = (order: string, amount: number): string =>
    JSON.stringify({ tool: "pay", args: { order, amount }, confidence: 0.9 });
  writeFileSync(join(folder, "calls.jsonl"), [pay("A1", 40), pay("A1", 41), pay("A2", 40)].join("\n"));
  const { out, err, code } = await reshimu(["eval", "policy.reshimu", "calls.jsonl", "--format", "json"], {
    cwd: folder,
    env: { PGUSER: "postgres", PGPASSWORD: "secret" },
  });
  const decisions = out
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { decision: string }).decision);
  expect([decisions, err, code]).toEqual([["authorize", "return", "clarify"], "", 0]);
});
