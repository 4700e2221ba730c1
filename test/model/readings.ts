/**
 * Where the page can be read in two ways, and docs/decisions.md or the engine reads it otherwise than its words suggest:
 * what the model takes. Kept in one place, so that a decision on the page is one line here.
 */
export const readings = {
  /** *Three values*: "a list holding an unknown is not one" — not an unknown list, so that `some` and `in` go by element. */
  listsByElement: true,
  /** A fact's local time is in the policy's zone (language.md, *Types and values*), also where a source gives it. */
  answersInZone: true,
  /** *discernment*: of the gray lines only those are left out that a ruling *accepted*; a refused one weighs, also where it is false. */
  refusedLinesWeigh: true,
  /** *grounding*: a check mentions a claim where it stands once the *arguments* are put in, also over a given list that is empty. */
  claimsAsWritten: true,
  /** *Tracing*: "every element of a list" — of an empty list it is true as soon as the arguments are put in. */
  nothingIsTracedAtOnce: true,
  /** *Three values*: "what the agent leaves out is never unknown" — an absent value, behind its guard, leaves no check unsettled. */
  absentIsNotUnknown: true,
};
