import { visible } from "../diagnostics/visible.js";
import type { Decision, Leaf, Question, Report, ReportRule } from "../ir/decision.js";
import type { PolicyIr } from "../ir/policy.js";
import { type Block, heading, item, paragraph, type ReportFormat, written } from "./block.js";
import { listed, principalName, quoted } from "./words.js";

export interface ReportOptions {
  /** An agent is not told what sources answered (semantics.md, *The decision*). Absent: a principal. */
  readonly audience?: "principal" | "agent";
  /** Absent: text. */
  readonly format?: ReportFormat;
  /** Columns at which text is wrapped; absent: 100. */
  readonly width?: number;
}

/**
 * The Beiur report of a decision for a person to read (semantics.md, *The Beiur report*): what is proposed, and the three questions with
 * what is known of each. What an agent wrote is quoted, cut at 500 characters, and rid of what a terminal would obey. Empty where the
 * decision carries no report.
 */
export function reportText(decision: Decision, policy: PolicyIr, options: ReportOptions = {}): string {
  const { audience = "principal", format = "text", width = 100 } = options;
  const { report } = decision;
  if (report === null) return "";
  const telling = { policy, toPrincipal: audience === "principal" };
  return `${written(
    [
      ...actionBlocks(decision),
      heading("1. Did the source intent authorize this?"),
      ...sourceBlocks(report.source, telling),
      heading("2. Did the transmission preserve enough to tell?"),
      ...descentBlocks(report.descent),
      heading("3. What specification is needed?"),
      ...questionBlocks(decision, report.questions, telling),
    ],
    format,
    width,
  )}\n`;
}

interface Telling {
  readonly policy: PolicyIr;
  readonly toPrincipal: boolean;
}

function actionBlocks({ action, assessments, policy }: Decision): Block[] {
  if (action === null) return [];
  const { confidence } = assessments.grounding;
  return [
    paragraph(`Proposed under ${visible(policy.name)}, with a calibrated confidence of ${confidence}:`),
    item(0, "", `${visible(action.tool)}(${argumentsText(action.args)})`),
  ];
}

const argumentsText = (args: { readonly [name: string]: unknown }): string =>
  Object.entries(args)
    .map(([name, value]) => `${visible(name)}: ${quoted(value)}`)
    .join(", ");

// ------------------------------------------------------------------ 1

function sourceBlocks(source: Report["source"], telling: Telling): Block[] {
  return [
    ...source.bullets.map(({ name, text, servedBy }) =>
      item(
        0,
        `${visible(name)}: “${visible(text)}” (${servedBy.length === 0 ? "no rule for this tool serves it" : "served"})`,
      ),
    ),
    ...rulesBlocks("For it", source.for, telling),
    ...rulesBlocks("Against it", source.against, telling),
  ];
}

function rulesBlocks(title: string, rules: readonly ReportRule[], telling: Telling): Block[] {
  if (rules.length === 0) return [item(0, `${title}: nothing`)];
  return [item(0, `${title}:`), ...rules.flatMap((rule) => ruleBlocks(rule, telling))];
}

const truths = { true: "holds", false: "does not hold", unknown: "is open" } as const;

function ruleBlocks(
  { at, text, effect, id, value, because, residual }: ReportRule,
  { toPrincipal }: Telling,
): Block[] {
  const place = at === undefined ? "" : `${visible(at)} `;
  return [
    item(1, `${place}${truths[value]}:`, visible(text ?? `${effect} ${id}`)),
    ...(because === undefined || text?.includes(" because ") ? [] : [item(2, `because ${visible(because)}`)]),
    // What is left of a condition holds values that sources answered.
    ...(residual === undefined || !toPrincipal ? [] : [item(2, "it holds if", visible(residual))]),
  ];
}

// ------------------------------------------------------------------ 2

