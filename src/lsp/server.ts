import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  ResponseError,
  type ServerCapabilities,
  TextDocuments,
  TextDocumentSyncKind,
  type TextEdit,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { reasonOf } from "../diagnostics/reason.js";
import { policiesBelow } from "../files.js";
import { codeActions } from "./actions.js";
import { completionsAt } from "./completion/complete.js";
import { foldingRanges } from "./folding.js";
import { format } from "./format.js";
import { hoverAt } from "./hover.js";
import { inlayHints } from "./hints.js";
import { definitionsAt, highlightsAt, referencesAt } from "./navigate.js";
import { outlineOf, workspaceSymbols } from "./outline.js";
import { Publisher } from "./publisher.js";
import { prepareRename, rename } from "./rename.js";
import { legend, semanticTokens } from "./semantic.js";
import { runTestsCommand, TestRuns } from "./tests.js";
import { type Checked, isProjectFile, Workspace } from "./workspace.js";

/** No more policies of a workspace are looked at; those that are open always are. */
const mostPolicies = 1_000;

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [".", '"', "("] },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
  semanticTokensProvider: { legend, full: true },
  foldingRangeProvider: true,
  inlayHintProvider: true,
  codeLensProvider: { resolveProvider: false },
  executeCommandProvider: { commands: [runTestsCommand] },
  positionEncoding: "utf-16",
};

/** What a client says it can do, as far as the server asks. */
interface Abilities {
  watches: boolean;
  refreshesLenses: boolean;
  refreshesHints: boolean;
  refreshesTokens: boolean;
}

/**
 * Serves an editor over a connection until it says `exit`. Nothing that it sends stops the server: a request that fails is told to
 * the client's log, and answered with nothing.
 */
