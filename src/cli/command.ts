import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.js";
import type { Terminal } from "./terminal.js";

/** Runs what a command does; its code is what the programme ends with. */
export type Run = (action: () => Promise<ExitCode>) => Promise<void>;

/** Adds a command to the programme. */
export type AddCommand = (program: Command, run: Run, terminal: Terminal) => void;
