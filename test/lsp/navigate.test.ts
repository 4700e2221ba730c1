import { describe, expect, test } from "vitest";
import { definitionsAt, highlightsAt, referencesAt } from "../../src/lsp/navigate.js";
import { prepareRename, rename } from "../../src/lsp/rename.js";
import { desk, inDesk, mark, scene, shown } from "./support.js";

type Files = { readonly [name: string]: string };

function definitions(files: Files): string[] {
  const { checked, offset, workspace } = scene(files);
  return definitionsAt(checked, offset, workspace).map((location) => shown(location, workspace));
}

function references(files: Files): string[] {
  const { checked, offset, workspace } = scene(files);
  return referencesAt(checked, offset, true, workspace)
    .map((location) => shown(location, workspace))
    .sort();
}

const line = (text: string): number => desk.slice(0, desk.indexOf(text)).split("\n").length;

describe("where a name is declared", () => {
  test.each<[string, string, string]>([
    ["a tool", inDesk("permit mail.‸send"), `p.reshimu:${line("tool mail.send")}:6 mail.send`],
    ["a bullet", inDesk("serving explai‸n"), `p.reshimu:${line("explain  ")}:3 explain`],
    ["a given", inDesk("given.mo‸st"), `p.reshimu:${line("given most")}:9 most`],
    ["an argument", inDesk("when am‸ount <="), `p.reshimu:${line("tool refund.pay")}:32 amount`],
    ["a fact", inDesk("<= pai‸d"), `p.reshimu:${line("fact paid")}:8 paid`],
    ["a claim", inDesk("claim.owe‸d <="), `p.reshimu:${line("claim owed")}:9 owed`],
    ["a source of a fact", inDesk("from book‸s"), `p.reshimu:${line("source books")}:10 books`],
    ["a source that is traced to", inDesk("[des‸k"), `p.reshimu:${line("source desk")}:10 desk`],
    ["a principal", inDesk("confirm lea‸d"), `p.reshimu:${line("principal lead")}:11 lead`],
    ["a class", inDesk("otherwise fina‸l"), `p.reshimu:${line("class final")}:9 final`],
    ["a variable", inDesk(": cop‸y traced"), `p.reshimu:${line("to traced to")}:60 copy`],
    ["the undo", inDesk("by refund.canc‸el"), `p.reshimu:${line("tool refund.cancel")}:6 refund.cancel`],
    [
      "an argument of the undo",
      inDesk("(ord‸er: order)"),
      `p.reshimu:${line("tool refund.cancel")}:20 order`,
    ],
    ["a proposed tool", inDesk("propose refund.pa‸y"), `p.reshimu:${line("tool refund.pay")}:6 refund.pay`],
    [
      "a class that is expected",
      inDesk("expect authorize", "expect class fina‸l"),
      `p.reshimu:${line("class final")}:9 final`,
    ],
    [
      "a bullet by which a rule is meant",
      inDesk("expect authorize", "expect authorize by permit serving settl‸e"),
      `p.reshimu:${line("settle  ")}:3 settle`,
    ],
    ["a fact of a test", inDesk('fact pai‸d("A1")'), `p.reshimu:${line("fact paid")}:8 paid`],
  ])("%s", (_, text, place) => {
    expect(definitions({ "p.reshimu": text })).toEqual([place]);
  });

  test("a pattern leads to all that it covers, a file to its beginning", () => {
    expect(definitions({ "p.reshimu": inDesk("is tool refund.‸*") })).toHaveLength(2);
    const files = { "p.reshimu": `policy a extends "./ba‸se.reshimu"`, "disk:base.reshimu": "policy base" };
    expect(definitions(files)).toEqual(["base.reshimu:1:1 "]);
  });

  test("neighbours of what is broken still lead somewhere", () => {
    const text = inDesk("permit refund.cancel serving settle", "permit serving when\n").replace(mark, "");
    const files = { "p.reshimu": text.replace("otherwise final", `otherwise fi${mark}nal`) };
    expect(definitions(files)).toEqual([expect.stringMatching(/class|final/)]);
  });
});