export function serve(connection: Connection, workspace = new Workspace()): void {
  const documents = new TextDocuments(TextDocument);
  const runs = new TestRuns();
  const abilities: Abilities = {
    watches: false,
    refreshesLenses: false,
    refreshesHints: false,
    refreshesTokens: false,
  };
  let folders: readonly string[] = [];

  const failed = (what: string, error: unknown): void => {
    connection.console.error(
      `${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
  };
  const refresh = (): void => {
    if (abilities.refreshesLenses)
      attempt("refreshing lenses", () => connection.sendRequest(CodeLensRefreshRequest.type));
    if (abilities.refreshesHints) attempt("refreshing hints", () => connection.languages.inlayHint.refresh());
    if (abilities.refreshesTokens)
      attempt("refreshing tokens", () => connection.languages.semanticTokens.refresh());
  };
  /** Does what may fail without anybody waiting for it. */
  const attempt = (what: string, act: () => unknown): void => {
    Promise.resolve()
      .then(act)
      .catch((error) => failed(what, error));
  };

  const publisher = new Publisher(workspace, {
    publish: (uri, diagnostics) =>
      attempt("publishing diagnostics", () => connection.sendDiagnostics({ uri, diagnostics })),
    failed,
    // An editor asks again by itself about what is edited; about other files it has to be told.
    settled: (checked) => {
      if (checked > 1) refresh();
    },
  });

  /** A handler that answers with `nothing` where it fails, and with the refusal where it refuses. */
  const guarded =
    <P, R>(what: string, nothing: R, handle: (params: P) => R | Promise<R>) =>
    async (params: P): Promise<R> => {
      try {
        return isOfProjectFile(params) ? nothing : await handle(params);
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        failed(what, error);
        return nothing;
      }
    };
  const told =
    <P>(what: string, handle: (params: P) => void | Promise<void>) =>
    (params: P): void =>
      attempt(what, () => handle(params));

  /** Whether a question is about a `reshimu.json`: an editor sends it for what it says of policies, and it is none. */
  const isOfProjectFile = (params: unknown): boolean => {
    const { textDocument } = params as { readonly textDocument?: { readonly uri: string } };
    return textDocument !== undefined && isProjectFile(textDocument.uri);
  };

  /** A document checked as an entry, and the offset of a position in it. */
  const at = (uri: string): Checked => workspace.check(workspace.pathOf(uri));
  const offsetAt = (
    checked: Checked,
    position: { readonly line: number; readonly character: number },
  ): number => workspace.document(checked.path).offsetAt(position);

  // ---------------------------------------------------------------- life

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const able = params.capabilities.workspace;
    abilities.watches = able?.didChangeWatchedFiles?.dynamicRegistration === true;
    abilities.refreshesLenses = able?.codeLens?.refreshSupport === true;
    abilities.refreshesHints = able?.inlayHint?.refreshSupport === true;
    abilities.refreshesTokens = able?.semanticTokens?.refreshSupport === true;
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    return { capabilities, serverInfo: { name: "reshimu" } };
  });

  connection.onInitialized(() =>
    attempt("looking for policies", async () => {
      if (abilities.watches)
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: "**/*.{reshimu,json}" }],
        });
      for (const uri of folders) await addFolder(uri);
      publisher.schedule();
    }),
  );

  const addFolder = async (uri: string): Promise<void> => {
    if (!uri.startsWith("file:")) return;
    const room = mostPolicies - workspace.entries.length;
    try {
      const found = await policiesBelow(workspace.pathOf(uri), room);
      for (const path of found) workspace.add(path.replaceAll("\\", "/"));
      if (found.length >= room)
        connection.console.warn(
          `there are more than ${mostPolicies} policies: the others are read as they are opened`,
        );
    } catch (error) {
      connection.console.warn(`cannot look for policies in ${uri}: ${reasonOf(error)}`);
    }
  };

  connection.onShutdown(() => publisher.stop());

  // ---------------------------------------------------------------- documents

  /** Has what changed checked first; a `reshimu.json` is not checked itself, but all that go by it. */
  const schedule = (path: string): void => publisher.schedule(isProjectFile(path) ? undefined : path);
  documents.onDidChangeContent(told("a change", ({ document }) => schedule(workspace.open(document))));
  documents.onDidClose(told("closing", ({ document }) => schedule(workspace.close(document.uri))));
  documents.onDidSave(
    told("saving", async ({ document }) => {
      if (isProjectFile(workspace.pathOf(document.uri))) return;
      const checked = at(document.uri);
      // The counts over the rules are those of the text as it was saved.
      if (checked.analysis.diagnostics.every(({ severity }) => severity !== "error")) {
        await runs.run(checked);
        refresh();
      }
    }),
  );
  connection.onDidChangeWatchedFiles(
    told("a change on disk", ({ changes }) => {
      for (const { uri, type } of changes) {
        const path = workspace.pathOf(uri);
        if (path.endsWith(".reshimu") && type === 3) workspace.remove(path);
        else if (path.endsWith(".reshimu") && workspace.entries.length < mostPolicies) workspace.add(path);
        if (!workspace.isOpen(path)) workspace.changed(path);
        publisher.schedule(type === 3 && path.endsWith(".reshimu") ? path : undefined);
      }
    }),
  );

  // ---------------------------------------------------------------- questions about a place

  connection.onHover(
    guarded("hover", null, ({ textDocument, position }) => {
      const checked = at(textDocument.uri);
      return hoverAt(checked, offsetAt(checked, position), workspace);
    }),
  );
  connection.onCompletion(
    guarded("completion", null, ({ textDocument, position }) => {
      const checked = at(textDocument.uri);
      return completionsAt(checked, offsetAt(checked, position), workspace);
    }),
  );
  connection.onDefinition(
    guarded("definition", null, ({ textDocument, position }) => {
      const checked = at(textDocument.uri);
      return definitionsAt(checked, offsetAt(checked, position), workspace);
    }),
  );
  connection.onReferences(
    guarded("references", null, ({ textDocument, position, context }) => {
      const checked = at(textDocument.uri);
      return referencesAt(checked, offsetAt(checked, position), context.includeDeclaration, workspace);
    }),
  );
  connection.onDocumentHighlight(
    guarded("highlights", null, ({ textDocument, position }) => {
      const checked = at(textDocument.uri);
      const spans = highlightsAt(checked, offsetAt(checked, position));
      return spans.map((span) => ({ range: workspace.rangeOf(span) }));
    }),
  );
  connection.onPrepareRename(
    guarded("rename", null, ({ textDocument, position }) => {
      const checked = at(textDocument.uri);
      return prepareRename(checked, offsetAt(checked, position), workspace);
    }),
  );
  connection.onRenameRequest(
    guarded("rename", null, ({ textDocument, position, newName }) => {
      const checked = at(textDocument.uri);
      return rename(checked, offsetAt(checked, position), newName, workspace);
    }),
  );

  // ---------------------------------------------------------------- questions about a file

  connection.onDocumentSymbol(
    guarded("symbols", null, ({ textDocument }) => outlineOf(at(textDocument.uri), workspace)),
  );
  connection.onWorkspaceSymbol(
    guarded("symbols of the workspace", null, ({ query }) => workspaceSymbols(query, workspace)),
  );
  connection.onDocumentFormatting(
    guarded("formatting", null as TextEdit[] | null, ({ textDocument }) => {
      const formatted = format(workspace.pathOf(textDocument.uri), workspace);
      if ("edits" in formatted) return formatted.edits;
      connection.console.info(`${textDocument.uri}: ${formatted.refused}`);
      return null;
    }),
  );
  connection.onCodeAction(
    guarded("code actions", null, ({ textDocument, range }) => {
      const { path, analysis } = at(textDocument.uri);
      const here = analysis.diagnostics.filter(({ span }) => span.file === path);
      const others = publisher.of(path).filter((one) => !here.includes(one) && workspace.isFresh(path));
      const known = new Set(here.map((one) => `${one.code} ${one.span.start}`));
      const all = [...here, ...others.filter((one) => !known.has(`${one.code} ${one.span.start}`))];
      return codeActions(path, range, all, workspace);
    }),
  );
  connection.languages.semanticTokens.on(
    guarded("semantic tokens", { data: [] }, ({ textDocument }) =>
      semanticTokens(at(textDocument.uri), workspace),
    ),
  );
  connection.onFoldingRanges(
    guarded("folding", null, ({ textDocument }) =>
      foldingRanges(workspace.pathOf(textDocument.uri), workspace),
    ),
  );
  connection.languages.inlayHint.on(
    guarded("inlay hints", null, ({ textDocument, range }) =>
      inlayHints(at(textDocument.uri), range, workspace),
    ),
  );
  connection.onCodeLens(
    guarded("code lenses", null, ({ textDocument }) => runs.lenses(at(textDocument.uri), workspace)),
  );
  connection.onExecuteCommand(
    guarded("running tests", null as unknown, async ({ command, arguments: args = [] }) => {
      const [uri, name] = args as readonly unknown[];
      if (command !== runTestsCommand || typeof uri !== "string") return null;
      const report = await runs.run(at(uri), typeof name === "string" ? name : undefined);
      for (const detail of report.details) connection.console.log(detail);
      const type = report.passed > 0 && report.failed === 0 ? MessageType.Info : MessageType.Warning;
      attempt("reporting", () =>
        connection.sendNotification("window/showMessage", { type, message: `Reshimu: ${report.summary}` }),
      );
      refresh();
      return report;
    }),
  );

  documents.listen(connection);
  connection.listen();
}
