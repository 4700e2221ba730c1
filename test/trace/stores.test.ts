import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSqliteTrace } from "../../src/trace/sqlite.js";
import { contract } from "./contract.js";
import { memory, postgres, sqlite, word } from "./stores.js";

const server = await postgres();
afterAll(() => server.stop());

contract(memory);
contract(sqlite);
contract(server);

test("two connections of one process to an SQLite file do not lock each other out", async () => {
  const { store, again, remove } = await sqlite.open();
  const other = await (again as NonNullable<typeof again>)();
  const start = performance.now();
  const both = [store, other].map((one) =>
    one.transaction(async (tail) => {
      await new Promise((done) => setTimeout(done, 20));
      return tail.append(word("mine"));
    }),
  );
  expect((await Promise.all(both)).map(({ seq }) => seq).sort()).toEqual([1, 2]);
  // SQLite's own patience is 30 seconds, and the other cannot finish while it lasts.
  expect(performance.now() - start).toBeLessThan(20_000);
  await store.close();
  await other.close();
  await remove();
});

test("several connections of one process make an SQLite file at the same time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reshimu-trace-"));
  const made = await Promise.all(Array.from({ length: 4 }, () => openSqliteTrace(join(folder, "trace.db"))));
  await Promise.all(made.map((store) => store.transaction((tail) => tail.append(word("mine")))));
  expect((await made[0]?.head())?.seq).toBe(4);
  for (const store of made) await store.close();
  rmSync(folder, { recursive: true, force: true });
});
