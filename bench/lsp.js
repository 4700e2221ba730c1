#!/usr/bin/env node
// From an edit to its diagnostics, as an editor sees it: the built server over stdio, a policy of 2,000 lines, one letter at a time.
// `npm run bench:lsp` prints a table and writes bench/out/lsp.json. Debounce is included: nothing is subtracted.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { compilePolicy } from "reshimu";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const edits = 200;
const warmUp = 20;

/** A policy of about so many lines: tools, permits, limits, grounds and treats, all of them about something. */
function policyText(lines) {
  const tools = Math.floor((lines - 40) / 10);
  const each = (make) => Array.from({ length: tools }, (_, i) => make(i));
  return [
    "policy bench",
    'principal owner "Owner"',
    "intent {",
    '  find "Find."',
    '  write "Write."',
    '  restrain "Nothing else."',
    "  given most: decimal = 100",
    "}",
    ...each(
      (i) => `// The tool of number ${i}.\ntool t${i}.act(path: path, amount: decimal, kind: enum("a", "b"))`,
    ),
    "scope {",
    ...each(
      (i) =>
        `  permit t${i}.act serving find\n    when path within "/a/${i}" and amount <= given.most\n    and kind == "a"`,
    ),
    ...each((i) => `  limit t${i}.act sum amount to 1_000 per 1d`),
    "}",
    "grounding {",
    '  source books is json "./books.json" trust 0.9',
    '  fact paid(path: path): decimal from books "/{path}/paid"',
    ...each((i) => `  ground t${i}.act on fact\n    amount <= paid(path) and not (kind == "b")`),
    "}",
    "reversibility {",
    "  class free",
    "  class final above free confidence 0.9 confirm owner",
    ...each((i) => `  treat t${i}.act as free when amount < ${i + 1}`),
    "  otherwise final",
    "}",
    "discernment {",
    "  threshold 0.5",
    ...each((i) => `  gray t${i}.act when amount > ${i} weight 0.5`),
    "  escalate owner within 1h",
    "}",
    "",
  ].join("\n");
}

const text = policyText(2_000);
const uri = "file:///bench/policy.reshimu";
const server = spawn(process.execPath, ["dist/cli/start/main.cjs", "lsp"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const client = createProtocolConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
const waiting = [];
client.onNotification("textDocument/publishDiagnostics", (params) => waiting.shift()?.(params));
client.listen();
const published = () => new Promise((done) => waiting.push(done));

await client.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
await client.sendNotification("initialized", {});
const time = async (act) => {
  const start = performance.now();
  const answer = await act();
  return { ms: performance.now() - start, answer };
};

const opened = await time(async () => {
  const first = published();
  // It begins with an error, so that something is published.
  await client.sendNotification("textDocument/didOpen", {
    textDocument: {
      uri,
      languageId: "reshimu",
      version: 1,
      text: text.replace('kind == "a"', 'kind == "z"'),
    },
  });
  return first;
});

// Each edit makes an error or mends it, so that each has something to be told.
const places = [...text.matchAll(/given\.most/g)].map((match) => match.index + "given.".length);
const times = [];
let version = 1;
let [line, character] = [0, 0];
for (let i = 0; i < warmUp + edits; i += 1) {
  const breaks = i % 2 === 0;
  if (breaks) {
    const before = text.slice(0, places[(i * 31) % places.length]).split("\n");
    [line, character] = [before.length - 1, before.at(-1).length];
  }
  const start = { line, character };
  const change = breaks
    ? { range: { start, end: start }, text: "x" }
    : { range: { start, end: { line, character: character + 1 } }, text: "" };
  version += 1;
  const { ms, answer } = await time(async () => {
    const next = published();
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [change],
    });
    return next;
  });
  const told = answer.diagnostics.filter(({ message }) => message.includes("xmost")).length;
  if (told !== (breaks ? 1 : 0)) throw new Error(`edit ${i} gives ${told} diagnostics of it`);
  if (i >= warmUp) times.push(ms);
}

const questions = {};
for (const [name, method, extra] of [
  ["hover", "textDocument/hover", { position: { line: 600, character: 12 } }],
  ["completion", "textDocument/completion", { position: { line: 600, character: 12 } }],
  ["semantic tokens", "textDocument/semanticTokens/full", {}],
  ["symbols", "textDocument/documentSymbol", {}],
  [
    "references",
    "textDocument/references",
    { position: { line: 6, character: 10 }, context: { includeDeclaration: true } },
  ],
]) {
  const all = [];
  for (let i = 0; i < 15; i += 1)
    all.push((await time(() => client.sendRequest(method, { textDocument: { uri }, ...extra }))).ms);
  questions[name] = quantile(all, 0.5);
}

/** Milliseconds of processor time that compiling takes, which a busy machine does not change as much. */
function compiling() {
  const all = [];
  for (let i = 0; i < 40; i += 1) {
    const before = process.cpuUsage();
    compilePolicy("bench.reshimu", { read: () => ({ text }) });
    const { user, system } = process.cpuUsage(before);
    if (i >= 10) all.push((user + system) / 1_000);
  }
  return quantile(all, 0.5);
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))].toFixed(1));
}

const row = {
  lines: text.split("\n").length,
  KiB: Math.round(text.length / 1024),
  edits,
  "first ms": Number(opened.ms.toFixed(1)),
  "median ms": quantile(times, 0.5),
  "p95 ms": quantile(times, 0.95),
  "compile, CPU ms": compiling(),
};
console.table([row]);
console.table(questions);
const out = new URL("out/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("lsp.json", out), `${JSON.stringify({ ...row, questions }, null, 2)}\n`);
await client.sendRequest("shutdown");
await client.sendNotification("exit");
