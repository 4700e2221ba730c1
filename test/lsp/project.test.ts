import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { loadPolicyFile } from "../../src/files.js";
import { definitionsAt, referencesAt } from "../../src/lsp/navigate.js";
import { Workspace } from "../../src/lsp/workspace.js";
import { commission } from "../../src/compiler/check/rules/snippets.js";

const folder = mkdtempSync(path.join(tmpdir(), "reshimu-lsp-project-"));
const at = (name: string): string => path.join(folder, name).replaceAll("\\", "/");
const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};
const opened = (name: string, text: string): TextDocument =>
  TextDocument.create(pathToFileURL(at(name)).href, name.endsWith(".json") ? "json" : "reshimu", 1, text);

/** Its condition says nothing, and nothing is for the one who is declared last. */
const slips = commission({ scope: "permit notes.read when true", more: 'principal nobody "Nobody"' });
const mail = "policy house.mail\ntool mail.send(to: email)\nscope {\n  permit *\n}\n";
const extending = 'policy a extends "std/mail"\nscope {\n  permit mail.send\n}\n';

beforeAll(() => {
  write("reshimu.json", '{"std": "house", "severity": {"lint/unused-principal": "error"}}');
  write("house/mail/policy.reshimu", mail);
  write("rules/a.reshimu", extending);
  write("rules/slips.reshimu", slips);
  write("quiet/reshimu.json", '{"severity": {"lint/unused-principal": "off"}}');
  write("quiet/deep/slips.reshimu", slips);
  write("broken/reshimu.json", '{"severity": {"lint/unused": "off"}}');
  write("broken/slips.reshimu", slips);
  write("unreadable/slips.reshimu", slips);
  writeFileSync(at("unreadable/reshimu.json"), Buffer.of(0x7b, 0xff, 0x7d));
  write("folder/reshimu.json/slips.reshimu", "");
  write("folder/slips.reshimu", slips);
});
afterAll(() => rmSync(folder, { recursive: true }));

const told = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics
    .map(({ code, severity, span, message }) => [code, severity, span.file, span.start, message].join(" "))
    .sort();
const severityIn = (workspace: Workspace, name: string): string | undefined =>
  workspace.check(at(name)).analysis.diagnostics.find(({ code }) => code === "lint/unused-principal")
    ?.severity;

describe("an editor goes by the nearest reshimu.json", () => {
  test.each([
    ["rules/a.reshimu", "never"],
    ["rules/slips.reshimu", "error"],
    ["quiet/deep/slips.reshimu", "never"],
    ["broken/slips.reshimu", "warning"],
    ["unreadable/slips.reshimu", "warning"],
    ["folder/slips.reshimu", "error"],
  ])("as check does: %s", async (name, severity) => {
    const { analysis } = new Workspace().check(at(name));
    expect(told(analysis.diagnostics)).toEqual(told((await loadPolicyFile(at(name))).diagnostics));
    expect(severityIn(new Workspace(), name) ?? "never").toBe(severity);
    const bad = analysis.diagnostics.filter(({ code }) => code === "load/bad-project");
    expect(bad.map(({ span }) => span.file)).toEqual(
      /^(broken|unreadable)/.test(name) ? [at(`${path.dirname(name)}/reshimu.json`)] : [],
    );
  });

  test("as it is in the editor, before it is on disk", () => {
    const workspace = new Workspace();
    const name = "rules/slips.reshimu";
    expect(severityIn(workspace, name)).toBe("error");
    const document = opened("rules/reshimu.json", '{"severity": {"lint/unused-principal": "hint"}}');
    const file = workspace.open(document);
    expect(workspace.isFresh(at(name))).toBe(false);
    expect(severityIn(workspace, name)).toBe("hint");
    expect(workspace.entries).not.toContain(file);
    workspace.close(document.uri);
    expect(severityIn(workspace, name)).toBe("error");
    write("rules/reshimu.json", "{}");
    workspace.changed(file);
    expect(severityIn(workspace, name)).toBe("warning");
    rmSync(file);
    workspace.changed(file);
    expect(severityIn(workspace, name)).toBe("error");
  });

  test("a text that was never saved has none", () => {
    const workspace = new Workspace();
    workspace.open(TextDocument.create("untitled:Untitled-1", "reshimu", 1, slips));
    const { diagnostics } = workspace.check("untitled:Untitled-1").analysis;
    expect(diagnostics.map(({ severity }) => severity)).not.toContain("error");
  });

  test("`std/` is the project's folder, and one file with what is open there", () => {
    const workspace = new Workspace();
    const base = "house/mail/policy.reshimu";
    const entry = workspace.open(opened("rules/a.reshimu", extending));
    const checked = workspace.check(entry);
    const places = (offset: number) => definitionsAt(checked, offset, workspace).map((place) => place.uri);
    const uri = pathToFileURL(at(base)).href;
    expect(places(extending.indexOf("std/"))).toEqual([uri]);
    expect(places(extending.indexOf("mail.send"))).toEqual([uri]);
    workspace.open(opened(base, mail.replaceAll("mail.send", "mail.post")));
    expect(workspace.isFresh(entry)).toBe(false);
    expect(workspace.check(entry).analysis.diagnostics.map(({ code }) => code)).toEqual([
      "check/unknown-tool",
    ]);
    workspace.open(opened(base, mail));
    const again = workspace.check(entry);
    const references = referencesAt(again, extending.indexOf("mail.send"), true, workspace);
    // The declaration, its pattern and the permit: each once, though the base is a policy of the workspace too.
    expect(references).toHaveLength(3);
  });
});