const base = `policy base
tool a.read(path: path)
tool a.write(path: path)
scope { permit a.* }
`;
const extension = `policy more extends "./base.reshimu"
scope {
  permit a.re‸ad
  permit a.write, a.read when path within "/x"
}
`;

describe("references and renaming go over files", () => {
  test("of a tool, with the patterns that cover it, on disk or open", () => {
    expect(references({ "disk:base.reshimu": base, "more.reshimu": extension })).toEqual([
      "base.reshimu:2:6 a.read",
      "base.reshimu:4:16 a.*",
      "more.reshimu:3:10 a.read",
      "more.reshimu:4:19 a.read",
    ]);
  });

  test("highlights stay in the file", () => {
    const { checked, offset } = scene({ "p.reshimu": inDesk("claim.owe‸d <=") });
    expect(highlightsAt(checked, offset)).toHaveLength(3);
  });

  /** The files after a rename. */
  function renamed(files: Files, name: string): string[] {
    const { checked, offset, workspace } = scene(files);
    const { changes = {} } = rename(checked, offset, name, workspace);
    return Object.entries(changes).map(([uri, edits]) => {
      const document = workspace.document(workspace.pathOf(uri));
      let text = document.getText();
      for (const { range, newText } of [...edits].sort(
        (a, b) =>
          b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
      ))
        text =
          text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end));
      return text;
    });
  }

  test("a tool", () => {
    const after = renamed({ "disk:base.reshimu": base, "more.reshimu": extension }, "a.get");
    expect(after.join()).not.toContain("a.read");
    expect(after.join().match(/a\.get/g)).toHaveLength(3);
  });

  test("a parameter, in all tools that a line speaks of, and in their calls", () => {
    const [after] = renamed({ "p.reshimu": inDesk("(ord‸er: order)") }, "number");
    expect(after).toContain("tool refund.cancel(number: string)");
    expect(after).toContain("refund.cancel(number: order)");
    expect(after).toContain("tool refund.pay(order: string");
    const [linked] = renamed(
      {
        "more.reshimu": extension.replace("path within", "pa‸th within").replace("re‸ad", "read"),
        "disk:base.reshimu": base,
      },
      "file",
    ).filter((text) => text.startsWith("policy base"));
    expect(linked).toContain("tool a.read(file: path)\ntool a.write(file: path)");
  });

  test("a name that needs backquotes gets them", () => {
    const [after] = renamed({ "p.reshimu": inDesk("claim.owe‸d <=") }, "in all");
    expect(after).toContain("claim.`in all` <=");
  });

  test.each<[string, Files, string, RegExp]>([
    [
      "changes what a pattern covers",
      { "base.reshimu": base.replace("a.write(", "a.wri‸te(") },
      "b.write",
      /pattern `a\.\*` .* covers/,
    ],
    ["is taken", { "p.reshimu": inDesk("class fre‸e") }, "final", /has an error/],
    ["is no name", { "p.reshimu": inDesk("class fre‸e") }, "a`b", /backquotes/],
    ["is a pattern", { "p.reshimu": inDesk("forbid mail.‸*") }, "x", /pattern covers/],
    ["is no declared name", { "p.reshimu": inDesk("scop‸e {") }, "x", /no declared name/],
  ])("is refused where it %s", (_, files, name, why) => {
    const { checked, offset, workspace } = scene(files);
    expect(() => rename(checked, offset, name, workspace)).toThrow(why);
  });

  test("an imported tool is not renamed", () => {
    const files = {
      "p.reshimu": 'policy a\ntools "./t.json"\nscope { permit que‸ry }',
      "disk:t.json": '[{"name":"query","inputSchema":{"type":"object","properties":{}}}]',
    };
    const { checked, offset, workspace } = scene(files);
    expect(() => prepareRename(checked, offset, workspace)).toThrow(/imported/);
    expect(definitions(files)).toEqual(['p.reshimu:2:7 "./t.json"']);
  });

  test("what is to be renamed is shown before", () => {
    const { checked, offset, workspace } = scene({ "p.reshimu": inDesk("permit mail.‸send") });
    expect(prepareRename(checked, offset, workspace).placeholder).toBe("mail.send");
  });
});
