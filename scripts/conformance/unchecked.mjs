// Marks the cases of what no compiled policy holds: the checker refuses it, a policy that is loaded may have it all the same.

/** An operand of another type than its operator's. */
const wrongType =
  /(?:number|texts?|truth value|empty list|condition)\b.*(?:decides nothing|does not undo|(?:has|have) no (?:result|place)|no operand)|of two types|of another type|no such parameter/u;
/** An absent value without a guard: what has a meaning for it (`has`, and lists of quantifiers) says so itself. */
const unguarded = /\babsent\b/u;
const guarded =
  /^(?:has|arg|fact|calls): |which is empty here|one absent, is over the other|^(?:null is|an optional|a field of|only own)/u;
const others = new Set([
  "a variable outside of its list has no result",
  "a parameter that the tool does not have has no result",
  "the result of the action is not known before it is carried out",
  "no layer writes a scope: outside",
  "nobody could confirm: it is held all the same",
]);

const isUnchecked = (kind, name) =>
  others.has(name) ||
  (kind === "predicate" &&
    ((wrongType.test(name) && !name.startsWith("fact: ")) ||
      (unguarded.test(name) && !guarded.test(name)) ||
      /^(?:calls: with an absent|fact: of an absent)/u.test(name)));

/** A file whose cases say of themselves that they are of that kind. */
export function marked(file) {
  return {
    ...file,
    cases: file.cases.map((one) =>
      isUnchecked(file.kind, one.name) ? { name: one.name, unchecked: true, ...one } : one,
    ),
  };
}