function descentBlocks({ hops, lost }: Report["descent"]): Block[] {
  if (hops.length === 0) return [paragraph("Nothing was handed down: whoever acts holds all of the intent.")];
  return [
    ...hops.flatMap(({ from, to, carried, withheld, retention, fidelity }) => [
      item(
        0,
        `${visible(from ?? "root")} -> ${visible(to ?? "session")}: ${percent(retention)} of what is needed was kept${fidelity === undefined ? "" : `; the brief says ${percent(fidelity)} of the intent`}`,
      ),
      item(1, `carried: ${names(carried)}`),
      ...(withheld.length === 0 ? [] : [item(1, `withheld: ${names(withheld.map(({ thing }) => thing))}`)]),
    ]),
    ...(lost.length === 0
      ? [item(0, "Nothing that the rules for this tool need was lost.")]
      : lost.map(({ thing, by, at }) =>
          item(
            0,
            `${visible(thing)} is needed here, and was ${at === undefined ? "never handed down" : `lost at ${visible(at)}, by the ${by}`}`,
          ),
        )),
  ];
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** So many names are told of one hop. */
const mostNames = 12;

function names(all: readonly string[]): string {
  const told = all.slice(0, mostNames).map(visible);
  const more = all.length - told.length;
  return listed(more > 0 ? [...told, `${more} more`] : told) || "nothing";
}

// ------------------------------------------------------------------ 3

function questionBlocks(decision: Decision, tree: Question | null, telling: Telling): Block[] {
  const unknowns = [
    decision.assessments.scope,
    decision.assessments.grounding,
    decision.assessments.reversibility,
  ]
    .flatMap((one) => one.unknowns)
    .filter((unknown, i, all) => all.findIndex(({ key }) => key === unknown.key) === i);
  const open = decision.remedies.flatMap(({ questions = [], from = [] }) =>
    questions.filter((key) => key.startsWith("given:")).map((key) => ({ key, from })),
  );
  const once = open.filter(
    ({ key }, i) => open.findIndex((one) => one.key === key) === i && !asks(tree, key),
  );
  return [
    ...(telling.toPrincipal && unknowns.length > 0
      ? [item(0, "Not known:"), ...unknowns.slice(0, mostNames).map(({ reason }) => item(1, visible(reason)))]
      : []),
    ...(tree === null ? [] : treeBlocks(tree, 0, telling)),
    ...once.map(({ key, from }) =>
      item(0, `${asked(from, telling)}: ${givenQuestion(key, telling.policy)} (a value)`),
    ),
    ...(tree === null && once.length === 0
      ? [
          paragraph(
            "No answers were found that would decide it: its sources have to answer, or it is proposed otherwise.",
          ),
        ]
      : []),
  ];
}

const asks = (tree: Question | Leaf | null, key: string): boolean =>
  tree !== null && "key" in tree && (tree.key === key || tree.choices.some(({ then }) => asks(then, key)));

const asked = (principals: readonly string[], { policy }: Telling): string =>
  principals.length === 0
    ? "Somebody is asked"
    : `${listed(principals.map((name) => principalName(policy, name)))} is asked`;

function givenQuestion(key: string, { intent }: PolicyIr): string {
  const name = key.slice("given:".length);
  const question = intent?.givens.find((given) => given.name === name)?.asks?.question;
  return visible(question ?? `What is given.${name}?`);
}

function treeBlocks(question: Question, depth: number, telling: Telling): Block[] {
  const { ask, text, condition, choices, kind } = question;
  return [
    item(depth, `${asked(ask, telling)}: ${visible(text)}`),
    ...(condition === undefined || !telling.toPrincipal
      ? []
      : [item(depth + 1, "that is:", visible(condition))]),
    ...choices.flatMap(({ answer, then }) => {
      const word = typeof answer === "boolean" && kind !== "given" ? (answer ? "yes" : "no") : quoted(answer);
      if ("key" in then) return [item(depth + 1, `${word}:`), ...treeBlocks(then, depth + 2, telling)];
      const by = then.confirmBy?.length ? `, to be confirmed by ${listed(then.confirmBy.map(visible))}` : "";
      return [item(depth + 1, `${word} → ${then.decision}${by}`)];
    }),
  ];
}
