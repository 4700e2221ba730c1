import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { functions } from "../../src/compiler/check/typing/functions.js";
import { bareFrame } from "../../src/engine/frame.js";
import {
  allCodes,
  type CompileResult,
  compilePolicy,
  createEngine,
  decisionWords,
  diskFiles,
  formatPolicy,
  renderDiagnostics,
  runTests,
  Store,
} from "../../src/index.js";
import { findings } from "../../src/ir/decision.js";
import type { Predicate } from "../../src/ir/predicate.js";
import { prepare } from "../../src/logic/prepare.js";
import { truthName } from "../../src/logic/value.js";
import { reserved } from "../../src/syntax/tokens.js";
import { runCli } from "../cli/run-cli.js";
import { type Command, commandsOf, comparable, shell, withOutputs } from "./commands.js";
import { formattedFragment, grownBefore, withFragment } from "./fragments.js";
import { type Block, type Page, pageOf, pages, pathOf } from "./pages.js";
import { decisionSchema, evalRecordSchema } from "../../src/schemas.js";

const language = pageOf("docs/language.md");
const decisions = pageOf("docs/decisions.md");
const cli = pageOf("docs/cli.md");
const coverage = pageOf("docs/coverage.md");
const principals = pageOf("docs/principals.md");
const traced = pageOf("docs/trace.md");
const reports = pageOf("docs/reports.md");
const delegation = pageOf("docs/delegation.md");
const tutorial = pageOf("docs/tutorial.md");
const recipes = pageOf("docs/recipes.md");

const isPolicy = ({ language: of, text }: Block): boolean => of === "reshimu" && text.startsWith("policy ");

/** The files that pages write, by `<!-- file: NAME -->`. */
const writtenBy = (...of: readonly Page[]): ReadonlyMap<string, string> =>
  new Map(
    of
      .flatMap((page) => page.blocks)
      .flatMap(({ marks, text }) => {
        const name = marks.get("file");
        return name === undefined ? [] : [[name, `${text}\n`] as const];
      }),
  );

/** The files of the reference share one folder. */
const shared = writtenBy(language, decisions, cli, coverage, principals, traced, reports, delegation);
const own = new Map([tutorial, recipes].map((page) => [page.name, writtenBy(page)]));

/** The README marks nothing: its commands call its policy so, and show its other files with `cat`. */
const readmePolicy = "notes.reshimu";

function filesOf(page: Page): ReadonlyMap<string, string> {
  if (page.name !== "README.md") return own.get(page.name) ?? shared;
  const shown = page.blocks
    .flatMap(commandsOf)
    .flatMap(({ command, output }): [string, string][] =>
      command.startsWith("cat ") ? [[command.slice("cat ".length), `${output}\n`]] : [],
    );
  return new Map([[readmePolicy, `${page.blocks.find(isPolicy)?.text}\n`], ...shown]);
}

/** The policy that the examples of the reference continue. */
const running = shared.get("refunds.reshimu") ?? "";

/** The policies that a page lets grow, before each block that adds to one (`<!-- into: FILE -->`). */
const grown = new Map(pages.flatMap((page) => [...grownBefore(page, own.get(page.name) ?? shared)]));

/** The policy that a part continues: that into which it goes, else what its page marks `base`, else that of the reference. */
function continued(page: Page, block: Block): string {
  const base = page.blocks.find(({ marks }) => marks.has("base"));
  return grown.get(block) ?? (base === undefined ? running : `${base.text}\n`);
}

function compile(text: string, name = "example.reshimu", among = shared): CompileResult {
  const files = new Map([...among, [name, text]]);
  return compilePolicy(name, {
    read(file) {
      const found = files.get(file);
      if (found !== undefined) return { text: found };
      return file.startsWith("std/") ? diskFiles.read(file) : { error: "there is no such file" };
    },
  });
}

/** A part of a policy may declare what it does not use. */
const showsAlone = /^lint\/(?:unused-|idle-tool$)/;

