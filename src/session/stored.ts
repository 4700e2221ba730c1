import type { Evaluation } from "../engine/engine.js";
import type { Decision } from "../ir/decision.js";
import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer } from "../ir/knowledge.js";
import { kept } from "./kept.js";
import { SessionError } from "./opening.js";
import type { Secrets } from "./secrets.js";
import type { Shown } from "./state.js";

/** What was sent, with the secrets of its tree and the texts of those in it, where its policy takes any. */
interface Sent {
  readonly value: unknown;
  readonly problem?: string;
  readonly secrets?: { readonly of: Secrets; readonly texts: ReadonlySet<string> } | undefined;
}

interface Made {
  readonly decision: Decision;
  readonly answers: readonly FactAnswer[];
  readonly values: Evaluation["values"];
}

/** What is recorded of a decision, and of what it is on: no secrets. */
export interface Stored {
  /** Null where what was sent is no data. */
  readonly proposal: Json;
  readonly decision: Decision;
  readonly answers: FactAnswer[];
  readonly values: { [name: string]: Json } | null;
}

export function storedForm({ value, problem, secrets }: Sent, { decision, answers, values }: Made): Stored {
  const sent = problem === undefined ? kept("proposal", value as Json) : null;
  if (secrets === undefined)
    return { proposal: sent, decision, answers: [...answers], values: values && { ...values } };
  const { of, texts } = secrets;
  const { action } = decision;
  return {
    proposal: sent === null ? null : of.proposal(sent),
    decision: of.decision(decision, texts),
    answers: of.answers(answers, texts),
    values: values === null || action === null ? null : of.values(action.tool, values),
  };
}

/**
 * A proposal that was shown, as it was made: `known` is what this process, or its caller, has of it. Throws a SessionError where
 * it is another one, or where no one has the secrets of it.
 */
export function again({ proposal }: Shown, known: Json | undefined, secrets: Secrets | undefined): Json {
  if (typeof known === "object" && known !== null) {
    const stored = secrets === undefined ? known : secrets.proposal(known);
    if (canonicalJson(stored) !== canonicalJson(proposal))
      throw new SessionError("this is not the proposal that was shown: give all of it, as it was made");
    return known;
  }
  if (secrets?.lacks(proposal))
    throw new SessionError(
      "what was proposed holds sensitive values, which are not kept: give the `proposal` again, all of it, with the word",
    );
  return proposal;
}
