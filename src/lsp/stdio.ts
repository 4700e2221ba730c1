import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

/** Serves an editor over stdin and stdout; the process ends as the editor says `exit`, or goes away. */
export function serveStdio(): void {
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
}
