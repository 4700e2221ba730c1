import {
  type Decision,
  type DecisionWord,
  decisionWords,
  type Explanation,
  type PolicyIr,
  visible,
} from "../index.js";
import { decisionText, verdict } from "./decision/text.js";
import { shortened } from "./decision/call.js";
import { type Format, jsonLine } from "./format.js";
import { hang } from "./layout.js";
import { defaultSession, type Outcome } from "./sessions.js";
import type { Output, Terminal } from "./terminal.js";

/** Writes what `eval` decides, and counts it. */
export interface Report {
  outcome(line: number, session: string | undefined, outcome: Outcome): Promise<void>;
  /** A line that is no record: told on stderr, and in JSON also in its place. */
  problem(line: number, problem: string): Promise<void>;
  /** Says in text how many were decided, and how. */
  end(): Promise<void>;
  readonly problems: number;
  /** The least clearance so far. */
  readonly least: DecisionWord;
}

/** What a report is made of; `name` is what the lines come from. */
export interface ReportOptions {
  readonly policy: PolicyIr;
  readonly format: Format;
  readonly terminal: Terminal;
  readonly name: string;
  /** With `--explain`: the explanation of a decision. */
  readonly explain?: ((decision: Decision) => Explanation) | undefined;
  /** Whether JSON tells, with each decision, the words that answer it and are to be signed. */
  readonly withWords?: boolean;
}

const longestNote = 200;

export function createReport(options: ReportOptions): Report {
  const { policy, format, terminal, name, explain, withWords = false } = options;
  const { out, err } = terminal;
  const counts = new Map<DecisionWord, number>();
  let problems = 0;

  const text = async (
    line: number,
    session: string | undefined,
    outcome: Exclude<Outcome, { kind: "refused" }>,
  ): Promise<void> => {
    const named = session === undefined || session === defaultSession ? undefined : session;
    const place = `line ${line}${named === undefined ? "" : `, session ${visible(named)}`}`;
    if (outcome.kind === "noted")
      return out.write(
        `${hang(out.paint.dim(`· ${shortened(visible(outcome.note), longestNote)}  ${place}`), out.width, "  ", "")}\n\n`,
      );
    const page = { policy, paint: out.paint, width: out.width, session: named, words: outcome.words };
    const { proposal, decision } = outcome;
    return out.write(`${decisionText(page, proposal, decision, place, explain?.(outcome.given))}\n`);
  };

  const report: Report = {
    async outcome(line, session, outcome) {
      if (outcome.kind === "refused") return report.problem(line, outcome.problem);
      if (outcome.kind === "decided") {
        const word = outcome.decision.decision;
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      if (format === "text") return text(line, session, outcome);
      if (outcome.kind !== "decided") return;
      const { decision } = outcome;
      await out.write(
        jsonLine({
          ...decision,
          ...(explain === undefined ? {} : { explanation: explain(outcome.given) }),
          ...(withWords ? { words: [...outcome.words.values()] } : {}),
        }),
      );
    },
    async problem(line, problem) {
      problems += 1;
      await err.write(`${err.paint.red("error:")} ${visible(name)}:${line}: ${visible(problem)}\n`);
      if (format === "json") await out.write(jsonLine({ line, error: { message: problem } }));
    },
    async end() {
      if (format === "text") await out.write(`${hang(summary(counts, problems, out), out.width, "")}\n`);
    },
    get problems() {
      return problems;
    },
    get least() {
      return decisionWords.find((word) => counts.has(word)) ?? "authorize";
    },
  };
  return report;
}

/** `12 decided: 5 authorize, 3 confirm, 2 clarify, 2 return; 1 not taken`. */
function summary(counts: ReadonlyMap<DecisionWord, number>, problems: number, out: Output): string {
  const decided = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const words = [...decisionWords].reverse().filter((word) => counts.has(word));
  const told = words.map((word) => `${counts.get(word)} ${verdict(out, word)}`).join(", ");
  return `${decided} decided${told === "" ? "" : `: ${told}`}${problems === 0 ? "" : `; ${problems} not taken`}`;
}
