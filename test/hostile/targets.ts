import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  allCodes,
  compileNarrowing,
  compilePolicy,
  type Diagnostic,
  type Files,
  formatPolicy,
  hasErrors,
  loadPolicy,
  openSources,
  parseExpression,
  parseNarrowing,
  parsePolicy,
  type PolicyIr,
  readJson,
  renderDiagnostics,
} from "../../src/index.js";
import { bases, compiledBase, valuesBase } from "./bases.js";
import { decideAll, isDecision, liveThrough, sessionOn, take } from "./drive.js";
import type { TargetName } from "./recipes/fill.js";
import { evalRecordSchema } from "../../src/schemas.js";

/** One hostile input: the file that is read first, and what else can be read. */
export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Further files, by path from the first. */
  readonly more?: ReadonlyMap<string, Uint8Array>;
}

/** What must hold of whatever is given to a target; throws where it does not. */
export type Target = (entry: Entry) => Promise<void>;

const file = "policy.reshimu";
const lossy = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const strict = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** So many diagnostics are also drawn: more would only be more of the same. */
const drawn = 300;

export function must(fine: boolean, what: string): asserts fine {
  if (!fine) throw new Error(what);
}

/** Every diagnostic has a known code, something to say, and a place inside of a text that was read. */
export function pointsInside(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
): void {
  for (const { code, message, span, related, fix } of diagnostics) {
    must(known.has(code), `the code ${code} is not known`);
    must(message.trim() !== "", `${code} says nothing`);
    must(message.length < 20_000, `${code} says too much: ${message.length}`);
    const spans = [
      span,
      ...(related ?? []).map((one) => one.span),
      ...(fix?.edits ?? []).map((one) => one.span),
    ];
    for (const { file: name, start, end } of spans) {
      const length = textOf(name)?.length ?? 0;
      must(
        Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length,
        `${code} points at ${start}–${end} of ${length} in ${name}: ${message.slice(0, 100)}`,
      );
    }
  }
  renderDiagnostics(diagnostics.slice(0, drawn), textOf, { color: false });
}
const known = new Set<string>(allCodes());

function filesOf({ bytes, more }: Entry): Files {
  return {
    read(path) {
      const found = path === file ? bytes : more?.get(path);
      if (found === undefined) return { error: "there is no such file" };
      try {
        return { text: strict(found) };
      } catch {
        return { error: "it is not UTF-8 text" };
      }
    },
  };
}

/** A policy as compiled, checked against what was said of it, and at work. */
async function compiles(entry: Entry, files: Files): Promise<void> {
  const { policy, diagnostics, sources } = compilePolicy(file, files);
  must((policy === null) === hasErrors(diagnostics), "a policy is there exactly where there is no error");
  pointsInside(diagnostics, (name) => sources.get(name) ?? (name === file ? lossy(entry.bytes) : undefined));
  if (policy !== null) await works(policy);
}

/** What compiles can be built and read again, and decides. */
async function works(policy: PolicyIr): Promise<void> {
  const built = loadPolicy(JSON.stringify(policy));
  must(built.ok, `what was compiled cannot be read again: ${built.ok ? "" : built.problem}`);
  await liveThrough(built.policy);
}

const policies: Target = async (entry) => {
  const source = { file, text: lossy(entry.bytes) };
  for (const parse of [parsePolicy, parseNarrowing, parseExpression]) {
    const { diagnostics } = parse(source);
    pointsInside(diagnostics, () => source.text);
  }
  if (!hasErrors(parsePolicy(source).diagnostics)) {
    const made = formatPolicy(source);
    // The page may become too large for what it says.
    const fault = made.ok ? "" : (made.fault ?? "it is read, and not formatted");
    must(fault === "" || fault.includes("too much to be read"), `the formatter fails: ${fault}`);
  }
  await compiles(entry, filesOf(entry));
};

const narrowings: Target = async ({ bytes }) => {
  const source = { file: "narrowing.reshimu", text: lossy(bytes) };
  const { policy, diagnostics } = compileNarrowing(source, compiledBase());
  must((policy === null) === hasErrors(diagnostics), "a policy is there exactly where there is no error");
  pointsInside(diagnostics, (name) => (name === source.file ? source.text : undefined));
  if (policy !== null) await works(policy);
};