/** What a policy gives besides nothing: of one marked `lint`, and of one that still grows, only errors count. */
function told({ diagnostics, sources }: CompileResult, marks: Block["marks"]): string {
  const errorsOnly = marks.has("lint") || marks.has("into");
  const counted = diagnostics.filter(
    ({ severity, code }) =>
      severity === "error" || !(errorsOnly || (marks.has("part") && showsAlone.test(code))),
  );
  return renderDiagnostics(counted, (file) => sources.get(file), { color: false });
}

describe.each(
  pages.flatMap((page) =>
    page.blocks
      .filter((block) => block.language === "reshimu")
      .map((block) => [block.at, block, page] as const),
  ),
)("the policy text at %s", (_, block, page) => {
  const { marks, text } = block;
  const compiled = compile(
    isPolicy(block) ? `${text}\n` : withFragment(continued(page, block), text),
    marks.get("file"),
    filesOf(page),
  );

  test("compiles, or gives the error it is there for", () => {
    const code = marks.get("gives");
    const of = isPolicy(block) ? marks : new Map([...marks, ["part", ""]]);
    if (code === undefined) expect(told(compiled, of)).toBe("");
    else expect(compiled.diagnostics.map((one) => one.code)).toEqual([code]);
  });

  if (!marks.has("loose"))
    test("is in the form that `fmt` gives", () => {
      const made = isPolicy(block)
        ? formatPolicy({ file: block.at, text: `${text}\n` })
        : formattedFragment(text);
      expect(typeof made === "string" ? made : made.ok && made.text.trimEnd()).toBe(text);
    });

  // Those of a whole policy may fail on purpose: there the output of the command shows it.
  if (!isPolicy(block) && !marks.has("gives") && /^test /m.test(text))
    test("passes its tests", async () => {
      const results = compiled.policy === null ? [] : await runTests(compiled.policy);
      const failed = results
        .filter(({ passed }) => !passed)
        .flatMap(({ name, problem, expectations }) => [
          ...(problem === undefined ? [] : [`${name}: ${problem}`]),
          ...expectations
            .filter(({ met }) => !met)
            .map(({ wanted, got }) => `${name}: expected ${wanted}, got ${got}`),
        ]);
      expect(failed).toEqual([]);
      // Each row is a test of its own.
      expect(results.length).toBeGreaterThanOrEqual(text.match(/^test /gm)?.length ?? 0);
    });
});

// ------------------------------------------------------------------ commands

type Step = Command | { readonly into: string; readonly grown: string };

/** The commands of a page, and between them what it adds to its policies. */
const stepsOf = (page: Page): (readonly [title: string, at: string, step: Step])[] =>
  page.blocks.flatMap((block): (readonly [string, string, Step])[] => {
    const { marks, text, at } = block;
    const [into, before] = [marks.get("into"), grown.get(block)];
    if (into !== undefined && before !== undefined)
      return [[`more of ${into}`, at, { into, grown: withFragment(before, text) }]];
    return commandsOf(block).map((command) => [command.command, at, command]);
  });

