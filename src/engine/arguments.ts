import type { Json } from "../ir/json.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import { maxListLength, normalise } from "../ir/value.js";
import type { Value } from "../logic/value.js";
import { copied, costOf, type Size } from "./plain.js";

/** Reads one value that a caller sent in the normal form of a type; undefined where it is not of it, or is to be looked at closely. */
type Reader = (value: unknown, size: Size) => Json | undefined;

/** A path that is in normal form as it stands, as most are. */
const normalPath = /^\/?[\w-][\w. +,=@~-]*(?:\/[\w-][\w. +,=@~-]*)*$/;

const scalarReaders: { readonly [type: string]: Reader } = {
  bool: (value) => (typeof value === "boolean" ? value : undefined),
  int: (value) => (Number.isSafeInteger(value) ? (value as number) + 0 : undefined),
  decimal: (value) =>
    typeof value === "number" &&
    Number.isFinite(value) &&
    (Number.isSafeInteger(value) || !Number.isInteger(value))
      ? value + 0
      : undefined,
  string: (value) => (typeof value === "string" && value.isWellFormed() ? value : undefined),
};

/** Below a proposal and its `args`. */
const depth = 2;

function readerOf(type: TypeIr, zone: string): Reader {
  const scalar = typeof type === "string" ? scalarReaders[type] : undefined;
  if (scalar !== undefined) return scalar;
  if (typeof type === "object" && "enum" in type) {
    const members = new Set<unknown>(type.enum);
    return (value) => (members.has(value) ? (value as string) : undefined);
  }
  const whole: Reader = (value, size) => {
    const read = normalise(type, copied(value, size, depth), zone);
    return read.ok ? read.value : undefined;
  };
  if (typeof type === "object" && "list" in type && typeof type.list === "string") {
    const element = scalarReaders[type.list];
    return element === undefined ? whole : (value, size) => listOf(value, element, size);
  }
  if (type !== "path") return whole;
  return (value, size) => (typeof value === "string" && normalPath.test(value) ? value : whole(value, size));
}

function listOf(value: unknown, element: Reader, size: Size): Json | undefined {
  if (!Array.isArray(value) || value.length > maxListLength) return undefined;
  const list: Json[] = [];
  for (let place = 0; place < value.length; place += 1) {
    const item: unknown = value[place];
    size.left -= costOf(item);
    const read = size.left < 0 ? undefined : element(item, size);
    if (read === undefined) return undefined;
    list.push(read);
  }
  return list;
}

/** The arguments of one tool, as they are decided on (semantics.md: normalised on arrival). */
export class Arguments {
  readonly params: readonly FieldIr[];
  readonly #slots: ReadonlyMap<string, number>;
  readonly #readers: readonly Reader[];
  readonly #names: readonly string[];
  readonly #required: readonly number[];
  readonly #none: readonly Value[];

  constructor(params: readonly FieldIr[], slots: ReadonlyMap<string, number>, zone: string) {
    this.params = params;
    this.#slots = slots;
    this.#readers = params.map(({ type }) => readerOf(type, zone));
    this.#names = params.map(({ name }) => name);
    this.#none = params.map(() => undefined);
    this.#required = params.flatMap(({ optional }, slot) => (optional ? [] : [slot]));
  }

  /** By slot; undefined where they do not fit, or have to be looked at closely to tell. May throw where what was sent does. */
  read(args: { readonly [name: string]: unknown }, size: Size): Value[] | undefined {
    const values = this.#none.slice();
    let next = 0;
    for (const name in args) {
      if (!Object.hasOwn(args, name)) continue;
      // Read once: what is decided on is what is looked at.
      const value = args[name];
      if (value === undefined) continue;
      // Most callers write arguments in the order of the signature.
      const slot = this.#names[next] === name ? next : this.#slots.get(name);
      if (slot === undefined) return undefined;
      next = slot + 1;
      if (value === null) continue;
      if (typeof value === "string") size.left -= value.length;
      const read = (this.#readers[slot] as Reader)(value, size);
      if (read === undefined) return undefined;
      values[slot] = read;
    }
    for (const slot of this.#required) if (values[slot] === undefined) return undefined;
    return values;
  }

  /** The same by slot, of arguments by name. */
  bySlot(args: { readonly [name: string]: Json }): Value[] {
    return this.params.map(({ name }) => (Object.hasOwn(args, name) ? args[name] : undefined));
  }

  byName(values: readonly Value[]): { [name: string]: Json } {
    const args = Object.create(null) as { [name: string]: Json };
    for (const [slot, { name }] of this.params.entries())
      if (values[slot] !== undefined) args[name] = values[slot] as Json;
    return args;
  }
}
