import type { Evaluation } from "../engine/engine.js";
import { handedDown, holdingOf } from "../engine/holdings.js";
import type { Decision } from "../ir/decision.js";
import { policyDigest } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, Knowledge } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceBody } from "../ir/trace.js";
import type { Tail } from "../trace/store.js";
import { begunBy } from "./begun.js";
import { delegationOf, type Made } from "./delegation.js";
import { scoreOf } from "./fidelity.js";
import { kept } from "./kept.js";
import type { Ledger, Weighed } from "./ledger.js";
import { SessionError } from "./opening.js";
import type { Secrets } from "./secrets.js";
import type { Receiver, Shown } from "./state.js";
import { storedForm } from "./stored.js";

/** What sources answered, and the one instant for which they were asked. */
interface Answered {
  readonly answers: readonly FactAnswer[];
  readonly now: number;
}

/** What the agent sent: data, or anything, and why it is none; of a delegation, who is to receive it. */
export interface Sent {
  readonly value: unknown;
  readonly problem?: string;
  readonly receiver?: Receiver | undefined;
  /** The record that the proposal comes of. */
  readonly follows?: string | undefined;
}

/** The same, with the secrets of its tree, and the texts of those in it; undefined where the policy takes none. */
type SentWhole = Sent & {
  readonly secrets: { readonly of: Secrets; readonly texts: ReadonlySet<string> } | undefined;
};

export interface Decided {
  readonly decision: Decision;
  /** The hash of its record. */
  readonly record: string;
}

/** A fact may rest on another fact's value, and so on: no deeper than so, and no more questions for one decision. */
const maxRounds = 20;
const maxQuestions = 1_000;

/**
 * `shown`: the decision that a principal's word is on; without it the agent proposes, and earlier words are of an earlier
 * decision. One instant counts from the first question to the record, or a fact that reads `now` would be asked for one
 * moment and judged at another; where something was recorded meanwhile, all moves on to the instant of that.
 */
export async function decide(ledger: Ledger, proposed: Sent, shown?: Shown): Promise<Decided> {
  const answers: FactAnswer[] = [];
  const of = await ledger.secrets();
  const sent = { ...proposed, secrets: of && { of, texts: of.texts(proposed.value) } };
  const weighed = await weigh(ledger, sent.value);
  let now = ledger.home.now();
  for (let round = 0; ; round += 1) {
    const last = round === maxRounds;
    // INVARIANT: from the last look at the trace to the record nothing comes between: no two proposals take the last of a limit.
    const done = await ledger.locked(async (tail) => {
      now = Math.max(now, tail.head?.at ?? now);
      const asks = last ? [] : asksOf(ledger, sent.value, { answers, now }, weighed);
      if (asks.length > 0) return { asks };
      return { decided: await record(ledger, tail, sent, { answers, now, ...weighed }, shown) };
    });
    if ("decided" in done) return done.decided;
    const said = (await ledger.home.sources?.ask(done.asks)) ?? [];
    const told = kept("answers", said as unknown as Json[]) as unknown as FactAnswer[];
    answers.push(...(sent.secrets === undefined ? told : sent.secrets.of.told(told, sent.secrets.texts)));
  }
}

/** On release all is judged afresh: what has become graver than was shown asks anew. */
async function record(
  ledger: Ledger,
  tail: Tail,
  sent: SentWhole,
  { answers, now, ...weighed }: Answered & Weighed,
  shown: Shown | undefined,
): Promise<Decided> {
  const { observer } = ledger.home;
  const engine = ledger.engine;
  const state = ledger.state;
  const proposal = sent.value;
  if (sent.follows !== undefined && !state.history.some((one) => one.record === sent.follows))
    throw new SessionError("no action was authorized that this could follow from");
  const knowledge = withDeadline(ledger, proposal, ledger.knowledge(answers, now, weighed));
  const first = engine.decide(proposal, knowledge);
  const { proposal: digest } = first.decision;
  const place = (name: string | null): number => engine.policy.classes.findIndex((one) => one.name === name);
  const graver =
    shown !== undefined && place(first.decision.assessments.reversibility.class) > place(shown.class);
  const stale =
    shown === undefined && state.confirmations.some((one) => one.answer && one.proposal === digest);
  const asksAnew = graver || stale;
  const judged = asksAnew ? withoutYes(knowledge, digest) : knowledge;
  const evaluation: Evaluation = asksAnew ? engine.decide(proposal, judged) : first;
  const { decision, values, classes, trust } = evaluation;
  observer?.decided?.(proposal, judged, decision);
  const authorized = decision.decision === "authorize" && values !== null;
  const stored = storedForm(sent, { decision, answers, values });
  const cause =
    shown === undefined
      ? (
          await ledger.append(
            tail,
            "proposed",
            now,
            sent.follows ?? null,
            proposedBody(sent, stored.proposal),
          )
        ).hash
      : shown.record;
  const { delegation, fidelity } = weighed;
  const decided = await ledger.append(tail, "decided", now, cause, {
    decision: stored.decision,
    answers: stored.answers.map(({ fact, args, answers: said }) => ({
      fact,
      args: [...args],
      answers: [...said],
    })),
    values: authorized ? stored.values : null,
    classes: [...classes],
    trust,
    ...(fidelity === undefined ? {} : { fidelity }),
    ...(shown === undefined ? {} : { shown: shown.record }),
    voids: asksAnew || authorized,
  });
  if (authorized && delegation?.made !== undefined)
    await handDown(ledger, tail, delegation.made, {
      receiver: sent.receiver,
      cause: decided.hash,
      now,
      fidelity,
    });
  const plainly = sent.secrets === undefined ? undefined : (proposal as Json);
  ledger.memory.keep(decision, { ...stored, decided: decided.hash }, plainly);
  return { decision, record: decided.hash };
}

