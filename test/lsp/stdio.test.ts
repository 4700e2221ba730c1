import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  FileChangeType,
  HoverRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RenameRequest,
} from "vscode-languageserver-protocol/node";
import { ensureBuilt } from "../e2e/binary.js";
import { type Served, startServer } from "./client.js";

const folder = mkdtempSync(path.join(tmpdir(), "reshimu-lsp-"));
const uri = (name: string): string => pathToFileURL(path.join(folder, name)).href;

const base = "policy base\ntool a.read(path: path)\nscope { permit a.read }\n";
const extension = `policy more extends "./base.reshimu"
scope {
  permit a.read when path within "/x"
}
reversibility { class free treat a.read as free otherwise free }
`;

let served: Served | undefined;
/** The last that was published of each file, and who waits for more. */
const published = new Map<string, PublishDiagnosticsParams>();
const logged: string[] = [];
let wake = (): void => {};

/** Waits until what is published of a file is as wanted. */
async function told(
  name: string,
  wanted: (codes: readonly unknown[]) => boolean,
): Promise<readonly unknown[]> {
  for (;;) {
    const codes = published.get(uri(name))?.diagnostics.map(({ code }) => code);
    if (codes !== undefined && wanted(codes)) return codes;
    await new Promise<void>((done) => {
      wake = done;
    });
  }
}

beforeAll(async () => {
  await ensureBuilt();
  writeFileSync(path.join(folder, "base.reshimu"), base);
  writeFileSync(path.join(folder, "more.reshimu"), extension);
  served = await startServer(
    ["dist/cli/start/main.cjs", "lsp", "--stdio"],
    pathToFileURL(folder).href,
    (client) => {
      client.onNotification(PublishDiagnosticsNotification.type, (params) => {
        published.set(params.uri, params);
        wake();
      });
      client.onNotification(LogMessageNotification.type, ({ message }) => void logged.push(message));
    },
  );
});

afterAll(() => {
  served?.kill();
  rmSync(folder, { recursive: true });
});

const document = { uri: uri("base.reshimu") };

const change = (version: number, text: string) =>
  served?.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { ...document, version },
    contentChanges: [{ text }],
  });

test("an editor works with the built server, over the protocol", async () => {
  if (served === undefined) throw new Error("no server");
  const { client } = served;
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { ...document, languageId: "reshimu", version: 1, text: base },
  });

  // A change in the base is told in the policy that extends it, which is not even open.
  await change(2, base.replaceAll("a.read", "a.get"));
  expect(await told("more.reshimu", (codes) => codes.length > 0)).toContain("check/unknown-tool");
  await change(3, base);
  expect(await told("more.reshimu", (codes) => codes.length === 0)).toEqual([]);

  const position = { line: 2, character: 18 };
  const hover = await client.sendRequest(HoverRequest.type, { textDocument: document, position });
  expect(JSON.stringify(hover)).toContain("tool a.read(path: path)");
  const symbols = await client.sendRequest(DocumentSymbolRequest.type, { textDocument: document });
  expect(symbols?.map(({ name }) => name)).toEqual(["base", "a.read", "scope"]);
  const completions = await client.sendRequest(CompletionRequest.type, { textDocument: document, position });
  expect(JSON.stringify(completions)).toContain('"label":"a.read"');
  const renamed = await client.sendRequest(RenameRequest.type, {
    textDocument: document,
    position,
    newName: "a.get",
  });
  expect(Object.keys(renamed?.changes ?? {}).sort()).toEqual([uri("base.reshimu"), uri("more.reshimu")]);
  await expect(
    client.sendRequest(RenameRequest.type, {
      textDocument: document,
      position: { line: 0, character: 0 },
      newName: "x",
    }),
  ).rejects.toThrow("no declared name");

  await change(4, `${base}test "x" { propose a.read(path: "/y") expect authorize }\n`);
  const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument: document });
  const [lens] = lenses ?? [];
  expect(lens?.command?.title).toBe("run all tests");
  const report = await client.sendRequest(ExecuteCommandRequest.type, {
    command: lens?.command?.command ?? "",
    arguments: lens?.command?.arguments ?? [],
  });
  expect(report).toHaveProperty("summary");

  // What policies go by is no policy itself; what is wrong with it is told where it is written.
  const project = { uri: uri("reshimu.json") };
  await client.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { ...project, languageId: "json", version: 1, text: '{"severities": {}}' },
  });
  expect(await told("reshimu.json", (codes) => codes.length > 0)).toEqual(["load/bad-project"]);
  expect(await client.sendRequest(DocumentSymbolRequest.type, { textDocument: project })).toBeNull();
  await client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { ...project, version: 2 },
    contentChanges: [{ text: "{}" }],
  });
  expect(await told("reshimu.json", (codes) => codes.length === 0)).toEqual([]);
  await client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: project });
  writeFileSync(path.join(folder, "reshimu.json"), "{");
  const onDisk = (type: FileChangeType) =>
    client.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ ...project, type }] });
  await onDisk(FileChangeType.Created);
  expect(await told("reshimu.json", (codes) => codes.length > 0)).toEqual(["load/bad-project"]);
  rmSync(path.join(folder, "reshimu.json"));
  await onDisk(FileChangeType.Deleted);
  expect(await told("reshimu.json", (codes) => codes.length === 0)).toEqual([]);

  // What makes no sense is refused or answered with nothing, and the server lives on.
  await client.sendRequest(HoverRequest.type, { textDocument: { uri: "file:///a%2Fb" }, position });
  expect(logged.join("\n")).toContain("hover failed");
  expect(await client.sendRequest(HoverRequest.type, { textDocument: document, position })).not.toBeNull();

  expect(await served.end()).toBe(0);
});
