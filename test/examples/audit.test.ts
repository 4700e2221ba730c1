import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/program.js";
import type { Output, Terminal } from "../../src/cli/terminal.js";
import { type Decision, loadPolicyFile } from "../../src/index.js";
import { decisionSchema } from "../../src/schemas.js";

/** The parts of the example; they are written in JavaScript, to be run with the built package. */
interface Example {
  audit(
    folder: string,
    reshimu: (args: string[]) => Promise<number>,
    how: { port: number; options?: string[]; heading?: (text: string) => void },
  ): Promise<number>;
  buildDatabases(folder: string): void;
  countsIn(
    folder: string,
  ): { region: string; total: number; inactive: number; inMirror: number; share: number }[];
  mirrorPort: number;
  startMirror(folder: string, port: number): Promise<{ port: number; stop(): Promise<void> }>;
}

const example = fileURLToPath(new URL("../../examples/audit/", import.meta.url));
const parts = await Promise.all(
  ["run.js", "build-database.js", "mirror.js"].map((file) => import(path.join(example, file))),
);
const { audit, buildDatabases, countsIn, mirrorPort, startMirror }: Example = Object.assign({}, ...parts);

/** One line of the example's proposals, and what was decided on it. */
interface Decided {
  readonly file: string;
  readonly line: number;
  readonly decision: Decision;
}

// biome-ignore lint/suspicious/noExplicitAny: lines of the example are read as what they are
const linesOf = (file: string): any[] =>
  readFileSync(path.join(example, file), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Proposals and confirmations are decided; all else is only told. */
const decidedLines = (file: string): { file: string; line: number }[] =>
  linesOf(file).flatMap((record, i) =>
    "tool" in record || "confirm" in record ? [{ file, line: i + 1 }] : [],
  );

/** The tables in README.md that have a line and its decision: the first is of proposals.jsonl, the second of worker.jsonl. */
function tablesOfReadme(): { line: number; decision: string; by: string[]; why: string }[][] {
  const text = readFileSync(path.join(example, "README.md"), "utf8");
  return [...text.matchAll(/^\| Line \|.*\n\|[- |]+\n((?:\|.*\n)+)/gmu)].map(([, rows = ""]) =>
    rows
      .trimEnd()
      .split("\n")
      .map((row) => {
        const [line, , decision = "", by = "", why = ""] = row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim());
        return { line: Number(line), decision, by: by === "" ? [] : by.split(", "), why };
      }),
  );
}

/** A terminal that keeps what is written. */
function keepingTerminal(): { terminal: Terminal; written: { out: string; err: string } } {
  const written = { out: "", err: "" };
  const output = (name: "out" | "err"): Output => ({
    paint: pc.createColors(false),
    color: false,
    width: 100,
    write: async (text) => {
      written[name] += text;
    },
  });
  return { terminal: { out: output("out"), err: output("err"), progress: () => () => {} }, written };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** A copy of the example whose mirror has a port of its own. */
let folder = "";
let port = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "reshimu-audit-"));
  port = await freePort();
  for (const file of ["proposals.jsonl", "worker.jsonl"])
    cpSync(path.join(example, file), path.join(folder, file));
  const policy = readFileSync(path.join(example, "policy.reshimu"), "utf8");
  expect(policy).toContain(`http://127.0.0.1:${mirrorPort}/`);
  writeFileSync(path.join(folder, "policy.reshimu"), policy.replace(`:${mirrorPort}/`, `:${port}/`));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the policy of the audit", () => {
  test("checks without a word", async () => {
    const { policy, diagnostics } = await loadPolicyFile(path.join(example, "policy.reshimu"));
    expect(diagnostics).toEqual([]);
    expect(policy?.tiers).toHaveLength(6);
  });

  test("passes its own tests", async () => {
    const { terminal, written } = keepingTerminal();
    const code = await run(["test", path.join(example, "policy.reshimu")], terminal);
    expect(code, written.out + written.err).toBe(0);
  });
});

describe("the data of the audit", () => {
  test("is the same every time, and what the proposals claim", () => {
    const out = path.join(folder, "out");
    buildDatabases(out);
    const first = countsIn(out);
    buildDatabases(out);
    expect(countsIn(out)).toEqual(first);
    expect(first.map(({ share: _, ...counts }) => counts)).toEqual([
      { region: "EU", total: 1600, inactive: 411, inMirror: 413 },
      { region: "US", total: 1300, inactive: 349, inMirror: 349 },
      { region: "APAC", total: 700, inactive: 151, inMirror: 181 },
      { region: "LATAM", total: 350, inactive: 79, inMirror: 79 },
      { region: "MEA", total: 250, inactive: 64, inMirror: 64 },
    ]);
  });

  test("gives what the example says was observed", () => {
    buildDatabases(path.join(folder, "out"));
    const Database = createRequire(import.meta.url)("libsql");
    const crm = new Database(path.join(folder, "out", "crm.db"), { readonly: true });
    const queries = [...linesOf("proposals.jsonl"), ...linesOf("worker.jsonl")].flatMap(({ observe }) =>
      observe?.tool === "crm.query" ? [observe] : [],
    );
    expect(queries).toHaveLength(4);
    for (const { args, output } of queries) expect(crm.prepare(args.sql).all()).toEqual(output);
    crm.close();
  });
});