/** A session is made: in the same step in which that is allowed. */
async function handDown(
  ledger: Ledger,
  tail: Tail,
  made: Made,
  by: { receiver: Receiver | undefined; cause: string; now: number; fidelity: number | undefined },
): Promise<void> {
  const { receiver = {}, cause, now, fidelity } = by;
  const session = await nameOf(ledger, tail, receiver);
  const handed = { ...made.said, tier: made.tier };
  const { holds, hop } = handedDown(ledger.engine.policy, ledger.member, handed, session);
  const { brief, narrowing } = made.said;
  await tail.append({
    kind: "delegated",
    at: now,
    root: ledger.root,
    session,
    policy: { name: made.policy.name, digest: digestOf(ledger, made.policy) },
    cause,
    body: {
      parent: ledger.id,
      brief,
      holds,
      hop: {
        ...hop,
        carried: [...hop.carried],
        withheld: [...hop.withheld],
        ...(fidelity === undefined ? {} : { fidelity }),
      },
      ...(narrowing === undefined ? {} : { narrowing }),
      ...(made.expires === undefined ? {} : { expires: made.expires }),
      ...(made.depth === undefined ? {} : { depth: made.depth }),
      actor: { id: receiver.actor ?? "agent", roles: receiver.roles ?? [] },
    },
  });
}

/** The digest of what a delegation makes: the session's own, where nothing narrows it. */
const digestOf = ({ engine }: Ledger, policy: PolicyIr): string =>
  policy === engine.policy ? engine.digest : policyDigest(policy);

/** The name that the host gave, or the next that is free. Throws a SessionError where that of the host is taken. */
async function nameOf(ledger: Ledger, tail: Tail, { session }: Receiver): Promise<string> {
  if (session === undefined)
    for (let place = ledger.state.childrenOf(ledger.id).length + 1; ; place += 1) {
      const free = `${ledger.id}/${place}`;
      if ((await begunBy(tail, free)) === undefined) return free;
    }
  if ((await begunBy(tail, session)) === undefined) return session;
  throw new SessionError(`a session called \`${session}\` is there already`);
}

/** What of a proposal is weighed before it is judged: it may ask a scorer, which no transaction waits for. */
async function weigh(ledger: Ledger, proposal: unknown): Promise<Weighed> {
  if (!ledger.state.members.has(ledger.id)) await ledger.read();
  const { policy } = ledger.engine;
  const { narrow } = ledger.home;
  const delegation = delegationOf(proposal, { policy, member: ledger.member, narrow });
  const made = delegation?.made?.policy;
  if (made !== undefined && made !== policy)
    await ledger.home.keep({ digest: digestOf(ledger, made), policy: made });
  const purpose = delegation === undefined ? "message" : "brief";
  const text = delegation === undefined ? messageOf(proposal) : delegation.brief;
  const asked = delegation !== undefined || policy.layers.some((layer) => layer.discernment?.fidelity);
  if (!asked || text === undefined) return { fidelity: undefined, delegation };
  const held = new Set(holdingOf(policy, ledger.member).bullets);
  const bullets = (policy.intent?.bullets ?? []).filter(({ name }) => held.has(name));
  const scored = { text, purpose, bullets: bullets.map((bullet) => bullet.text) } as const;
  return { fidelity: await scoreOf(ledger.home.scorer, scored), delegation };
}

/** What is still to be asked of sources: a fact may be asked with another fact's value. */
function asksOf(
  ledger: Ledger,
  proposal: unknown,
  { answers, now }: Answered,
  weighed: Weighed,
): readonly FactQuestion[] {
  const engine = ledger.engine;
  if (ledger.home.sources === undefined || engine.policy.facts.length === 0) return [];
  return engine
    .evaluate(proposal, ledger.knowledge(answers, now, weighed))
    .asks.slice(0, maxQuestions - answers.length);
}

/** Whether the last to be asked about this very proposal let the time pass. */
function withDeadline({ engine, state }: Ledger, proposal: unknown, knowledge: Knowledge): Knowledge {
  if (!state.clocks.anyLapsed(knowledge.now)) return knowledge;
  const { decision } = engine.evaluate(proposal, knowledge);
  return state.clocks.lapsed(decision.proposal, knowledge.now) ? { ...knowledge, lapsed: true } : knowledge;
}

const proposedBody = ({ problem, receiver }: Sent, proposal: Json): TraceBody<"proposed"> => ({
  ...(problem === undefined ? { proposal } : { problem }),
  ...(receiver === undefined ? {} : { receiver: kept("receiver", receiver as Json) as Receiver }),
});

function messageOf(proposal: unknown): string | undefined {
  const message = (proposal as { readonly message?: unknown } | null)?.message;
  return typeof message === "string" ? message : undefined;
}

function withoutYes(knowledge: Knowledge, digest: string): Knowledge {
  const confirmations = knowledge.confirmations.filter((one) => one.proposal !== digest || !one.answer);
  return { ...knowledge, confirmations };
}
