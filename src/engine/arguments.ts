import type { Json } from "../ir/json.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import { normalise } from "../ir/value.js";
import type { Value } from "../logic/value.js";
import { copied, type Size } from "./plain.js";

/** Reads one value that a caller sent in the normal form of a type; undefined where it is not of it, or is to be looked at closely. */
type Reader = (value: unknown, size: Size) => Json | undefined;

/** What of ASCII may stand in a path that is in normal form as it stands: 1 anywhere, 2 not at the beginning of a segment. */
const inPaths = new Uint8Array(128);
for (const each of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") inPaths[each.charCodeAt(0)] = 1;
for (const each of ". +,=@~") inPaths[each.charCodeAt(0)] = 2;
const slash = "/".charCodeAt(0);

/** Whether a path is in normal form, as most are; of false nothing follows. */
function isNormalPath(path: string): boolean {
  let isBeginning = true;
  for (let place = 0; place < path.length; place += 1) {
    const code = path.charCodeAt(place);
    if (code === slash) {
      if (isBeginning && place > 0) return false;
      isBeginning = true;
    } else {
      const kind = inPaths[code];
      if (kind !== 1 && (kind !== 2 || isBeginning)) return false;
      isBeginning = false;
    }
  }
  return !isBeginning;
}

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

function readerOf(type: TypeIr, zone: string): Reader {
  const scalar = typeof type === "string" ? scalarReaders[type] : undefined;
  if (scalar !== undefined) return scalar;
  if (typeof type === "object" && "enum" in type) {
    const members = new Set<unknown>(type.enum);
    return (value) => (members.has(value) ? (value as string) : undefined);
  }
  const whole: Reader = (value, size) => {
    const read = normalise(type, copied(value, size), zone);
    return read.ok ? read.value : undefined;
  };
  if (type !== "path") return whole;
  return (value, size) => (typeof value === "string" && isNormalPath(value) ? value : whole(value, size));
}

/** The arguments of one tool, as they are decided on (semantics.md: normalised on arrival). */
export class Arguments {
  readonly params: readonly FieldIr[];
  readonly #slots: ReadonlyMap<string, number>;
  readonly #readers: readonly Reader[];
  readonly #required: readonly number[];

  constructor(params: readonly FieldIr[], slots: ReadonlyMap<string, number>, zone: string) {
    this.params = params;
    this.#slots = slots;
    this.#readers = params.map(({ type }) => readerOf(type, zone));
    this.#required = params.flatMap(({ optional }, slot) => (optional ? [] : [slot]));
  }

  /** By slot; undefined where they do not fit, or have to be looked at closely to tell. May throw where what was sent does. */
  read(args: { readonly [name: string]: unknown }, size: Size): Value[] | undefined {
    const values: Value[] = [];
    for (let slot = 0; slot < this.params.length; slot += 1) values.push(undefined);
    for (const name in args) {
      if (!Object.hasOwn(args, name)) continue;
      // Read once: what is decided on is what is looked at.
      const value = args[name];
      if (value === undefined) continue;
      const slot = this.#slots.get(name);
      if (slot === undefined) return undefined;
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