const ir: Target = async ({ bytes }) => {
  const loaded = loadPolicy(lossy(bytes));
  if (loaded.ok) await liveThrough(loaded.policy);
  else isSentence(loaded.problem);
};

/** A reason for a person: something, not everything, and no leftover of the programme. */
export function isSentence(problem: string): void {
  must(problem.trim() !== "" && problem.length < 1_000, `no sentence: ${problem.slice(0, 200)}`);
  must(!/\[object|call stack|TypeError/.test(problem), `not for people: ${problem}`);
}

const proposals: Target = async ({ bytes }) => {
  const text = lossy(bytes);
  const read = readJson(text);
  if (!read.ok) return jsonRefused(read, text);
  for (const engine of bases()) decideAll(engine, [read.value]);
};

function jsonRefused(read: { readonly problem: string; readonly offset?: number }, text: string): void {
  isSentence(read.problem);
  must(read.offset === undefined || (read.offset >= 0 && read.offset <= text.length), "points outside");
}

const records: Target = async ({ bytes }) => {
  for (const engine of bases()) {
    const { session } = await sessionOn(engine);
    for (const line of lossy(bytes).split("\n")) {
      const read = readJson(line);
      if (!read.ok) jsonRefused(read, line);
      else if (evalRecordSchema.safeParse(read.value).success) await take(session, read.value);
      else isDecision(await session.propose(read.value));
    }
  }
};

/** As the file of a `json` source, by look-ups that go where keys stand. */
const json: Target = async ({ bytes }) => {
  const read = readJson(lossy(bytes));
  if (!read.ok) jsonRefused(read, lossy(bytes));
  const folder = mkdtempSync(join(tmpdir(), "reshimu-hostile-"));
  try {
    writeFileSync(join(folder, "data.json"), bytes);
    const { policy } = valuesBase();
    const sources = openSources(policy, { root: folder });
    try {
      const asks = policy.facts.map((fact) => ({
        fact: fact.name,
        args: fact.params.map(() => "__proto__"),
      }));
      const answers = await sources.ask(asks);
      must(answers.length === asks.length, "every question has an answer");
      for (const answer of answers)
        for (const one of answer.answers) if ("silent" in one) isSentence(one.silent);
      for (const engine of bases()) decideAll(engine, [{ tool: "file.read", args: { path: "/a" } }], answers);
    } finally {
      await sources.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const tools: Target = async ({ bytes }) => {
  const text = `policy p\ntools "./tools.json"\nscope { permit * }\n`;
  const entry = {
    name: "tools",
    bytes: new TextEncoder().encode(text),
    more: new Map([["tools.json", bytes]]),
  };
  await compiles(entry, filesOf(entry));
};

/** As what a tool returned, as text and as JSON, and as what a principal said; then arguments are traced to it. */
const outputs: Target = async ({ bytes }) => {
  const text = lossy(bytes);
  const read = readJson(text);
  for (const engine of bases()) {
    const { session } = await sessionOn(engine);
    for (const tool of engine.policy.tools.slice(0, 3))
      for (const output of [text, ...(read.ok ? [read.value] : [])])
        await session.observe({ tool: tool.name, args: { path: "/a" }, output });
    await session.said({ by: engine.policy.principals[0]?.name ?? "", text });
    for (const said of [text.slice(0, 500_000), text.slice(0, 40), "a@b.example", "/a", ""])
      for (const proposal of [
        { tool: "mail.send", args: { to: [said.toWellFormed()], body: said.toWellFormed() }, confidence: 1 },
        { tool: "file.write", args: { path: said.toWellFormed(), body: "x" }, confidence: 1 },
      ])
        isDecision(await session.propose(proposal));
  }
};

export const targets: Readonly<Record<TargetName, Target>> = {
  policies,
  narrowings,
  ir,
  proposals,
  records,
  json,
  tools,
  outputs,
};
