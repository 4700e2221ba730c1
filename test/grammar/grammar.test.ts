import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import onigurumaModule from "vscode-oniguruma";
import textmateModule, { type IGrammar } from "vscode-textmate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PieceKind, pieces } from "../../src/syntax/pieces.js";
import { pages } from "../docs/pages.js";
import { ensureBuilt } from "../e2e/binary.js";

const generated = mkdtempSync(path.join(tmpdir(), "reshimu-grammar-"));

beforeAll(async () => {
  await ensureBuilt();
  execFileSync(process.execPath, ["scripts/generate-grammar.mjs", generated]);
});
afterAll(() => rmSync(generated, { recursive: true }));

test.each(["reshimu.ebnf", "railroad.html", "reshimu.tmLanguage.json"])(
  "grammar/%s is fresh (else: npm run grammar)",
  (name) => {
    expect(readFileSync(`grammar/${name}`, "utf8")).toBe(readFileSync(path.join(generated, name), "utf8"));
  },
);

test("the grammar says all there is to say, and the page loads nothing", () => {
  const text = readFileSync("grammar/reshimu.ebnf", "utf8");
  const rules = new Set([...text.matchAll(/^(\w+) +=/gm)].map((match) => match[1]));
  const bare = text.replace(/\(\*[\s\S]*?\*\)|\?.*?\?(?= ;)|"[^"]*"/g, " ");
  const used = [...bare.matchAll(/\b[A-Za-z]\w*\b/g)].map((match) => match[0]);
  expect(used.filter((name) => !rules.has(name))).toEqual([]);
  const page = readFileSync("grammar/railroad.html", "utf8");
  expect(page).not.toMatch(/<script|<link|<img|(?:src|url)\s*[=(]|@import/);
  const ids = new Set([...page.matchAll(/ id="(\w+)"/g)].map((match) => match[1]));
  expect([...page.matchAll(/href="#(\w+)"/g)].filter((match) => !ids.has(match[1]))).toEqual([]);
});

// ------------------------------------------------------------------ the editors' grammar, beside the lexer

async function loadGrammar(): Promise<IGrammar> {
  const { createOnigScanner, createOnigString, loadWASM } = onigurumaModule;
  await loadWASM(
    readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")).buffer,
  );
  const { INITIAL, parseRawGrammar, Registry } = textmateModule;
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner,
      createOnigString: (text: string) => createOnigString(text),
    }),
    loadGrammar: async () =>
      parseRawGrammar(readFileSync("grammar/reshimu.tmLanguage.json", "utf8"), "reshimu.tmLanguage.json"),
  });
  const grammar = await registry.loadGrammar("source.reshimu");
  if (grammar === null || INITIAL === null) throw new Error("no grammar");
  return grammar;
}

/** Which kind of token a scope stands for. */
const kinds: readonly (readonly [RegExp, PieceKind])[] = [
  [/^comment\./, "comment"],
  [/^string\./, "string"],
  [/^constant\.numeric/, "number"],
  [/^keyword\.operator\.reshimu|^punctuation/, "sign"],
  [/^(?:constant\.language|variable\.language|keyword|storage)/, "keyword"],
  [/^(?:variable\.other|support\.type)/, "name"],
  [/^invalid/, "other"],
];

function kindOf(scopes: readonly string[]): PieceKind | undefined {
  for (const scope of scopes.slice(1)) {
    const found = kinds.find(([pattern]) => pattern.test(scope));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

function byEditor(text: string, grammar: IGrammar): string[] {
  let state = textmateModule.INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return runs(
      line,
      tokens.map(({ startIndex, endIndex, scopes }) => [startIndex, endIndex, kindOf(scopes)]),
    );
  });
}

function byLexer(text: string): string[] {
  const all = pieces({ file: "a", text });
  let start = 0;
  return text.split("\n").map((line) => {
    const here = all.filter((piece) => piece.start >= start && piece.start <= start + line.length);
    const shown = runs(
      line,
      here.map((piece) => [piece.start - start, piece.end - start, piece.kind]),
    );
    start += line.length + 1;
    return shown;
  });
}

type Run = readonly [start: number, end: number, kind: PieceKind | undefined];

const letters: Readonly<Record<PieceKind, string>> = {
  ...{ comment: "c", keyword: "k", name: "n", string: "s", number: "9", sign: "+", other: "o" },
};

/** A line's tokens drawn below it, a letter for the kind of each character. */
function runs(line: string, all: readonly Run[]): string {
  const marks = Array.from({ length: line.length }, () => " ");
  for (const [start, end, kind] of all) {
    const keepsSpace = kind === "comment" || kind === "string";
    for (let i = start; i < Math.min(end, marks.length); i += 1)
      if (kind !== undefined && (keepsSpace || /\S/.test(line.charAt(i)))) marks[i] = letters[kind];
  }
  return marks.join("");
}

describe("editors and the lexer see the same tokens", () => {
  let grammar: IGrammar;
  beforeAll(async () => {
    grammar = await loadGrammar();
  });
  const policies = (folder: string): [string, string][] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".reshimu"))
      .map((name) => [path.join(folder, name), readFileSync(path.join(folder, name), "utf8")]);
  const samples: [string, string][] = [
    ...["examples", "test/lsp", "test/fixtures"].flatMap(policies),
    ...pages
      .flatMap((page) => page.blocks)
      .filter(({ language }) => language === "reshimu")
      .map(({ at, text }): [string, string] => [at, text]),
    [
      "slips",
      'policy `a b`\nscope {\n  permit a when "open\n  permit 12abc "\\u00e9\\n" ‘x’ 1_000.5 90d 5ms\n}',
    ],
  ];

  test.each(samples)("in %s", (_, text) => {
    const lines = text.split("\n");
    const show = (rows: readonly string[]) => rows.map((row, i) => `${lines[i]}\n${row}`);
    expect(show(byEditor(text, grammar))).toEqual(show(byLexer(text)));
  });

  test("what belongs to another language is shown as wrong", () => {
    expect(byEditor("x && y === z; # no", grammar)).toEqual(["n oo n ooo no o oo"]);
  });
});
