import { predicateProblem } from "./predicate.js";
import { shapes } from "./shapes.js";

/** A schema as data: as much of JSON Schema as is made of the zod schemas (`schemas/shapes.ts`), with references to names in `$defs`. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  /** A predicate, by the table of operators. */
  readonly predicate?: true;
  readonly $ref?: string;
  readonly $defs?: { readonly [name: string]: Shape };
}

/** Why a value does not fit: where, and half a sentence about it. */
export interface Misfit {
  readonly path: readonly string[];
  readonly message: string;
}

type Check = (value: unknown) => Misfit | undefined;

/** What can be checked. */
export type Checked = keyof typeof shapes;

const checks = new Map<Checked, Check>();

/**
 * Why something is not what the schema of this name describes (`schemas/`), the first reason; undefined where it is. Takes what zod
 * takes, and loads in no time: a check is a closure, made of the schema's shape when it is first asked for. Throws a RangeError on
 * what nests deeper than the stack is.
 */
export function misfitOf(name: Checked, value: unknown): Misfit | undefined {
  let check = checks.get(name);
  if (check === undefined) {
    const shape = JSON.parse(shapes[name]) as Shape;
    check = new Checks(shape.$defs ?? {}).of(shape);
    checks.set(name, check);
  }
  return check(value);
}

/** Whether something is what the schema of this name describes. */
export const fits = (name: Checked, value: unknown): boolean => misfitOf(name, value) === undefined;

const misfit = (message: string): Misfit => ({ path: [], message });
const within = (key: string, { path, message }: Misfit): Misfit => ({ path: [key, ...path], message });

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** The checks of one shape and of what it refers to. */
class Checks {
  readonly #defs: { readonly [name: string]: Shape };
  readonly #named = new Map<string, Check>();

  constructor(defs: { readonly [name: string]: Shape }) {
    this.#defs = defs;
  }

  of(shape: Shape): Check {
    if (shape.predicate) return predicateCheck;
    if (shape.$ref !== undefined) return this.#reference(shape.$ref);
    const forms = shape.anyOf ?? shape.oneOf;
    if (forms !== undefined) return this.#forms(forms);
    if (shape.enum !== undefined) return oneOf(shape.enum);
    if (Object.hasOwn(shape, "const")) return oneOf([shape.const]);
    if (shape.type === undefined) throw new Error("a shape says nothing");
    const types = [shape.type].flat().map((type) => [type, this.#type(type, shape)] as const);
    const [first] = types;
    if (first !== undefined && types.length === 1) return first[1];
    const byType = new Map(types);
    const expected = types.map(([type]) => type).join(" or ");
    return (value) => {
      const check = byType.get(typeOf(value));
      return check === undefined ? misfit(`expected ${expected}, received ${typeOf(value)}`) : check(value);
    };
  }

  #reference(name: string): Check {
    let check = this.#named.get(name);
    if (check === undefined) {
      check = this.#later(this.#defs[name] as Shape);
      this.#named.set(name, check);
    }
    return check;
  }

  /** Made when something is first held against it: most of a schema is about what most values have not. */
  #later(shape: Shape): Check {
    let check: Check | undefined;
    return (value) => {
      check ??= this.of(shape);
      return check(value);
    };
  }

