import type { AddCommand } from "../command.js";
import type { ExitCode } from "../exit-codes.js";

const help = `
It speaks the Language Server Protocol over stdin and stdout; an editor starts it, and there is
nothing to type. docs/editor.md says how editors are set up.`;

/** `reshimu lsp`: the language server. */
export const lspCommand: AddCommand = (program, run) => {
  program
    .command("lsp")
    .summary("serve an editor (Language Server Protocol)")
    .description("Serves an editor over stdin and stdout until it ends the session.")
    // Clients add it of themselves.
    .option("--stdio", "speak over stdin and stdout, which it does anyway")
    .addHelpText("after", help)
    .action(() =>
      run(async () => {
        // Loaded only here: no other command needs the protocol.
        const { serveStdio } = await import("../../lsp/stdio.js");
        serveStdio();
        // The connection ends the process.
        return await new Promise<ExitCode>(() => {});
      }),
    );
};