describe.each(
  pages
    .filter((page) => page.blocks.flatMap(commandsOf).length > 0)
    .map((page) => [page.name, page] as const),
)("the commands of %s", (_, page) => {
  const before = process.cwd();
  const folder = mkdtempSync(path.join(tmpdir(), "reshimu-docs-"));
  const run = shell();
  const rewritten: (readonly [Command, output: string])[] = [];

  beforeAll(() => {
    for (const [name, text] of filesOf(page)) writeFileSync(path.join(folder, name), text);
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(before);
    if (rewritten.length > 0) writeFileSync(pathOf(page.name), withOutputs(page.text, rewritten));
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(stepsOf(page))("%s (%s)", async (_command, _at, step) => {
    if ("into" in step) return writeFileSync(step.into, step.grown);
    const { code, text } = await run(step.command);
    if (step.output === undefined) expect([code, text]).toEqual([0, text]);
    else if (process.env.RESHIMU_WRITE_DOCS === "1") rewritten.push([step, comparable(text)]);
    else expect(comparable(text)).toBe(step.output);
  });

  test.each(
    page.blocks.flatMap(({ marks, text }) => {
      const command = marks.get("output");
      return command === undefined ? [] : [[command, text] as const];
    }),
  )("%s", async (command, text) => {
    const written = JSON.parse(comparable((await run(command)).text));
    expect(JSON.parse(text)).toEqual(written);
    expect(decisionSchema.safeParse(written).error?.issues).toBeUndefined();
  });
});

test("each line of the JSON Lines is one that `eval` reads", () => {
  const lines = pages.flatMap((page) =>
    page.blocks.filter((block) => block.language === "jsonl").flatMap((block) => block.text.split("\n")),
  );
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(evalRecordSchema.safeParse(JSON.parse(line)).success, line).toBe(true);
});

// ------------------------------------------------------------------ tables and lists

const tableOf = (page: Page, mark: string) => page.tables.find((table) => table.mark === mark)?.rows ?? [];
const bare = (cell: string): string => cell.replace(/^`|`$/g, "");

test("the reserved words are listed", () => {
  const block = language.blocks.find(({ marks }) => marks.has("reserved"));
  expect(block?.text.split(" ").sort()).toEqual([...reserved].sort());
});

test("the functions are listed", () => {
  const listed = tableOf(language, "functions").slice(1);
  expect(listed.map(([name = ""]) => bare(name))).toEqual([...functions.keys()]);
});

describe("the values of expressions", () => {
  const rows = tableOf(language, "values")
    .slice(1)
    .map(([expression = "", value = ""]) => [bare(expression), bare(value)] as const);

  test.each(rows)("%s is %s", async (expression, value) => {
    const condition =
      value === "true" || value === "false" ? `(${expression})` : `(${expression}) == ${value}`;
    const probe = `tool probe()\npermit probe serving settle when ${value === "false" ? "not " : ""}${condition}`;
    const compiled = compile(
      withFragment(running.replace(/ zone ".*"/, ""), `${probe}\ntreat probe as free`),
    );
    expect(told(compiled, new Map([["lint", ""]]))).toBe("");
    if (compiled.policy === null) return;
    const session = await new Store(createEngine(compiled.policy), undefined).open();
    expect((await session.propose({ tool: "probe", args: {} })).decision).toBe("authorize");
  });
});

test.each(["and", "or"])("the table of `%s` is what the engine does", (operator) => {
  const values = new Map<string, Predicate>([
    ["true", true],
    ["false", false],
    ["unknown", { val: ["given", "x"] }],
  ]);
  const [[, ...columns] = [], ...rows] = tableOf(decisions, `kleene ${operator}`);
  expect(rows).toHaveLength(3);
  for (const [row = "", ...cells] of rows)
    for (const [i, column = ""] of columns.entries()) {
      const operands = [row, column].flatMap((name) => values.get(name) ?? []);
      expect(operands).toHaveLength(2);
      const value = prepare({ [operator]: operands }, new Map()).value(bareFrame([]));
      expect(cells[i], `${row} ${operator} ${column}`).toBe(truthName(value));
    }
});

test("every finding and every decision is explained", () => {
  for (const word of [...Object.values(findings).flat(), ...decisionWords])
    expect(decisions.text).toContain(`| \`${word}\` |`);
});

test("every command and every option is told", async () => {
  const commands = [...(await runCli("--help")).out.matchAll(/^ {2}([a-z]+) \[/gm)].map(
    ([, name = ""]) => name,
  );
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) {
    expect(cli.text).toContain(`\n## ${command}\n`);
    const { out } = await runCli(command, "--help");
    const options = [...out.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = ""]) => name);
    for (const option of options.filter((one) => one !== "--output"))
      expect(cli.text, `${command} ${option}`).toContain(`${option}`);
  }
});

test("every code that is named exists", () => {
  for (const { text, name } of pages)
    for (const [code] of text.matchAll(/\b(?:check|lint|syntax)\/[a-z]+(?:-[a-z]+)*\b/g))
      expect(allCodes(), name).toContain(code);
});

// ------------------------------------------------------------------ links

/** As GitHub makes anchors of headings. */
const anchorsOf = ({ text }: Page): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test("every link leads somewhere", () => {
  for (const page of pages)
    for (const [, link = ""] of page.text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page.name : path.posix.join(path.posix.dirname(page.name), file);
      expect(existsSync(pathOf(target)), `${page.name}: ${link}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(pageOf(target)), `${page.name}: ${link}`).toContain(anchor);
    }
});
