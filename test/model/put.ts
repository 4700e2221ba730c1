import type { Json } from "../../src/ir/json.js";
import { allOf, notTable, someOf, type Truth } from "./kleene.js";
import { apply } from "./operators.js";
import { readings } from "./readings.js";
import { absent, isKnown, isOpen, known, type Open, open, sameJson, type Term, truthOf } from "./term.js";

/** What is put into a condition: what a path reads, a fact, an origin or a count of earlier actions is known to be. */
export interface Knowing {
  /** Undefined: stays as it is written. */
  readonly read: (path: readonly string[]) => Term | undefined;
  readonly fact: (name: string, args: readonly Json[]) => Term | undefined;
  readonly traced: (value: Json, question: Traced) => boolean | undefined;
  readonly calls: (question: Calls) => Term | undefined;
}

/** What `traced to` asks of each single value. */
export interface Traced {
  readonly sources: readonly string[];
  readonly form: string;
  readonly of: "value" | "fact";
}

export interface Calls {
  readonly tools: readonly string[];
  readonly window: number | null;
  /** What each earlier action's argument must be. */
  readonly params: readonly { readonly name: string; readonly value: Json }[];
}

/** Variables of quantifiers, and what stands for them. */
export type Locals = ReadonlyMap<string, Term>;
export const noLocals: Locals = new Map();

/** Puts what is known into a condition, and simplifies by the tables of Kleene's logic (semantics.md, *Three values*). */
export function put(term: Term, knowing: Knowing, locals: Locals = noLocals): Term {
  if (!isOpen(term)) return term;
  const inside = (one: Term): Term => put(one, knowing, locals);
  switch (term.op) {
    case "val":
      return readPath(term, knowing, locals);
    case "every":
    case "some":
    case "tally":
    case "total":
      return unfolded(term, knowing, locals);
    case "and":
      return folded("and", term.of.map(inside));
    case "or":
      return folded("or", term.of.map(inside));
    case "!":
      return negated(inside(term.of[0] as Term));
    case "if":
      return chosen(term.of.map(inside));
    case "in": {
      const [one, list] = term.of.map(inside) as [Term, Term];
      return member(one, list);
    }
    default:
      return operated({ ...term, of: term.of.map(inside) }, knowing);
  }
}

function operated(term: Open, knowing: Knowing): Term {
  const operands = term.of;
  switch (term.op) {
    case "beside": {
      const [body] = operands as [Term];
      return isOpen(body) ? term : body;
    }
    case "has": {
      const [asked] = operands as [Term];
      return isOpen(asked) ? term : known(isKnown(asked));
    }
    case "traced":
      return origin(operands[0] as Term, tracedOf(term), knowing) ?? term;
    case "list":
      return operands.every(isKnown) ? known(operands.map((one) => one.known)) : term;
    case "count": {
      const items = itemsOf(operands[0] as Term);
      return items === undefined ? term : known(items.length);
    }
    case "fact":
      return (
        (operands.every(isKnown) &&
          knowing.fact(
            term.fixed[0] as string,
            operands.map((one) => one.known),
          )) ||
        term
      );
    case "calls":
      return callsOf(term, knowing) ?? term;
    default: {
      // Any other operator on an unknown is unknown.
      const value = operands.every(isKnown)
        ? apply(
            term.op,
            operands.map((one) => one.known),
            term.fixed,
          )
        : undefined;
      return value === undefined ? term : known(value);
    }
  }
}

// ------------------------------------------------------------------ connectives

function folded(op: "and" | "or", terms: readonly Term[]): Term {
  const truth = (op === "and" ? allOf : someOf)(terms.map(truthOf));
  if (truth !== "unknown") return terms.every(isKnown) ? byLogic(op, terms) : known(truth === "true");
  // What is known drops out: it can no longer decide.
  const left = terms.filter((one) => !isKnown(one));
  return left.length === 1 ? (left[0] as Term) : open(op, left);
}

function negated(term: Term): Term {
  const truth = notTable[truthOf(term)];
  return truth === "unknown" ? open("!", [term]) : byLogic("!", [term]);
}

/** On known operands json-logic-js has the say. */
function byLogic(op: string, terms: readonly Term[]): Term {
  const values = terms.map((one) => (isKnown(one) ? one.known : false));
  if (values.length === 0) return known(op === "and");
  return known(apply(op, values, []) as Json);
}

/** `if unknown then A else B` is A where both are known and equal. */
function chosen(terms: readonly Term[]): Term {
  const [test, then, otherwise] = terms as [Term, Term, Term];
  const truth: Truth = truthOf(test);
  if (truth !== "unknown") return truth === "true" ? then : otherwise;
  if (isKnown(then) && isKnown(otherwise) && sameJson(then.known, otherwise.known)) return then;
  return open("if", terms);
}

