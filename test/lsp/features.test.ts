import { describe, expect, test } from "vitest";
import { codeActions } from "../../src/lsp/actions.js";
import { completionsAt } from "../../src/lsp/completion/complete.js";
import { toLsp } from "../../src/lsp/diagnostics.js";
import { foldingRanges } from "../../src/lsp/folding.js";
import { format } from "../../src/lsp/format.js";
import { hoverAt } from "../../src/lsp/hover.js";
import { inlayHints } from "../../src/lsp/hints.js";
import { definitionsAt, referencesAt } from "../../src/lsp/navigate.js";
import { outlineOf, workspaceSymbols } from "../../src/lsp/outline.js";
import { legend, semanticTokens } from "../../src/lsp/semantic.js";
import { TestRuns } from "../../src/lsp/tests.js";
import { desk, inDesk, mark, scene, textAt } from "./support.js";

const whole = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

describe("hover", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a tool: its comment, class and rules",
      inDesk("permit refund.p‸ay"),
      [
        "tool refund.pay(order: string",
        "Pays money back.",
        "cannot be called twice",
        "class: free, final when …",
        "`gray refund.pay when amount > 80",
      ],
    ],
    [
      "a class: its chain and its tools",
      inDesk("otherwise fina‸l"),
      ["free < **final**", "`refund.pay`", "`mail.send`"],
    ],
    ["an argument", inDesk("when amoun‸t <="), ["(parameter of refund.pay) amount: decimal"]],
    ["a given", inDesk("given.mos‸t"), ["given most: decimal = 100"]],
    ["a fact", inDesk("<= pai‸d"), ["fact paid(order: string): decimal", 'from books "/{order}/paid"']],
    ["a bullet", inDesk("serving explai‸n"), ['explain  "Tell each of them by mail what was done."']],
    ["a variable", inDesk(": cop‸y traced"), ["(variable) copy: email"]],
    ["a function", inDesk("when lowe‸r(body)"), ["lower(body): string", "takes a string"]],
    ["a keyword", inDesk("‸otherwise final"), ["otherwise CLASS"]],
  ])("of %s", (_, text, parts) => {
    const { checked, offset, workspace } = scene({ "p.reshimu": text });
    const value = JSON.stringify(hoverAt(checked, offset, workspace)?.contents ?? "");
    for (const part of parts) expect(value).toContain(JSON.stringify(part).slice(1, -1));
  });

  test("of nothing is nothing", () => {
    const { checked, offset, workspace } = scene({ "p.reshimu": inDesk("scope {‸") });
    expect(hoverAt(checked, offset, workspace)).toBeNull();
  });
});

test("the outline is the tree of blocks", () => {
  const { checked, workspace } = scene({ "p.reshimu": desk });
  const outline = outlineOf(checked, workspace);
  expect(outline.map(({ name }) => name)).toEqual([
    ...["refunds.desk", "lead", "intent", "refund.pay", "refund.cancel", "mail.send"],
    ...["scope", "grounding", "reversibility", "discernment", "test a small sum", "test too much"],
  ]);
  expect(outline.find(({ name }) => name === "reversibility")?.children?.map(({ name }) => name)).toContain(
    "class final",
  );
});

test("symbols of the workspace are found by their letters", () => {
  const { workspace } = scene({ "p.reshimu": desk, "disk:q.reshimu": "policy q\ntool other.pay(x: int)" });
  expect(
    workspaceSymbols("pay", workspace)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["other.pay", "refund.pay"]);
});

test("blocks and runs of comments fold", () => {
  const { path, workspace } = scene({ "p.reshimu": desk });
  const lines = desk.split("\n");
  const folded = foldingRanges(path, workspace).map(
    ({ startLine, kind }) => `${kind ?? "block"} ${lines[startLine]}`,
  );
  expect(folded).toContain("comment // Pays money back.");
  expect(folded).toContain("block scope {");
  expect(folded).toHaveLength(8);
});

/** Each token as `text:type`, with a star for a declaration. */
function tokens(text: string): string[] {
  const { checked, path, workspace } = scene({ "p.reshimu": text });
  const { data } = semanticTokens(checked, workspace);
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, flags = 0] = data.slice(i, i + 5);
    [line, character] = [line + down, down > 0 ? right : character + right];
    const range = { start: { line, character }, end: { line, character: character + length } };
    found.push(`${textAt(range, path, workspace)}:${legend.tokenTypes[type]}${flags & 1 ? "*" : ""}`);
  }
  return found;
}

