import type { Json } from "../../../src/ir/json.js";
import type { Knowledge, Observation, PastAction } from "../../../src/ir/knowledge.js";
import type { TraceBody, TraceKind } from "../../../src/ir/trace.js";
import { leavesOf } from "../../../src/sources/observed.js";

/** A record as the model has it: links are places, counted from 1, and there is no chain. */
export type Step = {
  [K in TraceKind]: {
    readonly kind: K;
    readonly session: string;
    readonly at: number;
    readonly cause: number | null;
    readonly body: K extends "decided"
      ? Omit<TraceBody<"decided">, "shown"> & { readonly shown?: number }
      : TraceBody<K>;
  };
}[TraceKind];
export type StepOf<K extends TraceKind> = Extract<Step, { readonly kind: K }>;

/** A step with its place. */
export type Placed<K extends TraceKind> = StepOf<K> & { readonly place: number };

export const ofKind = <K extends TraceKind>(steps: readonly Step[], kind: K): Placed<K>[] =>
  steps.flatMap((step, index) => (step.kind === kind ? [{ ...step, place: index + 1 } as Placed<K>] : []));

/** An action that was authorized, or that was made without; by the step that says so. */
export type Made = PastAction & { readonly place: number };

/** All actions of all sessions; one is observed as soon as an observation names it. */
export function actionsIn(steps: readonly Step[]): Made[] {
  const seen = new Set(ofKind(steps, "observed").map(({ cause }) => cause));
  const authorized = ofKind(steps, "decided").flatMap(({ session, at, body, place }): Made[] => {
    const { action } = body.decision;
    if (action === null || body.values === null) return [];
    const { values: args, classes, trust } = body;
    return [{ session, at, tool: action.tool, args, classes, trust, observed: seen.has(place), place }];
  });
  const others = ofKind(steps, "observed").flatMap(({ session, at, body, place }): Made[] => {
    if (body.call === undefined) return [];
    const { values: args, classes, trust } = body.call;
    return [{ session, at, tool: body.tool, args, classes, trust, observed: true, place }];
  });
  return [...authorized, ...others].sort((a, b) => a.place - b.place);
}

/** A word counts until its time, or until a decision says that a yes counts no more; a no stays. */
export function wordsIn(steps: readonly Step[], session: string): Placed<"confirmed">[] {
  const voiding = ofKind(steps, "decided").filter((one) => one.session === session && one.body.voids);
  return ofKind(steps, "confirmed").filter(
    ({ session: its, place, body }) =>
      its === session &&
      (!body.answer ||
        !voiding.some((one) => one.place > place && one.body.decision.proposal === body.proposal)),
  );
}

/** What a session knows at an instant, looked up anew in all that was recorded (docs/trace.md, semantics.md). */
export function knowledgeFrom(
  steps: readonly Step[],
  session: string,
  now: number,
  digest: string,
): Omit<Knowledge, "answers"> {
  const own = steps.filter((step) => step.session === session);
  const opened = ofKind(own, "opened")[0];
  if (opened === undefined) throw new Error(`no session is called ${session}`);
  const { instruction, tier, actor, givens } = opened.body;
  const ruled = ofKind(own, "ruled").map(({ body }) => body);
  const said = ofKind(own, "said").map(({ body: { by, text } }) => ({ by, text }));
  const answeredGivens = ruled
    .filter(({ question }) => question.startsWith("given:"))
    .map(({ question, answer }): [string, Json] => [question.slice("given:".length), answer]);
  return {
    now,
    session: { id: session, ...(instruction === undefined ? {} : { instruction }) },
    ...(tier === null ? {} : { tier }),
    actor,
    givens: { ...givens, ...Object.fromEntries(answeredGivens) },
    history: actionsIn(steps).map(({ place: _, ...action }) => action),
    observations: ofKind(own, "observed").map(
      ({ body: { tool, sources, after, error, output } }): Observation => ({
        tool,
        sources,
        after,
        leaves: error ? [] : leavesOf(output),
      }),
    ),
    said,
    rulings: ruled.flatMap(({ question, answer, by, proposal }) =>
      typeof answer === "boolean" && proposal !== undefined ? [{ question, answer, by, proposal }] : [],
    ),
    confirmations: wordsIn(steps, session)
      .filter(({ body }) => !body.answer || body.until > now)
      .map(({ body: { by, answer, proposal } }) => ({ by, answer, proposal, policy: digest })),
  };
}
