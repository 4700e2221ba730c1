import {
  type Decision,
  formatDuration,
  formatTime,
  type Json,
  type PolicyIr,
  reportText,
  visible,
  type Waiting,
} from "../../index.js";
import { callText } from "../decision/call.js";
import { type Page, paragraph, principalText } from "../decision/page.js";
import { stopsText } from "../decision/stops.js";
import { verdict } from "../decision/text.js";
import type { Output } from "../terminal.js";
import { shortId } from "./place.js";

const pageOf = (policy: PolicyIr, { paint, width }: Output): Page => ({
  policy,
  paint,
  width,
  session: undefined,
});

/** Everything that waits for a principal under one policy. */
export function waitingText(policy: PolicyIr, all: readonly Waiting[], now: number, out: Output): string {
  const page = pageOf(policy, out);
  return all.map((one) => `${oneText(page, one, now)}\n`).join("\n");
}

function oneText(
  page: Page,
  { question, text, condition, turn, lapses, proposals }: Waiting,
  now: number,
): string {
  const { paint } = page;
  const who =
    turn === undefined
      ? "nobody can be asked"
      : `${paint.bold(principalText(page, turn.principal))} is asked`;
  const until = turn === undefined ? "" : `, until ${time(turn.until)} (${left(turn.until - now)})`;
  const end =
    lapses === undefined || lapses === turn?.until ? "" : `; returned if nobody answers by ${time(lapses)}`;
  return [
    paragraph(page, 0, `${who}: ${visible(text)}`),
    paragraph(page, 1, paint.dim(`${visible(question)}${until}${end}`)),
    ...(condition === undefined ? [] : [paragraph(page, 1, `that is: ${visible(condition)}`)]),
    ...proposals.map(({ record, session, decision }) =>
      paragraph(
        page,
        1,
        `${paint.cyan(shortId(record))} ${callText(decision.action as Json)} ${paint.dim(`in ${visible(session)}`)}`,
      ),
    ),
  ].join("\n");
}

const time = (at: number): string => (formatTime(at) ?? String(at)).replace(/\.\d{3}Z$/, "Z");

const minute = 60_000;

/** To the minute; a time that is shorter is told as one. */
function left(length: number): string {
  const all = Math.max(1, Math.floor(length / minute));
  const minutes = all % 60;
  const parts = [all - minutes, minutes].filter((one) => one > 0).map((one) => formatDuration(one * minute));
  return `${parts.join(" ")} left`;
}

/** A decision after a principal's word: the verdict, what stops it, and its report. */
export function afreshText(policy: PolicyIr, decision: Decision, out: Output): string {
  const page = pageOf(policy, out);
  const head = `${verdict(page, decision.decision)} ${callText(decision.action as Json)}`;
  if (decision.report !== null) return `${head}\n\n${reportText(decision, policy, { width: out.width })}`;
  return `${[head, ...(decision.decision === "authorize" ? [] : stopsText(page, decision))].join("\n")}\n`;
}
