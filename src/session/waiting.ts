import type { Decision, Question } from "../ir/decision.js";
import { compareText } from "../ir/order.js";
import type { PolicyIr } from "../ir/policy.js";
import { confirmationKey, type Turn, turnAt, visit, waitsFor } from "./deadlines.js";
import type { SessionState, Shown } from "./state.js";

/** Something that is asked of principals, once, however many proposals wait for it (semantics.md, *The Beiur report*). */
export interface Waiting {
  /** What a ruling names: `given:NAME` or a statement's id; of a confirmation `confirm:PRINCIPAL`. */
  readonly question: string;
  readonly kind: Question["kind"] | "confirmation";
  readonly text: string;
  /** What is left of a statement's condition, in the language. */
  readonly condition?: string;
  /** Since when it has been asked (milliseconds); undefined: nobody can be asked. */
  readonly since: number | undefined;
  /** Whose turn it is, since when and until when (milliseconds); undefined: nobody can be asked. */
  readonly turn: Turn | undefined;
  /** When the last to be asked has let the time pass; undefined: never. */
  readonly lapses: number | undefined;
  readonly proposals: readonly WaitingProposal[];
}

export interface WaitingProposal {
  readonly session: string;
  /** The hash of the decision's record: what a word on it names. */
  readonly record: string;
  readonly decision: Decision;
}

/** All that waits for a principal in a tree of sessions, the earliest deadline first; what has lapsed waits no more. */
export function waitingIn(state: SessionState, policy: PolicyIr, now: number): Waiting[] {
  const found = new Map<string, Waiting>();
  for (const shown of state.waiting.values()) {
    if (state.closed(shown.session) || state.clocks.lapsed(shown.digest, now)) continue;
    for (const [question, asked] of waitsFor(shown.whole)) {
      const key = `${question} ${asked ?? ""}`;
      const turns = state.clocks.turns(shown.digest, question);
      // What is answered waits for the agent, to propose it again.
      if (turns === undefined) continue;
      const one = asking(shown, question, turns, policy, now);
      const before = found.get(key);
      found.set(key, before === undefined ? one : together(before, one));
    }
  }
  const end = ({ turn }: Waiting): number => turn?.until ?? Number.POSITIVE_INFINITY;
  return [...found.values()].sort((a, b) => {
    const [one, other] = [end(a), end(b)];
    return one === other ? compareText(a.question, b.question) : one < other ? -1 : 1;
  });
}

function asking(
  shown: Shown,
  question: string,
  turns: readonly Turn[],
  policy: PolicyIr,
  now: number,
): Waiting {
  const { whole, session, record } = shown;
  return {
    question,
    ...told(whole, question, policy),
    since: turns[0]?.since,
    turn: turnAt(turns, now),
    lapses: turns.at(-1)?.until,
    proposals: [{ session, record, decision: whole }],
  };
}

/** Whoever waited first sets the time. */
function together(a: Waiting, b: Waiting): Waiting {
  const [first, second] = (b.since ?? 0) < (a.since ?? 0) ? [b, a] : [a, b];
  return { ...first, proposals: [...first.proposals, ...second.proposals] };
}

function told(
  decision: Decision,
  key: string,
  { intent }: PolicyIr,
): Pick<Waiting, "kind" | "text" | "condition"> {
  const [by] = decision.assessments.reversibility.awaiting.filter((one) => confirmationKey(one) === key);
  if (by !== undefined) {
    const name = decision.assessments.reversibility.class;
    return { kind: "confirmation", text: `Is this to be carried out? It counts as \`${name}\`.` };
  }
  let found: Question | undefined;
  visit(decision.report?.questions ?? null, (question) => {
    if (question.key === key) found = question;
  });
  if (found !== undefined) {
    const { kind, text, condition } = found;
    return { kind, text, ...(condition === undefined ? {} : { condition }) };
  }
  if (key.startsWith("given:")) {
    const name = key.slice("given:".length);
    const asks = intent?.givens.find((given) => given.name === name)?.asks;
    return { kind: "given", text: asks?.question ?? `What is \`given.${name}\`?` };
  }
  const remedy = decision.remedies.find(({ questions }) => questions?.includes(key));
  return { kind: "condition", text: `Does this hold here? ${remedy?.text ?? key}` };
}
