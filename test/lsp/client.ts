import { type ChildProcess, spawn } from "node:child_process";
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

/** A language server as a process of its own, and the editor's end of the protocol. */
export interface Served {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Ends the session as an editor does; gives the code that the process ends with. */
  end(): Promise<number | null>;
  /** Ends the process, however it is. */
  kill(): void;
}

/** Starts `node ARGS…` and opens a session on a folder. `prepare` sees the connection before anything is said. */
export async function startServer(
  args: readonly string[],
  folder: string | undefined,
  prepare: (client: ProtocolConnection) => void = () => {},
): Promise<Served> {
  const server: ChildProcess = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  if (server.stdout === null || server.stdin === null) throw new Error("no pipes");
  const client = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  prepare(client);
  client.listen();
  const died = new Promise<never>((_, fail) => {
    server.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
  });
  // Also where nobody waits for it any more.
  died.catch(() => {});
  const answer = client.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: folder === undefined ? null : [{ uri: folder, name: "policies" }],
  });
  const initialized = await Promise.race([answer, died]);
  await client.sendNotification(InitializedNotification.type, {});
  return {
    client,
    initialized,
    async end() {
      await client.sendRequest(ShutdownRequest.type);
      const ended = new Promise<number | null>((done) => server.once("exit", done));
      await client.sendNotification(ExitNotification.type);
      return ended;
    },
    kill() {
      client.dispose();
      server.kill();
    },
  };
}
