import { canonicalJson } from "./digest.js";
import type { SignableWord } from "./schemas/word.js";

export type { KeptSignature, SignableWord } from "./schemas/word.js";

/** The text that is signed: the canonical JSON (RFC 8785) of the word, in UTF-8. */
export const signedText = (word: SignableWord): string => canonicalJson(word);
