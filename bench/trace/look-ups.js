import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import {
  canonicalJson,
  compileCondition,
  MemoryTrace,
  openTrace,
  queryTrace,
  recordFields,
  Store,
  verifyTrace,
  whyOf,
} from "reshimu";
import { link, toolOf } from "../../dist/trace/chain.js";
import { median, ms, newEngine, proposal } from "./figures.js";

const repeats = 5;
const verified = 20_000;
/** It is made once: it reads every decision. */
const throughAll = "query through all decisions";

/** What is found in a trace of so many records, and how long it takes: medians of some looks. */
export async function lookUps(folder, count) {
  const path = join(folder, "long.db");
  await (await openTrace(path)).close();
  const start = performance.now();
  const middle = await fill(path, count);
  const made = (performance.now() - start) / 1_000;
  process.stderr.write(`${count} records made in ${made.toFixed(0)} s, ${statSync(path).size} bytes\n`);
  const trace = await openTrace(path);
  const store = new Store(newEngine(), undefined, { trace });
  const session = await store.session(middle.session);
  const looks = {
    "a session's records": () => counted(trace.records({ root: middle.root })),
    "a record by its hash": () => counted(trace.records({ hash: middle.hash })),
    "what follows from a record": () => counted(trace.records({ cause: middle.cause })),
    "decisions of the last minute": () =>
      counted(trace.records({ policy: "bench", kinds: ["decided"], since: middle.end - 60_000 })),
    "the first 100 of a tool": () => counted(trace.records({ tool: "write" }), 100),
    "none of a tool": () => counted(trace.records({ tool: "read" })),
    "a session goes on": async () => {
      await store.session(middle.session);
      return 1;
    },
    "a decision": async () => {
      await session.propose(proposal(1));
      return 1;
    },
    [`${verified} records verified`]: async () => {
      const { records, flaw } = await verifyTrace(trace.records({ upTo: verified }));
      if (flaw !== undefined) throw new Error(flaw.message);
      return records;
    },
    ...asked(trace, middle),
  };
  const rows = [];
  for (const [what, look] of Object.entries(looks)) {
    const times = [];
    let found = 0;
    for (let n = 0; n < (what === throughAll ? 1 : repeats); n += 1) {
      const before = performance.now();
      found = await look();
      times.push(performance.now() - before);
    }
    rows.push({ "looked up": what, found, "median ms": ms(median(times)) });
  }
  await trace.close();
  return rows;
}

/** Questions to a trace. */
function asked(trace, { hash, root, end }) {
  const query = (text) => () => {
    const made = compileCondition({ file: "bench", text }, recordFields());
    if (made.when === null) throw new Error(made.diagnostics[0]?.message);
    return counted(queryTrace(trace, made, { now: end }));
  };
  return {
    "why of a decision": async () => {
      for await (const record of trace.records({ hash })) await whyOf(trace, record);
      return 1;
    },
    "query of a session": query(`kind == "decided" and session.id == "${root}" and has confidence`),
    "query of the last minute": query(
      `kind == "decided" and at >= "${new Date(end - 60_000).toISOString()}" and has ambiguity and ambiguity > 2`,
    ),
    [throughAll]: query('kind == "decided" and has ambiguity and ambiguity > 2'),
  };
}

async function counted(records, most = Number.POSITIVE_INFINITY) {
  let count = 0;
  for await (const _ of records) {
    count += 1;
    if (count >= most) break;
  }
  return count;
}

/** Sessions of forty decisions, each as a real one was recorded; linked one by one, put in many at a time. */
async function fill(path, count) {
  const template = await recorded();
  const file = new Database(path);
  const insert = file.prepare(
    `insert into trace_record(seq, at, kind, root, session, policy, tool, hash, cause, record) values (${Array(10).fill("?").join(", ")})`,
  );
  let head = null;
  let middle;
  for (let made = 0; made < count; ) {
    const session = `session ${made}`;
    const hashes = new Map();
    file.exec("begin");
    for (const draft of template) {
      if (made === count) break;
      const cause = draft.cause === null ? null : hashes.get(draft.cause);
      const record = link({ ...draft, at: start + made * 10, root: session, session, cause }, head);
      hashes.set(draft.hash, record.hash);
      const { seq, at, kind, policy, hash } = record;
      const tool = toolOf(record) ?? null;
      insert.run(seq, at, kind, session, session, policy.name, tool, hash, cause, canonicalJson(record));
      head = { seq, hash, at };
      made += 1;
      if (kind === "decided" && made >= count / 2) middle ??= { root: session, session, hash, cause };
    }
    file.prepare("update trace_head set seq = ?, hash = ?, at = ?").run(head.seq, head.hash, head.at);
    file.exec("commit");
  }
  file.close();
  return { ...middle, end: head.at };
}

const start = Date.UTC(2026, 0, 31, 12);

async function recorded() {
  const trace = new MemoryTrace();
  const session = await new Store(newEngine(), undefined, { trace }).open();
  for (let n = 0; n < 40; n += 1) await session.propose(proposal(n));
  const all = [];
  for await (const record of trace.records()) all.push(record);
  return all;
}
