import { policyDigest } from "../ir/digest.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceRecord } from "../ir/trace.js";
import { signedText } from "../ir/word.js";
import { isSignedWord, wordOf } from "./words.js";

/** Finds a policy by its digest; undefined where there is none. */
export type PolicyOf = (digest: string) => PolicyIr | undefined | Promise<PolicyIr | undefined>;

/** Principals of a policy with their keys; undefined for one without. */
type Keys = ReadonlyMap<string, string | undefined>;

/** Checks the words of a trace, record by record, without the store: of a principal with a key each must be signed, in time, and once. */
export class WordCheck {
  readonly #policy: PolicyOf;
  readonly #keys = new Map<string, Keys | undefined>();
  /** The record that opened each root. */
  readonly #opened = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(policy: PolicyOf) {
    this.#policy = policy;
  }

  /** Why the word that the record holds does not count, a sentence; undefined where it does, or the record holds none. */
  async problemOf(record: TraceRecord): Promise<string | undefined> {
    if (record.kind === "opened") this.#opened.set(record.root, record.hash);
    if (record.kind !== "confirmed" && record.kind !== "ruled" && record.kind !== "said") return undefined;
    const { seq, policy, body } = record;
    const keys = await this.#keysOf(policy.digest);
    if (keys === undefined)
      return `the word in record ${seq} cannot be checked: its policy, \`${policy.name}\` with the digest ${policy.digest}, is not there`;
    if (!keys.has(body.by)) return `the word in record ${seq} is by nobody whom the policy names`;
    const key = keys.get(body.by);
    if (key === undefined) return undefined;
    const problem = this.#unsigned(record, key);
    return problem && `the word in record ${seq} ${problem}`;
  }

  #unsigned(record: TraceRecord<"confirmed" | "ruled" | "said">, key: string): string | undefined {
    const { by, signed } = record.body;
    const word = wordOf(record);
    if (signed === undefined || word === undefined) return `is not signed, and \`${by}\` has a key`;
    if (!isSignedWord(word, key, signed.signature)) return `is not signed by the key of \`${by}\``;
    const opened = this.#opened.get(record.root);
    // What opened the session may have been removed for its age.
    if (opened !== undefined && opened !== signed.opened) return "was signed for another session";
    if (record.at >= signed.expires) return "had expired when it was recorded";
    if (record.kind === "confirmed" && record.body.until > signed.expires)
      return "is held to count for longer than was signed";
    const text = signedText(word);
    if (this.#taken.has(text)) return "was taken before, and counts once";
    this.#taken.add(text);
    return undefined;
  }

  async #keysOf(digest: string): Promise<Keys | undefined> {
    if (!this.#keys.has(digest)) {
      const policy = await this.#policy(digest);
      const holds = policy !== undefined && policyDigest(policy) === digest;
      this.#keys.set(
        digest,
        holds ? new Map(policy.principals.map(({ name, key }) => [name, key])) : undefined,
      );
    }
    return this.#keys.get(digest);
  }
}
