#!/usr/bin/env node
// What it takes to load a built policy, and to keep it. `npm run bench:load` prints a table and writes bench/out/load.json.
//
// Time: from the text of the file to an engine, against a hand-written loader of the same rules: its own JSON, and a map from tool to a
// map from path prefix. Each is timed in processes of its own, in turn: a service loads a policy once, cold. Bytes: what the heap holds
// more, after collection, for each of several policies kept.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compilePolicy, createEngine, loadPolicy, policyText } from "reshimu";
import { plainRules, policySource } from "./start/policy.js";

const self = fileURLToPath(import.meta.url);

const handWritten = (text) => {
  const byTool = new Map();
  for (const rule of JSON.parse(text)) {
    let byPrefix = byTool.get(rule.tool);
    if (byPrefix === undefined) {
      byPrefix = new Map();
      byTool.set(rule.tool, byPrefix);
    }
    byPrefix.set(rule.prefix, rule);
  }
  return byTool;
};

const loaded = (text) => {
  const read = loadPolicy(text);
  if (!read.ok) throw new Error(read.problem);
  return createEngine(read.policy);
};

const proposal = { tool: "t1", args: { path: "/a/1/f", amount: 50, kind: "a" }, confidence: 0.9 };
const knowledge = {
  now: 0,
  session: { id: "s" },
  actor: { id: "a", roles: [] },
  givens: {},
  answers: [],
  history: [],
  observations: [],
  said: [],
  rulings: [],
  confirmations: [],
};

const timed = (work) => {
  const begun = performance.now();
  const result = work();
  return [performance.now() - begun, result];
};

const heap = () => {
  for (let i = 0; i < 3; i += 1) globalThis.gc();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
};

/** What a process of its own is asked for. */
const jobs = {
  hand: (file) => ({ load: timed(() => handWritten(readFileSync(file, "utf8")))[0] }),
  engine: (file) => {
    const [load, engine] = timed(() => loaded(readFileSync(file, "utf8")));
    const [first, { decision }] = timed(() => engine.evaluate(proposal, knowledge));
    if (decision.decision !== "authorize") throw new Error(`it says ${decision.decision}`);
    return { load, first };
  },
  // The text is another one each time: equal texts could share what is made of them.
  keep: (file, count) => {
    const text = readFileSync(file, "utf8");
    const name = /"name":"bench"/;
    loaded(text);
    const before = heap();
    const [load, engines] = timed(() =>
      Array.from({ length: count }, (_, i) =>
        loaded(Buffer.from(text.replace(name, `"name":"bench${i}"`)).toString()),
      ),
    );
    const idle = heap() - before;
    for (const engine of engines) engine.evaluate(proposal, knowledge);
    return { load, idle: idle / count, used: (heap() - before) / count };
  },
};

const [, , job, ...given] = process.argv;
if (job !== undefined) console.log(JSON.stringify(jobs[job](given[0], Number(given[1]))));
else measure();

function measure() {
  const folder = mkdtempSync(path.join(tmpdir(), "reshimu-load-"));
  const run = (...args) =>
    JSON.parse(execFileSync(process.execPath, ["--expose-gc", self, ...args.map(String)]));
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const results = [];
  try {
    for (const rules of [100, 1_000, 10_000]) {
      const source = policySource(rules);
      const { policy } = compilePolicy("policy.reshimu", { read: () => ({ text: source }) });
      const built = path.join(folder, `${rules}.json`);
      const plain = path.join(folder, `${rules}.plain.json`);
      writeFileSync(built, policyText(policy));
      writeFileSync(plain, JSON.stringify(plainRules(rules)));
      const times = { hand: [], engine: [], first: [] };
      for (let round = 0; round < 9; round += 1) {
        times.hand.push(run("hand", plain).load);
        const { load, first } = run("engine", built);
        times.engine.push(load);
        times.first.push(first);
      }
      const kept = run("keep", built, rules === 100 ? 50 : 3);
      results.push({
        rules,
        "hand-written, ms": Number(median(times.hand).toFixed(2)),
        "loaded, ms": Number(median(times.engine).toFixed(2)),
        ratio: Number((median(times.engine) / median(times.hand)).toFixed(2)),
        "first decision, ms": Number(median(times.first).toFixed(2)),
        "bytes a rule": Math.round(kept.idle / rules),
        "after a decision": Math.round(kept.used / rules),
      });
    }
    const service = run("keep", path.join(folder, "100.json"), 1_000);
    console.table(results);
    console.log(
      `1000 policies of 100 rules: ${(service.load / 1_000).toFixed(2)} s, ${(service.idle / 1_024).toFixed(0)} KiB each (${(service.used / 1_024).toFixed(0)} KiB after a decision)`,
    );
    mkdirSync(new URL("./out/", import.meta.url), { recursive: true });
    const told = { node: process.version, results, service };
    writeFileSync(new URL("./out/load.json", import.meta.url), `${JSON.stringify(told, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
