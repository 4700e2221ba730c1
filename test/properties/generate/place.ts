import type { FieldIr, TypeIr } from "../../../src/ir/type.js";
import { nameText } from "./values.js";

/** A fact as declared, as far as expressions ask it. */
export interface FactShape {
  readonly name: string;
  readonly optional: boolean;
  readonly params: readonly FieldIr[];
  readonly type: TypeIr;
}

/** A tool as declared. */
export interface ToolShape {
  readonly name: string;
  readonly params: readonly FieldIr[];
}

/** Something that an expression can read. */
export interface Readable {
  readonly text: string;
  readonly type: TypeIr;
  /** What `has` must have shown before: references, as they are written. */
  readonly needs: readonly string[];
  /** Whether it is sensitive, or may be an element of what is. */
  readonly secret: boolean;
}

/** Where an expression stands: all that it may read there, and what has been shown to be there. */
export interface Place {
  readonly readables: readonly Readable[];
  readonly facts: readonly FactShape[];
  /** What a value can be traced to. */
  readonly origins: readonly string[];
  /** What `calls` can count. */
  readonly tools: readonly ToolShape[];
  readonly present: readonly string[];
  /** How many variables are bound already. */
  readonly bound: number;
}

/** What a root and, of records, its fields can be read as. */
export function readablesOf(
  text: string,
  type: TypeIr,
  needs: readonly string[] = [],
  secret = false,
): Readable[] {
  const own: Readable = { text, type, needs, secret };
  if (typeof type === "string" || !("record" in type)) return [own];
  return [own, ...type.record.flatMap((field) => fieldOf(own, field))];
}

function fieldOf(of: Readable, field: FieldIr): Readable[] {
  const text = `${of.text}.${nameText(field.name)}`;
  const secret = of.secret || field.sensitive === true;
  return readablesOf(text, field.type, field.optional ? [...of.needs, text] : of.needs, secret);
}

/** Parameters as they are read by a bare name. */
export const argumentsOf = (params: readonly FieldIr[]): Readable[] =>
  params.flatMap((param) => {
    const text = nameText(param.name);
    return readablesOf(text, param.type, param.optional ? [text] : [], param.sensitive === true);
  });

export const isRead = (place: Place, readable: Readable): boolean =>
  readable.needs.every((need) => place.present.includes(need));

/** The same place, where more is there. */
export const knowing = (place: Place, needs: readonly string[]): Place => ({
  ...place,
  present: [...place.present, ...needs],
});

/** The same place with a variable bound. */
export function binding(place: Place, type: TypeIr): { readonly name: string; readonly inside: Place } {
  const name = `v${place.bound + 1}`;
  const secret = place.readables.some((readable) => readable.secret);
  const readables = [...readablesOf(name, type, [], secret), ...place.readables];
  return { name, inside: { ...place, readables, bound: place.bound + 1 } };
}

/** The same place within the arguments of a fact, where no claim is read. */
export const withoutClaims = (place: Place): Place => ({
  ...place,
  readables: place.readables.filter((readable) => !readable.text.startsWith("claim.")),
});

/** The same place where only what is kept can be read: nothing that is sensitive. */
export const withoutSecrets = (place: Place): Place => ({
  ...place,
  readables: place.readables.filter((readable) => !readable.secret),
});
