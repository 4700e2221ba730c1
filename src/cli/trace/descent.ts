import { Option } from "commander";
import { type DescentNode, descentOf, type TraceStore } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { jsonLine } from "../format.js";
import type { Output, Terminal } from "../terminal.js";
import { descentMermaid } from "./descent-mermaid.js";
import { descentSvg } from "./descent-svg.js";
import { descentText } from "./descent-text.js";
import { withTrace } from "./place.js";

const examples = `
Example:
  $ reshimu trace descent trace.db refunds
  $ reshimu trace descent trace.db refunds --format svg > refunds.svg`;

const writers = {
  text: descentText,
  mermaid: descentMermaid,
  svg: descentSvg,
  json: jsonLine,
} as const satisfies Record<string, (root: DescentNode, out: Output) => string>;
type Format = keyof typeof writers;

/** `reshimu trace descent PLACE SESSION`: the tree of delegations that a session belongs to. */
export const descentCommand: AddCommand = (program, run, terminal) => {
  program
    .command("descent")
    .summary("draw the tree of delegations of a session")
    .description(
      "Draws the whole tree that a session belongs to: who delegated to whom, what was lost on the way, and what was decided in each.",
    )
    .argument("<place>", "a trace: a file or postgres://…")
    .argument("<session>", "any session of the tree")
    .addOption(
      new Option("--format <format>", "text for people, mermaid or svg: a drawing, json: one object")
        .choices(Object.keys(writers))
        .default("text"),
    )
    .addHelpText("after", examples)
    .action((place: string, session: string, { format }: { readonly format: Format }) =>
      run(() => withTrace(place, (trace) => descent(trace, session, format, terminal))),
    );
};

async function descent(
  trace: TraceStore,
  session: string,
  format: Format,
  { out }: Terminal,
): Promise<ExitCode> {
  const root = await descentOf(trace, session);
  if (root === undefined) throw wronglyUsed(`no session is called \`${session.slice(0, 100)}\``);
  await out.write(writers[format](root, out));
  return ExitCode.Fine;
}
