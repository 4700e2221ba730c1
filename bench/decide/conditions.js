/** Conditions as data: what a workload's rules say, whatever language a peer has them written in. */

/** Strictly below a path, by segments. */
export const within = (arg, path) => ({ op: "within", arg, path });
export const atMost = (arg, most) => ({ op: "atMost", arg, most });
export const atLeast = (arg, least) => ({ op: "atLeast", arg, least });
export const is = (arg, value) => ({ op: "is", arg, value });
export const oneOf = (arg, values) => ({ op: "oneOf", arg, values });
/** So many characters at most. */
export const short = (arg, most) => ({ op: "short", arg, most });
/** The actor has one of these roles. */
export const anyRole = (roles) => ({ op: "anyRole", roles });
/** Every, or some, element of a list is one of these. */
export const every = (arg, values) => ({ op: "every", arg, values });
export const some = (arg, values) => ({ op: "some", arg, values });
/** A fact about an argument is at most this: it may not be known. */
export const factAtMost = (fact, arg, most) => ({ op: "factAtMost", fact, arg, most });
export const all = (...parts) => ({ op: "all", parts });
export const any = (...parts) => ({ op: "any", parts });
export const not = (part) => ({ op: "not", part });
export const either = (when, then, otherwise) => ({ op: "either", when, then, otherwise });

/** What `all` joins, or the condition itself. */
export const partsOf = (condition) => (condition.op === "all" ? condition.parts : [condition]);
