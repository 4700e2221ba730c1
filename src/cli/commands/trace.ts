import type { AddCommand } from "../command.js";
import { anchorCommand } from "../trace/anchor.js";
import { calibrateCommand } from "../trace/calibrate.js";
import { checkpointCommand } from "../trace/checkpoint.js";
import { descentCommand } from "../trace/descent.js";
import { keyCommand } from "../trace/key.js";
import { lsCommand } from "../trace/ls.js";
import { pruneCommand } from "../trace/prune.js";
import { queryCommand } from "../trace/query.js";
import { showCommand } from "../trace/show.js";
import { statsCommand } from "../trace/stats.js";
import { exportCommand, importCommand } from "../trace/transfer.js";
import { undoCommand } from "../trace/undo.js";
import { verifyCommand } from "../trace/verify.js";
import { whyCommand } from "../trace/why.js";

const commands: readonly AddCommand[] = [
  lsCommand,
  showCommand,
  whyCommand,
  descentCommand,
  queryCommand,
  statsCommand,
  calibrateCommand,
  undoCommand,
  verifyCommand,
  checkpointCommand,
  anchorCommand,
  keyCommand,
  exportCommand,
  importCommand,
  pruneCommand,
];

/** `reshimu trace …`: asks a trace, checks it, and takes care of it. */
export const traceCommand: AddCommand = (program, run, terminal) => {
  const trace = program
    .command("trace")
    .summary("ask a trace, check it, and take care of it")
    .description(
      "Asks a trace why something was decided, finds records in it, and checks that it is as it was recorded. `eval --trace PLACE` makes one.",
    )
    .helpCommand(false)
    .addHelpText("after", "\nExample:\n  $ reshimu trace ls trace.db\n  $ reshimu trace why trace.db '#12'");
  for (const add of commands) add(trace, run, terminal);
};
