import type { PolicyIr } from "../ir/policy.js";
import { type KeptSignature, type SignableWord, signedText } from "../ir/word.js";
import { isSignedWord } from "../trace/words.js";
import type { Ledger } from "./ledger.js";
import { SessionError } from "./opening.js";

/** How a principal with a key vouches for a word; both are left out by one without. */
export interface Signature {
  /** Ed25519 over `signedText`, base64. */
  readonly signature?: string | undefined;
  /** As it was signed: milliseconds since the epoch. */
  readonly expires?: number | undefined;
}

/** What a word says, without what binds it. */
export type Said = SignableWord extends infer W
  ? W extends SignableWord
    ? Omit<W, "reshimu" | "session" | "opened" | "policy" | "expires">
    : never
  : never;

/** What a caller asks to have signed; `decided` and `answer` as in `Session.confirm`, `expires` in milliseconds since the epoch. */
export type WordRequest = { readonly by: string; readonly expires?: number } & (
  | { readonly kind: "confirm"; readonly answer?: boolean; readonly decided?: string }
  | { readonly kind: "rule"; readonly given: string; readonly answer: unknown }
  | { readonly kind: "rule"; readonly question: string; readonly answer: unknown; readonly decided?: string }
  | { readonly kind: "said"; readonly text: string }
);

/** The whole of a word that is said in a session. */
export function boundWord(said: Said, { id, state, engine }: Ledger, expires: number): SignableWord {
  const { openedBy = "" } = state;
  return {
    reshimu: "word",
    session: id,
    opened: openedBy,
    policy: engine.digest,
    expires,
    ...said,
  } as SignableWord;
}

/** Only principals that the policy declares may speak. Throws a SessionError. */
export function requirePrincipal({ principals }: PolicyIr, name: string): PolicyIr["principals"][number] {
  const principal = principals.find((one) => one.name === name);
  if (principal === undefined) throw new SessionError(`no principal is called \`${name}\``);
  return principal;
}

/** As `requirePrincipal`; one with a key speaks by signature only, and nobody else by one: nothing could tell whether it holds. */
export function requireVoice(policy: PolicyIr, name: string, { signature }: Signature): void {
  const { key } = requirePrincipal(policy, name);
  if (key !== undefined && signature === undefined)
    throw new SessionError(`\`${name}\` has a key: only a word with its \`signature\` counts`);
  if (key === undefined && signature !== undefined)
    throw new SessionError(
      `\`${name}\` has no key in the policy that its signature could be checked by: leave it out`,
    );
}

/** What the record keeps of a word's signature; of a principal without a key nothing. Throws a SessionError where the word does not count. */
export function signedPart(
  ledger: Ledger,
  said: Said,
  { signature, expires }: Signature,
  now: number,
): { readonly signed?: KeptSignature } {
  const { key } = requirePrincipal(ledger.engine.policy, said.by);
  if (key === undefined || signature === undefined) return {};
  if (!Number.isSafeInteger(expires))
    throw new SessionError("a signed word says in `expires` until when it counts, in milliseconds");
  const word = boundWord(said, ledger, expires as number);
  if (!isSignedWord(word, key, signature))
    throw new SessionError(
      `the signature is not \`${said.by}\`'s, or not of this word: sign exactly what \`Session.word\` gives`,
    );
  if (word.expires <= now) throw new SessionError("the signed word has expired: let it be signed anew");
  if (ledger.state.words.has(signedText(word)))
    throw new SessionError("this signed word was taken already: it counts once");
  return { signed: { opened: word.opened, expires: word.expires, signature } };
}
