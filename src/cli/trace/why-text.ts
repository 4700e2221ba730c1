import { type Hop, type Json, type Read, type TraceRecord, visible, type Why } from "../../index.js";
import { callText, isRecord, shortJson } from "../decision/call.js";
import { citation, headings, noPolicy, type Page, paragraph } from "../decision/page.js";
import { verdict } from "../decision/text.js";
import type { Output } from "../terminal.js";
import { hopText } from "./hop-text.js";
import { quoted, summaryOf, timeText } from "./line.js";

/** The story of a decision for a person, from the root intent down. */
export function whyText(why: Why, out: Output): string {
  const { decided, policy } = why;
  const page: Page = { policy: policy ?? noPolicy, paint: out.paint, width: out.width, session: undefined };
  const { decision, action } = decided.body.decision;
  const call = callText(proposalOf(why) ?? action);
  const parts = [
    [paragraph(page, 0, `${verdict(page, decision)} ${call} ${out.paint.dim(`#${decided.seq}`)}`)],
    commission(page, why),
    part(
      page,
      "delegated",
      why.hops.flatMap((hop) => delegation(page, hop)),
    ),
    part(
      page,
      readHead(why),
      why.read.map((one) => readText(page, one)),
    ),
    part(
      page,
      "said before",
      why.said.map(({ seq, body }) => item(page, seq, `${visible(body.by)}: ${quoted(body.text)}`)),
    ),
    part(page, "proposed", proposed(page, why)),
    part(page, "found", findings(page, why)),
    part(
      page,
      "said to it",
      why.words.map((one) => item(page, one.seq, `${one.kind} ${summaryOf(one, page)}`)),
    ),
    part(page, "became of it", became(page, why)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function part(page: Page, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [page.paint.bold(title), ...lines];
}

const item = (page: Page, seq: number, text: string): string =>
  paragraph(page, 1, text, `${`#${seq}`.padEnd(4)} `);

function commission(page: Page, { opened, decided }: Why): string[] {
  if (opened === undefined)
    return part(page, "commissioned", [paragraph(page, 1, "its beginning was removed for its age")]);
  const { bullets, givens, instruction, tier, actor } = opened.body;
  const { name, digest } = decided.policy;
  const by = `by ${visible(actor.id)}${tier === null ? "" : ` at ${visible(tier)}`}`;
  return part(page, "commissioned", [
    item(page, opened.seq, `session ${visible(opened.session)}, ${timeText(opened.at)}, ${by}`),
    paragraph(page, 1, `policy ${visible(name)} ${digest}`),
    ...bullets.map((one) => paragraph(page, 1, quoted(one.text, 500), `${visible(one.name)} `)),
    ...Object.entries(givens).map(([key, value]) =>
      paragraph(page, 1, shortJson(value, 200), `given.${visible(key)} = `),
    ),
    ...(instruction === undefined ? [] : [paragraph(page, 1, quoted(instruction, 500), "instruction ")]),
  ]);
}

function delegation(page: Page, record: TraceRecord<"delegated">): string[] {
  const { parent, hop } = record.body;
  const way =
    hop.to === null ? `by ${visible(parent)}` : `${visible(hop.from ?? parent)} → ${visible(hop.to)}`;
  return [
    item(page, record.seq, `${way}, session ${visible(record.session)}: ${quoted(record.body.brief, 500)}`),
    ...hopText(hop as Hop).map((line) => paragraph(page, 3, line)),
    ...(record.body.narrowing === undefined
      ? []
      : [paragraph(page, 3, quoted(record.body.narrowing, 500), "narrowed by ")]),
  ];
}

function readHead({ read, readings }: Why): string {
  return readings > read.length ? `read before, the last ${read.length} of ${readings}` : "read before";
}

function readText(page: Page, { seq, tool, sources, trust, error }: Read): string {
  const what = error
    ? "failed, and says nothing"
    : sources.length === 0
      ? "of no source, trust 0"
      : `of ${sources.map(visible).join(", ")}${trust === null ? "" : `, trust ${trust}`}`;
  return item(page, seq, `${visible(tool)}, ${what}`);
}

function proposalOf({ proposed: record }: Why): Json | undefined {
  return record?.body.proposal as Json | undefined;
}

function proposed(page: Page, why: Why): string[] {
  const { proposed: record, before } = why;
  if (record === undefined) return [];
  const { proposal, problem } = record.body;
  const { confidence, claims, message } = isRecord(proposal as Json)
    ? (proposal as { [key: string]: Json })
    : {};
  return [
    item(page, record.seq, proposal === undefined ? visible(problem ?? "") : callText(proposal as Json)),
    ...(typeof confidence === "number" ? [paragraph(page, 3, `confidence ${confidence}`)] : []),
    ...(isRecord(claims)
      ? Object.entries(claims).map(([name, claim]) =>
          paragraph(page, 3, shortJson(claim, 100), `claim.${visible(name)} `),
        )
      : []),
    ...(typeof message === "string" ? [paragraph(page, 3, quoted(message, 500), "message ")] : []),
    ...(before === undefined
      ? []
      : [item(page, before.seq, `decided first: ${verdict(page, before.body.decision.decision)}`)]),
  ];
}

function findings(page: Page, { findings: all }: Why): string[] {
  return all.flatMap(({ validator, finding, stops, rules, reasons }) => [
    paragraph(
      page,
      1,
      `${page.paint.bold(headings[validator])}: ${stops ? page.paint.red(finding) : finding}`,
    ),
    ...rules.flatMap((rule) => citation(page, 2, rule)),
    ...reasons.map((reason) => paragraph(page, 2, visible(reason))),
  ]);
}

function became(page: Page, { became: records }: Why): string[] {
  return records.map((record: TraceRecord) =>
    item(page, record.seq, `${record.kind} ${summaryOf(record, page)}`),
  );
}
