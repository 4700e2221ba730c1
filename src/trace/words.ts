import type { KeyObject } from "node:crypto";
import type { TraceRecord } from "../ir/trace.js";
import { fits } from "../ir/misfit.js";
import type { SignableWord } from "../ir/word.js";
import { isSigned, signJson } from "./keys.js";

/** A principal's signature over a word, base64. Throws where the key is no private one. */
export const signWord = (word: SignableWord, key: KeyObject): string => signJson(word, key);

/** 64 bytes in the one way that base64 writes them: what could be written otherwise could be sent twice. */
const canonical = /^[A-Za-z0-9+/]{85}[AQgw]==$/;

/** Whether the signature is of exactly this word, by this key. */
export const isSignedWord = (word: SignableWord, key: string, signature: string): boolean =>
  canonical.test(signature) && isSigned(word, key, signature);

/** The word that a record was signed as; undefined where the record is no word, or bears no signature. */
export function wordOf(record: TraceRecord): SignableWord | undefined {
  if (record.kind !== "confirmed" && record.kind !== "ruled" && record.kind !== "said") return undefined;
  const { by, signed } = record.body;
  if (signed === undefined) return undefined;
  const { opened, expires } = signed;
  const bound = {
    reshimu: "word" as const,
    by,
    session: record.session,
    opened,
    policy: record.policy.digest,
    expires,
  };
  const word = ((): unknown => {
    switch (record.kind) {
      case "confirmed":
        return { ...bound, kind: "confirm", decided: record.cause, answer: record.body.answer };
      case "ruled": {
        const { question, answer } = record.body;
        return { ...bound, kind: "rule", decided: record.cause, question, answer };
      }
      case "said":
        return { ...bound, kind: "said", text: record.body.text };
    }
  })();
  return fits("word", word) ? (word as SignableWord) : undefined;
}
