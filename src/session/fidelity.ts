import { stemmer } from "stemmer";
import { eng, removeStopwords } from "stopword";

/** What is scored: a message with an action, or the brief of a delegation. */
export interface Scored {
  readonly text: string;
  readonly purpose: "message" | "brief";
  /** The texts of the bullets that the one who wrote it carries. */
  readonly bullets: readonly string[];
}

/**
 * How faithful a text is to the intent: 0 to 1 (semantics.md, *discernment*: what `fidelity at least` asks). A score that is no such
 * number, a promise that fails and an error count as no score, which no floor lets through.
 */
export type Scorer = (scored: Scored) => number | undefined | Promise<number | undefined>;

/** So much of a text is read, in UTF-16 units. */
const longest = 20_000;

/**
 * The score by words alone: the share of a bullet's words that the text says too. Words are compared by their English stems, without
 * the words that every sentence has. A message serves one bullet, so that the best counts; a brief hands down all that it carries, so
 * that the mean does. It sees no synonyms, no negation and no other language than English: it tells that a text lost the subject, not
 * that it kept the sense.
 */
export const lexicalScore: Scorer = ({ text, purpose, bullets }) => {
  const said = new Set(stemsOf(text.slice(0, longest)));
  const scores = bullets.map((bullet) => {
    const wanted = new Set(stemsOf(bullet.slice(0, longest)));
    return wanted.size === 0 ? 1 : [...wanted].filter((stem) => said.has(stem)).length / wanted.size;
  });
  if (scores.length === 0) return 0;
  return purpose === "message"
    ? Math.max(...scores)
    : scores.reduce((sum, one) => sum + one, 0) / scores.length;
};

/** Made when it is first needed: that takes longer than a decision. */
let made: Intl.Segmenter | undefined;
const segmenter = (): Intl.Segmenter => {
  made ??= new Intl.Segmenter("en", { granularity: "word" });
  return made;
};

function stemsOf(text: string): string[] {
  const words = [...segmenter().segment(text.normalize("NFKC").toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  return removeStopwords(words, eng).map((word) => stemmer(word));
}

/** A score, or none where the scorer gives no number from 0 to 1, or fails. */
export async function scoreOf(scorer: Scorer, scored: Scored): Promise<number | undefined> {
  try {
    const score = await scorer(scored);
    return typeof score === "number" && score >= 0 && score <= 1 ? score : undefined;
  } catch {
    return undefined;
  }
}