/** `x in L` is `some v in L: v == x`. */
function member(one: Term, list: Term): Term {
  if (isKnown(one) && isKnown(list)) return known(apply("in", [one.known, list.known], []) as Json);
  const items = itemsOf(list);
  if (items === undefined) return open("in", [one, list]);
  return folded(
    "or",
    items.map((item) =>
      isKnown(item) && isKnown(one)
        ? known(apply("===", [item.known, one.known], []) as Json)
        : open("===", [item, one]),
    ),
  );
}

// ------------------------------------------------------------------ lists

/** The elements, each known or not; undefined of an unknown list. What is absent has none. */
export function itemsOf(list: Term): readonly Term[] | undefined {
  if (isKnown(list)) return (list.known as Json[]).map(known);
  if (!isOpen(list)) return [];
  return list.op === "list" && readings.listsByElement ? list.of : undefined;
}

/** A quantifier, written out for each element of the lists that are known. */
function unfolded(term: Open, knowing: Knowing, locals: Locals): Term {
  const [variable] = term.fixed as [string];
  const lists = term.of.slice(0, -1).map((list) => put(list, knowing, locals));
  const body = term.of.at(-1) as Term;
  const withItem = (item: Term | undefined): Term => {
    const own = new Map(locals);
    if (item === undefined) own.delete(variable);
    else own.set(variable, item);
    return put(body, knowing, own);
  };
  const items = lists.map(itemsOf);
  // Several lists are taken together: where one is unknown, all of them are.
  if (items.includes(undefined)) return open(term.op, [...lists, withItem(undefined)], term.fixed);
  const bodies = items.flatMap((some) => (some ?? []).map((item) => beside(withItem(item), item)));
  if (term.op === "every" || term.op === "some") return folded(term.op === "every" ? "and" : "or", bodies);
  const total = operated(open(term.op === "tally" ? "tallied" : "totalled", bodies), knowing);
  return items.flatMap((some) => some ?? []).reduce(beside, total);
}

/** What is open of an element is still mentioned by what is open of its condition, even if that does not read the variable. */
const beside = (body: Term, item: Term): Term =>
  isOpen(body) && isOpen(item) ? open("beside", [body, item]) : body;

// ------------------------------------------------------------------ leaves

function readPath(term: Open, knowing: Knowing, locals: Locals): Term {
  const path = term.fixed as string[];
  if (path[0] !== "local") return knowing.read(path) ?? term;
  const local = locals.get(path[1] as string);
  if (local === undefined) return term;
  const fields = path.slice(2);
  if (isKnown(local)) return fieldOf(local.known, fields);
  if (!isOpen(local) || fields.length === 0) return local;
  return open(local.op, local.of, [...local.fixed, ...fields]);
}

/** A field of a record; absent where it is not there. */
export function fieldOf(value: Json | undefined, fields: readonly string[]): Term {
  let at: Json | undefined = value;
  for (const field of fields)
    at =
      typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, field)
        ? at[field]
        : undefined;
  return at === undefined ? absent : known(at);
}

export const tracedOf = (term: Open): Traced => {
  const [sources, form, of] = term.fixed as [string[], string, "value" | "fact"];
  return { sources, form, of };
};

/** `X traced to S`, of every element of a list and every leaf of a record; undefined where that is not known. */
function origin(traced: Term, question: Traced, knowing: Knowing): Term | undefined {
  const leaves = tracedLeaves(traced);
  const isBare = knowing.read(["now"]) === undefined;
  if (leaves?.length === 0 && isBare && !readings.nothingIsTracedAtOnce) return undefined;
  const truths = leaves?.map((leaf): Truth => {
    const said = isKnown(leaf) ? knowing.traced(leaf.known, question) : undefined;
    return said === undefined ? "unknown" : said ? "true" : "false";
  });
  const truth = truths === undefined ? "unknown" : allOf(truths);
  return truth === "unknown" ? undefined : known(truth === "true");
}

/** The single values that are traced; undefined where they are not known. */
export function tracedLeaves(term: Term): readonly Term[] | undefined {
  if (isKnown(term)) return valueLeaves(term.known).map(known);
  if (!isOpen(term)) return [];
  if (term.op !== "list") return undefined;
  return term.of.flatMap((item) => tracedLeaves(item) ?? [item]);
}

/** Null is absence: nobody has to have said it. */
export function valueLeaves(value: Json): Json[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(valueLeaves);
  if (typeof value === "object") return Object.values(value).flatMap(valueLeaves);
  return [value];
}

function callsOf(term: Open, knowing: Knowing): Term | undefined {
  const [tools, window, names] = term.fixed as [string[], number | null, string[]];
  if (!term.of.every(isKnown)) return undefined;
  const params = term.of.map((one, at) => ({ name: names[at] as string, value: one.known }));
  return knowing.calls({ tools, window, params });
}
