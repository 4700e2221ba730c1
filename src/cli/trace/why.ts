import { whyOf, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { idHelp, recordOf } from "./ids.js";
import { withTrace } from "./place.js";
import { whyText } from "./why-text.js";

const examples = `
Example:
  $ reshimu trace why trace.db '#12'`;

/** `reshimu trace why PLACE ID`: how one decision came about. */
export const whyCommand: AddCommand = (program, run, terminal) => {
  program
    .command("why")
    .summary("tell how a decision came about, from the intent down")
    .description(
      "Tells the story of one decision: what was commissioned, what each delegation carried and lost, what was read and said before, " +
        "what was proposed, what the four validators found and by which rule, what principals said to it, and what became of it.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("<id>", `${idHelp}; a decision, or what is about one`)
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, id: string, { format }: { readonly format: Format }) =>
      run(() => withTrace(place, (trace) => why(trace, id, format, terminal))),
    );
};

async function why(trace: TraceStore, id: string, format: Format, { out }: Terminal): Promise<ExitCode> {
  const found = await whyOf(trace, await recordOf(trace, id));
  if (!found.ok) throw wronglyUsed(found.problem);
  // The policy is quoted where it spoke; whole it is the trace's, not the story's.
  const { policy: _, ...story } = found.why;
  await out.write(format === "json" ? jsonLine(story) : whyText(found.why, out));
  return ExitCode.Fine;
}