describe("the mirror", () => {
  test("says so where its port is taken", async () => {
    buildDatabases(path.join(folder, "out"));
    const first = await startMirror(path.join(folder, "out"), 0);
    await expect(startMirror(path.join(folder, "out"), first.port)).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await first.stop();
  });
});

describe("the audit, decided", () => {
  const decided: Decided[] = [];
  const [ofWorkflow = [], ofWorker = []] = tablesOfReadme();

  beforeAll(async () => {
    const { terminal, written } = keepingTerminal();
    const code = await audit(folder, (args) => run(args, terminal), { port, options: ["--format", "json"] });
    expect({ code, err: written.err }).toEqual({ code: 0, err: "" });
    const decisions = written.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const lines = [...decidedLines("proposals.jsonl"), ...decidedLines("worker.jsonl")];
    expect(decisions).toHaveLength(lines.length);
    decided.push(...lines.map((line, i) => ({ ...line, decision: decisionSchema.parse(decisions[i]) })));
  });

  const tableOf = (file: string) =>
    decided
      .filter((one) => one.file === file)
      .map(({ line, decision }) => ({ line, decision: decision.decision, by: decision.stoppedBy }));

  test("comes out as README.md says, line by line", () => {
    expect(tableOf("proposals.jsonl")).toEqual(ofWorkflow.map(({ why: _, ...row }) => row));
    expect(tableOf("worker.jsonl")).toEqual(ofWorker.map(({ why: _, ...row }) => row));
  });

  test("finds what README.md says, where it names a finding", () => {
    const all = [
      ...ofWorkflow.map((row) => ({ ...row, file: "proposals.jsonl" })),
      ...ofWorker.map((row) => ({ ...row, file: "worker.jsonl" })),
    ];
    const stopped = all.filter((row) => row.by.length > 0);
    for (const { file, line, by, why } of stopped) {
      const { decision } = decided.find((one) => one.file === file && one.line === line) as Decided;
      const finding = decision.assessments[by[0] as keyof Decision["assessments"]].finding;
      expect(why.startsWith(`${finding}`), `${file}:${line} is ${finding}: ${why}`).toBe(true);
    }
  });

  test("reaches every finding of every validator", () => {
    const reached = (validator: keyof Decision["assessments"]): string[] =>
      [
        ...new Set(
          decided
            .filter(
              ({ decision }) => decision.decision === "authorize" || decision.stoppedBy.includes(validator),
            )
            .map(({ decision }) => decision.assessments[validator].finding),
        ),
      ].sort();
    expect(reached("scope")).toEqual(["outside", "unknown", "within"]);
    expect(reached("grounding")).toEqual([
      "contested",
      "contradicted",
      "grounded",
      "overconfident",
      "unclaimed",
      "unverified",
    ]);
    expect(reached("reversibility")).toEqual(["held", "indeterminate", "recoverable"]);
    expect(reached("discernment")).toEqual(["ambiguous", "clear", "refused"]);
  });

  test("reaches every decision that each validator can give", () => {
    const reached = new Set(
      decided.flatMap(({ decision }) =>
        decision.stoppedBy.map((validator) => `${decision.decision} from ${validator}`),
      ),
    );
    expect([...reached].sort()).toEqual([
      "clarify from discernment",
      "clarify from grounding",
      "clarify from reversibility",
      "clarify from scope",
      "confirm from reversibility",
      "return from discernment",
      "return from grounding",
      "return from scope",
    ]);
    expect(decided.filter(({ decision }) => decision.decision === "authorize")).toHaveLength(8);
  });

  test("holds an action that only the calibrated confidence holds", () => {
    const notes = decided.find(({ file, line }) => file === "proposals.jsonl" && line === 21);
    expect(notes?.decision.assessments).toMatchObject({
      grounding: { finding: "grounded", confidence: 0.5 },
      reversibility: { class: "undoable", awaiting: ["owner"] },
    });
  });

  test("is printed for people, in two parts, and ends with the least clearance where that is asked for", async () => {
    const { terminal, written } = keepingTerminal();
    const headings: string[] = [];
    const code = await audit(folder, (args) => run(args, terminal), {
      port,
      options: ["--exit-code"],
      heading: (text) => headings.push(text),
    });
    expect({ code, err: written.err }).toEqual({ code: 10, err: "" });
    expect(headings).toHaveLength(2);
    for (const word of ["authorize", "confirm", "clarify", "return"]) expect(written.out).toContain(word);
    expect(written.out).toContain("Do suspended accounts count as inactive?");
    expect(written.out).toContain("nobody is contacted in bulk");
  });
});
