import { join } from "node:path";
import Database from "libsql";
import { MemoryTrace, openTrace, Store } from "reshimu";
import { median, ms, newEngine, proposal, quantile } from "./figures.js";

const rounds = 7;

/** Decisions a second and their latencies, for each store in turn. */
export async function decisions(folder, count) {
  const stores = [
    await sessions("memory", new MemoryTrace()),
    await sessions("sqlite", await openTrace(join(folder, "trace.db"))),
  ];
  const server = await postgresServer();
  if (server !== undefined) {
    const trace = await openTrace(await server.createDatabase());
    stores.push(await sessions("postgres", trace));
  }
  const bare = await bareInsert(join(folder, "bare.db"));
  const all = [...stores, bare];
  try {
    for (let round = 0; round < rounds; round += 1) for (const one of all) await turn(one, round, count);
  } finally {
    for (const one of all) await one.close();
    await server?.stop();
  }
  const base = median(bare.rates);
  return all.map(({ name, rates, times }) => ({
    store: name,
    "a second": Math.round(median(rates)),
    "p50 ms": ms(quantile(times, 0.5)),
    "p99 ms": ms(quantile(times, 0.99)),
    "over a bare insert": Number((median(rates) / base).toFixed(2)),
  }));
}

/** The first round warms up, and is not counted. */
async function turn(one, round, count) {
  const step = await one.begin();
  const start = performance.now();
  const times = [];
  for (let n = 0; n < count; n += 1) {
    const before = performance.now();
    await step(n);
    times.push(performance.now() - before);
  }
  if (round === 0) return;
  one.rates.push((count * 1_000) / (performance.now() - start));
  one.times.push(...times);
}

async function sessions(name, trace) {
  const store = new Store(newEngine(), undefined, { trace });
  return {
    name,
    trace,
    rates: [],
    times: [],
    begin: async () => {
      const session = await store.open();
      return async (n) => {
        const { decision } = await session.propose(proposal(n));
        if (decision !== "authorize") throw new Error(`proposal ${n} gives ${decision}`);
      };
    },
    close: () => trace.close(),
  };
}

/** The two records of one decision as text, put into a table in one transaction, as durably as a trace does. */
async function bareInsert(path) {
  const trace = new MemoryTrace();
  const session = await new Store(newEngine(), undefined, { trace }).open();
  await session.propose(proposal(1));
  const texts = [];
  for await (const record of trace.records()) texts.push(JSON.stringify(record));
  const file = new Database(path);
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL");
  file.exec("create table record(seq integer primary key, text text not null)");
  const insert = file.prepare("insert into record(text) values (?)");
  return {
    name: "a bare SQLite insert",
    rates: [],
    times: [],
    begin: async () => () => {
      file.exec("begin immediate");
      for (const text of texts.slice(-2)) insert.run(text);
      file.exec("commit");
    },
    close: () => file.close(),
  };
}

/** One of its own, as the tests have it; undefined where none can start. */
async function postgresServer() {
  try {
    const { startPostgres } = await import("../../.fuzz/test/support/postgres.js");
    return await startPostgres({ settings: { fsync: "on" } });
  } catch (error) {
    process.stderr.write(`without PostgreSQL: ${error.message}\n`);
    return undefined;
  }
}
