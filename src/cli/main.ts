#!/usr/bin/env node
import { run } from "./program.js";
import { ExitCode } from "./exit-codes.js";
import { processTerminal } from "./terminal.js";
import { faultText } from "./fault.js";

/** Ends with a message for a person, whatever went wrong. */
function endWith(error: unknown): void {
  process.stderr.write(faultText(error, process.env.RESHIMU_DEBUG === "1"), () =>
    process.exit(ExitCode.CouldNotRun),
  );
}

/** Who reads our output may stop reading (`reshimu … | head`): then there is nothing left to do. */
function endWhenUnread(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  else endWith(error);
}

process.stdout.on("error", endWhenUnread);
process.stderr.on("error", () => process.exit());
process.on("uncaughtException", endWith);
process.on("unhandledRejection", endWith);

// Not `process.exit`: what is still on its way to a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), processTerminal());