test("semantic tokens tell names from the keywords they are spelt like", () => {
  const text =
    "policy a\ntool limit(to: int)\nscope {\n  permit limit when to == 1 // 🦁\n  limit limit to 3 per 1d\n}\n";
  expect(tokens(text).slice(2)).toEqual([
    ...["tool:keyword", "limit:function*", "to:parameter*", "int:type", "scope:keyword"],
    ...["permit:keyword", "limit:function", "when:keyword", "to:parameter", "1:number", "// 🦁:comment"],
    ...["limit:keyword", "limit:function", "to:keyword", "3:number", "per:keyword", "1d:number"],
  ]);
});

test("each tool shows its class", () => {
  const { checked, workspace } = scene({ "p.reshimu": desk });
  expect(inlayHints(checked, whole, workspace).map(({ label }) => label)).toEqual([
    ": free, final when …",
    ": free",
    ": final",
  ]);
});

test("lenses run tests and then count decisions", async () => {
  const { checked, workspace } = scene({ "p.reshimu": desk });
  const runs = new TestRuns();
  const titles = () => runs.lenses(checked, workspace).map(({ command }) => command?.title);
  expect(titles()).toEqual(["run all tests", "run test", "run test"]);
  const report = await runs.run(checked);
  expect(report).toMatchObject({ passed: 1, failed: 1, summary: "1 failed, 1 passed" });
  expect(report.details.join()).toContain("expected authorize, got");
  expect(titles().slice(0, 3)).toEqual([
    "run all tests · ✗ 1 of 2 failed · 1 return, 1 authorize",
    "✓ run test · 1 authorize",
    "✗ run test · 1 return",
  ]);
  expect(titles().slice(3)).toContain("in tests: 1 authorize");
});

test("a diagnostic says what helps, and its repair is an action", () => {
  const { checked, workspace, path } = scene({
    "p.reshimu": desk.replace("scope {", "scope {\n  permit mail.send wen true\n"),
  });
  const { diagnostics } = checked.analysis;
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined);
  expect(fixable.length).toBeGreaterThan(0);
  const actions = codeActions(path, whole, diagnostics, workspace);
  expect(actions.map(({ kind }) => kind)).toEqual([...fixable.map(() => "quickfix"), "source.fixAll"]);
  expect(toLsp(diagnostics[0] as never, workspace)).toMatchObject({ source: "reshimu", severity: 1 });
  const [edit] = Object.values(actions.at(-1)?.edit?.changes ?? {}).flat();
  expect(edit?.newText).toBe("when");
});

test("formatting gives the printed form, keeps comments and leaves broken text alone", () => {
  const { path, workspace } = scene({ "p.reshimu": "policy a\nscope {permit   *}\n" });
  expect(format(path, workspace)).toMatchObject({
    edits: [{ newText: "policy a\n\nscope {\n  permit *\n}\n" }],
  });
  const broken = scene({ "p.reshimu": "policy a\nscope {permit }\n" });
  expect(format(broken.path, broken.workspace)).toHaveProperty("refused");
  const commented = scene({ "p.reshimu": desk });
  const formatted = format(commented.path, commented.workspace);
  const texts = "edits" in formatted ? formatted.edits.map(({ newText }) => newText) : [desk];
  for (const text of texts) expect(text.match(/\/\//g)).toHaveLength(2);
});

describe("whatever is written", () => {
  const cut = Array.from({ length: 25 }, (_, i) => desk.slice(0, Math.floor((desk.length * (i + 1)) / 25)));
  const odd = [
    ...[
      "",
      mark,
      "\ufeffpolicy",
      "policy a\nscope { permit `",
      '"',
      "{{{{",
      "}}}}",
      "\u0000",
      "🦁🦁",
      "\r\r\n",
    ],
    ...[`policy a\nscope { permit x when ${"(".repeat(5_000)}`, "x".repeat(100_000), "permit ".repeat(5_000)],
  ];
  test("every question is answered", () => {
    for (const text of [...cut, ...odd]) {
      const { checked, workspace, path } = scene({ "p.reshimu": text });
      for (const offset of [0, text.length - 1, text.length].filter((one) => one >= 0)) {
        hoverAt(checked, offset, workspace);
        completionsAt(checked, offset, workspace);
        definitionsAt(checked, offset, workspace);
        referencesAt(checked, offset, true, workspace);
      }
      outlineOf(checked, workspace);
      foldingRanges(path, workspace);
      semanticTokens(checked, workspace);
      inlayHints(checked, whole, workspace);
      new TestRuns().lenses(checked, workspace);
      codeActions(path, whole, checked.analysis.diagnostics, workspace);
      format(path, workspace);
    }
  });
});
