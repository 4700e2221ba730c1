import { formatTime, type Json, type TraceRecord, visible } from "../../index.js";
import { callText, shortened, shortJson } from "../decision/call.js";
import { verdict } from "../decision/text.js";
import { hang } from "../layout.js";
import type { Output } from "../terminal.js";

/** So much of one text is shown in a line. */
const longestText = 160;

/** A record as a line: its place, its time, its session, its kind, and what it says in short. */
export function recordLine(record: TraceRecord, out: Output): string {
  const { seq, at, session, kind } = record;
  const said = summaryOf(record, out);
  const line = `${out.paint.bold(`#${seq}`)} ${out.paint.dim(timeText(at))} ${shortened(visible(session), 40)} ${out.paint.cyan(kind)}${said === "" ? "" : ` ${said}`}`;
  return `${hang(line, out.width, "    ", "")}\n`;
}

export const timeText = (at: number): string => formatTime(at)?.replace(/\.000Z$/, "Z") ?? `${at}`;

/** A text of somebody's, in quotes and never long. */
export const quoted = (text: string, longest = longestText): string => shortJson(text, longest);

/** What a record says, in a few words. */
export function summaryOf(record: TraceRecord, out: Pick<Output, "paint">): string {
  switch (record.kind) {
    case "opened": {
      const { tier, actor, instruction } = record.body;
      const told = instruction === undefined ? "" : `: ${quoted(instruction)}`;
      return `by ${visible(actor.id)}${tier === null ? "" : ` at ${visible(tier)}`}${told}`;
    }
    case "delegated": {
      const { parent, hop, brief } = record.body;
      return `by ${visible(parent)}${hop.to === null ? "" : ` to ${visible(hop.to)}`}: ${quoted(brief)}`;
    }
    case "proposed": {
      const { proposal, problem } = record.body;
      return proposal === undefined ? visible(problem ?? "") : callText(proposal);
    }
    case "decided": {
      const { decision, action } = record.body.decision;
      return `${verdict(out, decision)}${action === null ? "" : ` ${callText(action)}`}`;
    }
    case "confirmed":
      return `${record.body.answer ? "yes" : "no"} by ${visible(record.body.by)}`;
    case "ruled": {
      const { by, question, answer } = record.body;
      return `${visible(question)}: ${shortJson(answer, longestText)} by ${visible(by)}`;
    }
    case "said":
      return `${visible(record.body.by)}: ${quoted(record.body.text)}`;
    case "observed": {
      const { tool, error, output } = record.body;
      return `${visible(tool)} ${error ? "failed with" : "returned"} ${shortJson(output as Json, longestText)}`;
    }
    case "outcome": {
      const { result, note } = record.body;
      return `${result}${note === undefined ? "" : `: ${quoted(note)}`}`;
    }
    case "closed":
      return record.body.reason === undefined ? "" : quoted(record.body.reason);
  }
}