  #type(type: string, shape: Shape): Check {
    switch (type) {
      case "string":
        return textCheck(shape);
      case "number":
        return numberCheck("number", Number.isFinite, shape);
      case "integer":
        return numberCheck("whole number", Number.isSafeInteger, shape);
      case "array":
        return this.#list(shape);
      case "object":
        return this.#record(shape);
      default:
        return (value) => (typeOf(value) === type ? undefined : wrong(type, value));
    }
  }

  #list({ items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Shape): Check {
    const check = this.of(items as Shape);
    return (value) => {
      if (!Array.isArray(value)) return wrong("array", value);
      if (value.length < minItems) return misfit(`expected a list of at least ${minItems}`);
      if (value.length > maxItems) return misfit(`expected a list of at most ${maxItems}`);
      for (let i = 0; i < value.length; i += 1) {
        const found = check(value[i]);
        if (found !== undefined) return within(String(i), found);
      }
      return undefined;
    };
  }

  #record({ properties = {}, required = [], additionalProperties = true }: Shape): Check {
    const known = Object.create(null) as { [key: string]: Check };
    for (const key in properties) known[key] = this.#later(properties[key] as Shape);
    const rest =
      typeof additionalProperties === "object" ? this.of(additionalProperties) : additionalProperties;
    return (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("object", value);
      const record = value as { readonly [key: string]: unknown };
      for (const key of required) if (record[key] === undefined) return within(key, misfit("it is missing"));
      for (const key in record) {
        const check = known[key] ?? rest;
        if (check === true || (record[key] === undefined && known[key] !== undefined)) continue;
        if (check === false) return misfit(`unknown key \`${key}\``);
        const found = check(record[key]);
        if (found !== undefined) return within(key, found);
      }
      return undefined;
    };
  }

  /** By a key that has another constant in each form where there is one; else each is tried, and what came farthest is told. */
  #forms(forms: readonly Shape[]): Check {
    const tag = tagOf(forms);
    const all = forms.map((form) => this.#later(form));
    if (tag !== undefined) return tagged(tag, forms, all);
    return (value) => {
      let farthest: Misfit | undefined;
      for (const check of all) {
        const found = check(value);
        if (found === undefined) return undefined;
        if (found.path.length > (farthest?.path.length ?? 0)) farthest = found;
      }
      return farthest ?? misfit("it has none of the forms that it may have");
    };
  }
}

const wrong = (expected: string, value: unknown): Misfit =>
  misfit(`expected ${expected}, received ${typeOf(value)}`);

const predicateCheck: Check = (value) => {
  const problem = predicateProblem(value);
  return problem === undefined ? undefined : misfit(problem);
};

function oneOf(values: readonly unknown[]): Check {
  const known = new Set(values);
  const expected = values.map((one) => JSON.stringify(one)).join(" or ");
  return (value) => (known.has(value) ? undefined : misfit(`expected ${expected}`));
}

function textCheck({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Shape): Check {
  const matches = pattern === undefined ? undefined : new RegExp(pattern);
  return (value) => {
    if (typeof value !== "string") return wrong("string", value);
    if (value.length < minLength) return misfit(`expected a string of at least ${minLength} characters`);
    if (value.length > maxLength) return misfit(`expected a string of at most ${maxLength} characters`);
    return matches?.test(value) === false ? misfit(`expected a string that matches ${pattern}`) : undefined;
  };
}

function numberCheck(expected: string, isOne: (value: unknown) => boolean, shape: Shape): Check {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = shape;
  const { exclusiveMinimum = Number.NEGATIVE_INFINITY, exclusiveMaximum = Number.POSITIVE_INFINITY } = shape;
  return (value) => {
    if (!isOne(value)) return wrong(expected, value);
    const number = value as number;
    if (number < minimum) return misfit(`expected a number of at least ${minimum}`);
    if (number <= exclusiveMinimum) return misfit(`expected a number above ${exclusiveMinimum}`);
    if (number > maximum) return misfit(`expected a number of at most ${maximum}`);
    return number >= exclusiveMaximum ? misfit(`expected a number below ${exclusiveMaximum}`) : undefined;
  };
}

/** The key that is there in all forms, with constants that are others in each. */
function tagOf(forms: readonly Shape[]): string | undefined {
  return Object.keys(forms[0]?.properties ?? {}).find((key) => {
    const values = forms.flatMap((form) => constantsOf(form, key) ?? [undefined]);
    return !values.includes(undefined) && new Set(values).size === values.length;
  });
}

function constantsOf({ properties, required }: Shape, key: string): readonly unknown[] | undefined {
  const shape = required?.includes(key) ? properties?.[key] : undefined;
  return shape?.enum ?? (shape?.const === undefined ? undefined : [shape.const]);
}

function tagged(tag: string, forms: readonly Shape[], all: readonly Check[]): Check {
  const byTag = new Map(
    forms.flatMap((form, i) =>
      (constantsOf(form, tag) ?? []).map((value) => [value, all[i] as Check] as const),
    ),
  );
  const expected = [...byTag.keys()].map((one) => JSON.stringify(one)).join(" or ");
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong("object", value);
    const check = byTag.get((value as { readonly [key: string]: unknown })[tag]);
    return check === undefined ? within(tag, misfit(`expected ${expected}`)) : check(value);
  };
}
