import type { Json } from "../ir/json.js";
import type { PolicyIr } from "../ir/policy.js";
import { normalise } from "../ir/value.js";
import { RecordError } from "../trace/chain.js";

/** What a session is opened with; all of it is the store's, none the agent's. */
export interface SessionOptions {
  readonly id?: string;
  /** Values of givens, as JSON. */
  readonly givens?: { readonly [name: string]: Json };
  /** What the principal said when the session was opened; a part of the source `intent`. */
  readonly instruction?: string;
  /** The acting tier; absent: the lowest. */
  readonly tier?: string;
  readonly actor?: string;
  readonly roles?: readonly string[];
  /** One more layer for this session: Reshimu text (language.md, *Composition*). */
  readonly narrowing?: string;
}

/** Something a caller asked for that cannot be done; the message is a sentence for a person. */
export class SessionError extends Error {
  override readonly name = "SessionError";
}

/** What cannot be recorded cannot be done, and who asked for it is told. */
export function asSessionError(error: unknown): never {
  throw error instanceof RecordError ? new SessionError(error.message) : error;
}

/** Throws a SessionError where the policy has no intent, or a given, a tier or a name does not fit. */
export function checkOpening(policy: PolicyIr, options: SessionOptions): void {
  if (policy.intent === null)
    throw new SessionError(
      `\`${policy.name}\` has no intent: it can be extended and checked, but no session opens on it`,
    );
  const givens = options.givens ?? {};
  for (const name of Object.keys(givens))
    if (!policy.intent.givens.some((given) => given.name === name))
      throw new SessionError(`no given is called \`${name}\``);
  for (const given of policy.intent.givens) {
    if (Object.hasOwn(givens, given.name)) {
      const value = normalise(given.type, givens[given.name], policy.zone);
      if (!value.ok) throw new SessionError(`\`given.${given.name}\` ${value.problem}`);
    } else if (given.value === undefined && given.asks === undefined)
      throw new SessionError(
        `\`given.${given.name}\` has no value: supply one, as nobody is named to be asked`,
      );
  }
  for (const name of ["id", "actor"] as const) checkName(name, options[name]);
  if (options.tier !== undefined && !policy.tiers.some((tier) => tier.name === options.tier))
    throw new SessionError(`no tier is called \`${options.tier}\``);
}

/** Names that a store keeps and that people read; throws a SessionError where it is none. */
export function checkName(what: string, name: string | undefined): void {
  if (name === undefined) return;
  if (!name.isWellFormed()) throw new SessionError(`the ${what} holds half of a surrogate pair`);
  if (name === "" || name.length > 1_000)
    throw new SessionError(`the ${what} has ${name.length} characters: give it from 1 to 1000`);
  if (/\p{Cc}/u.test(name)) throw new SessionError(`the ${what} holds a control character`);
}
