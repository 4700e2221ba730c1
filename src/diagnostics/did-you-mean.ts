import { distance } from "fastest-levenshtein";

/** Nobody mistypes a name this long by accident, and comparing it would take long. */
const LONGEST_NAME = 200;

/**
 * The candidate that `name` was most likely meant to be. One that differs only in case comes first; else the closest one, if no
 * more than about a third of it differs or if its letters are the same but for two that changed places.
 */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const wanted = name.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;

  for (const candidate of candidates) {
    if (candidate === name) continue;
    const lowered = candidate.toLowerCase();
    if (lowered === wanted) return candidate;

    const found = closeness(wanted, lowered, (best?.distance ?? Number.POSITIVE_INFINITY) - 1);
    if (found !== undefined) best = { candidate, distance: found };
  }
  return best?.candidate;
}

/** How far apart two names are, or undefined when that is more than `most`, or too far for one to be meant as the other. */
function closeness(wanted: string, candidate: string, most: number): number | undefined {
  const allowed = Math.min(most, Math.floor(Math.max(wanted.length, candidate.length) / 3));
  // The difference in length is the least that the distance can be, and costs nothing to know.
  if (Math.abs(wanted.length - candidate.length) > allowed) return undefined;
  if (most < 1) return undefined;
  if (isSwap(wanted, candidate)) return 1;

  const edits = distance(wanted, candidate);
  return edits <= allowed ? edits : undefined;
}

/** Whether two neighbouring letters changed places: the commonest slip, which plain edit distance counts twice. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return (
    at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
  );
}
