// The client: starts the bundled language server and shows what a run of tests found.
import path from "node:path";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

/** @type {LanguageClient | undefined} */
let client;

/** @param {import("vscode").ExtensionContext} context */
export async function activate(context) {
  const module = context.asAbsolutePath(path.join("dist", "lsp", "server.mjs"));
  // Over stdio and not over the IPC of Node: it is what other editors use, too.
  const server = { module, transport: TransportKind.stdio };
  client = new LanguageClient(
    "reshimu",
    "Reshimu",
    { run: server, debug: server },
    // What policies go by counts as it is in the editor, too.
    { documentSelector: [{ language: "reshimu" }, { scheme: "file", pattern: "**/reshimu.json" }] },
  );
  context.subscriptions.push({ dispose: () => client?.dispose() });
  await client.start();
}

export async function deactivate() {
  await client?.stop();
}
