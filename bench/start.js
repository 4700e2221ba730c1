#!/usr/bin/env node
// How long a process takes that answers one question. `npm run bench:start` prints a table and writes bench/out/start.json.
//
// Wall time from spawn to end, with pipes for streams, as a hook is started; rounds in turn, medians, and ratios to `node -e 0` of the
// same run. `NODE_EXTRA_CA_CERTS` is left out of the environment: where it is set, every start of Node pays for it.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compilePolicy, policyText } from "reshimu";
import { policySource } from "./start/policy.js";

const rounds = Number(process.argv[2] ?? 31);
const program = fileURLToPath(new URL("../dist/cli/start/main.cjs", import.meta.url));
const whole = fileURLToPath(new URL("../dist/whole/main.js", import.meta.url));

const folder = mkdtempSync(path.join(tmpdir(), "reshimu-start-"));
const at = (name) => path.join(folder, name);
const source = policySource(100);
writeFileSync(at("policy.reshimu"), source);
const { policy } = compilePolicy("policy.reshimu", { read: () => ({ text: source }) });
writeFileSync(at("policy.json"), policyText(policy));
writeFileSync(
  at("one.jsonl"),
  '{"tool":"t1","args":{"path":"/a/1/f","amount":50,"kind":"a"},"confidence":0.9}\n',
);
writeFileSync(at("plain.cjs"), 'require("node:fs").writeSync(1, "yes");\n');
writeFileSync(
  at("hash.cjs"),
  'require("node:fs").writeSync(1, require("node:crypto").hash("sha256", "", "hex"));\n',
);

const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;
const run = (args, cache) =>
  execFileSync(process.execPath, args, {
    env: { ...environment, RESHIMU_CACHE_DIR: cache },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
const evaluated = (file, ...more) => ["eval", at(file), at("one.jsonl"), ...more];

/** What is measured: arguments of node, and the cache that it has; `fresh`: an empty one each time. */
const cases = {
  "node -e 0": [["-e", "0"]],
  "a CommonJS script": [[at("plain.cjs")]],
  "the same with node:crypto": [[at("hash.cjs")]],
  "eval, built, 100 rules": [[program, ...evaluated("policy.json")], at("cache")],
  "eval, built, 100 rules, JSON": [[program, ...evaluated("policy.json", "--format", "json")], at("cache")],
  "eval, built, without a cache": [[program, ...evaluated("policy.json", "--format", "json")], "off"],
  "eval, source, kept": [[program, ...evaluated("policy.reshimu", "--format", "json")], at("cache")],
  "eval, source, not kept": [[program, ...evaluated("policy.reshimu", "--format", "json")], "off"],
  "eval, built, the whole programme": [[whole, ...evaluated("policy.json", "--format", "json")], "off"],
  "--version": [[program, "--version"], "off"],
  check: [[program, "check", at("policy.reshimu")], "off"],
};

const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
try {
  // What they say is the same by all ways, or there is nothing to be measured.
  const said = Object.entries(cases)
    .filter(([name]) => name.startsWith("eval") && name !== "eval, built, 100 rules")
    .map(([, [args, cache]]) => JSON.parse(run(args, cache)).decision);
  if (said.some((one) => one !== "authorize")) throw new Error(`they say ${said.join(", ")}`);
  for (const [args, cache] of Object.values(cases)) run(args, cache ?? "off");
  for (let round = 0; round < rounds; round += 1)
    for (const [name, [args, cache]] of Object.entries(cases)) {
      const begun = process.hrtime.bigint();
      run(args, cache ?? "off");
      times[name].push(Number(process.hrtime.bigint() - begun) / 1e6);
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const quantile = (list, part) => list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) * part)];
const base = quantile(times["node -e 0"], 0.5);
const results = Object.entries(times).map(([name, list]) => ({
  name,
  median: Number(quantile(list, 0.5).toFixed(1)),
  least: Number(quantile(list, 0).toFixed(1)),
  p90: Number(quantile(list, 0.9).toFixed(1)),
  ratio: Number((quantile(list, 0.5) / base).toFixed(2)),
}));
console.table(results);
mkdirSync(new URL("./out/", import.meta.url), { recursive: true });
writeFileSync(
  new URL("./out/start.json", import.meta.url),
  `${JSON.stringify({ node: process.version, rounds, results }, null, 2)}\n`,
);
