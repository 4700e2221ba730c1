import type { Predicate } from "../../ir/predicate.js";
import type { Frame, Prepared } from "../frame.js";
import { isOpen, type Value } from "../value.js";
import type { Found, Index } from "./found.js";
import { Intervals } from "./intervals.js";
import { Prefixes } from "./prefixes.js";
import { groupOf, type Selector } from "./selectors.js";

/** A thing that is looked for, with what must be so for it to be found. */
export interface Entry<T> {
  readonly of: T;
  readonly selectors: readonly Selector[];
}

/** How keys are read, and what a thing is once a part of what it asks for is known to hold. */
export interface Ways<T> {
  ready(key: Predicate): Prepared;
  without(of: T, part: number): T;
}

/** So few are looked at one by one. */
const few = 6;
/** What is found by one selector is told apart by the next, so many times. */
const deepest = 4;

/** Indexes things by the selectors that tell most of them apart. */
export function indexOf<T>(entries: readonly Entry<T>[], ways: Ways<T>, depth = 0): Index<T> {
  const all = entries.map((entry) => entry.of);
  const groups = entries.length <= few || depth === deepest ? [] : groupsOf(entries);
  const divided = divide(entries, groups);
  if (divided.length === 0) return new Plain(all);
  const placed = new Set(divided.flatMap((group) => group.members.map((member) => member.entry)));
  const rest = entries.filter((entry) => !placed.has(entry));
  const parts = divided.map((group) => branchOf(group, ways, depth));
  const others = rest.length === 0 ? [] : [indexOf(rest, ways, depth + 1)];
  const branches = [...parts, ...others];
  return branches.length === 1 ? (branches[0] as Index<T>) : new Several(branches);
}

/** All of them, one by one. */
class Plain<T> implements Index<T> {
  readonly #all: readonly T[];
  constructor(all: readonly T[]) {
    this.#all = all;
  }
  collect(_frame: Frame, found: Found<T>): void {
    for (const one of this.#all) found.add(one);
  }
}

class Several<T> implements Index<T> {
  readonly #parts: readonly Index<T>[];
  constructor(parts: readonly Index<T>[]) {
    this.#parts = parts;
  }
  collect(frame: Frame, found: Found<T>): void {
    for (const part of this.#parts) part.collect(frame, found);
  }
}

interface Member<T> {
  readonly entry: Entry<T>;
  readonly selector: Selector;
}

/** The selectors of one group, over all that have one. */
interface Group<T> {
  readonly name: string;
  readonly members: Member<T>[];
}

function groupsOf<T>(entries: readonly Entry<T>[]): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const entry of entries)
    for (const selector of merged(entry.selectors)) {
      const name = groupOf(selector);
      const group = groups.get(name) ?? { name, members: [] };
      groups.set(name, group);
      group.members.push({ entry, selector });
    }
  return [...groups.values()].filter((group) => group.members.length > few);
}

/** One selector a group: of ranges what they have in common, else the first. */
function merged(selectors: readonly Selector[]): Selector[] {
  const by = new Map<string, Selector>();
  for (const one of selectors) {
    const name = groupOf(one);
    const before = by.get(name);
    if (before === undefined) by.set(name, one);
    else if (before.kind === "range" && one.kind === "range")
      by.set(name, { ...before, from: Math.max(before.from, one.from), to: Math.min(before.to, one.to) });
  }
  return [...by.values()];
}

/** Gives each entry to the group that would find fewest with it. */
function divide<T>(entries: readonly Entry<T>[], groups: readonly Group<T>[]): Group<T>[] {
  const best = new Map<
    Entry<T>,
    { readonly group: Group<T>; readonly member: Member<T>; readonly found: number }
  >();
  for (const group of groups) {
    const found = foundBy(group);
    // One that finds most of what there is tells nothing apart.
    if (found > entries.length / 2) continue;
    for (const member of group.members) {
      const before = best.get(member.entry);
      if (before === undefined || found < before.found) best.set(member.entry, { group, member, found });
    }
  }
  const divided = new Map<Group<T>, Member<T>[]>();
  for (const { group, member } of best.values()) {
    const members = divided.get(group) ?? [];
    divided.set(group, members);
    members.push(member);
  }
  return [...divided]
    .filter(([, members]) => members.length > few)
    .map(([{ name }, members]) => ({ name, members }));
}

/** How many of a group one value finds, about. */
function foundBy<T>({ members }: Group<T>): number {
  const ranges = members.flatMap(({ selector }) => (selector.kind === "range" ? [selector] : []));
  if (ranges.length > 0) return foundInRanges(ranges);
  const values = members.map(({ selector }) => (selector.kind === "range" ? [] : selector.to));
  const distinct = new Set(values.flat());
  return values.flat().length / Math.max(1, distinct.size);
}

type Range = Extract<Selector, { kind: "range" }>;
const samples = 8;

/** At some of the ends that are written down, on an average. */
function foundInRanges(ranges: readonly Range[]): number {
  const step = Math.max(1, Math.floor(ranges.length / samples));
  const at = ranges
    .filter((_, place) => place % step === 0)
    .map(({ from, to }) => (Number.isFinite(from) ? from : to));
  const found = at.map((value) => ranges.filter(({ from, to }) => from <= value && value <= to).length);
  return found.reduce((sum, count) => sum + count, 0) / found.length;
}

function branchOf<T>({ name, members }: Group<T>, ways: Ways<T>, depth: number): Index<T> {
  const { key, kind } = (members[0] as Member<T>).selector;
  const all = members.map(({ entry }) => entry.of);
  const { value } = ways.ready(key);
  if (kind === "range") {
    const intervals = members.flatMap(({ entry, selector }) =>
      selector.kind === "range" ? [{ from: selector.from, to: selector.to, of: entry.of }] : [],
    );
    return new ByRange(value, all, new Intervals(intervals));
  }
  const parts = new Map<unknown, Index<T>>();
  for (const [of, entries] of postingsOf(name, members, ways))
    parts.set(of, indexOf(entries, ways, depth + 1));
  if (kind === "below") return new ByPrefix(value, all, new Prefixes(parts as Map<string, Index<T>>));
  return kind === "holds" ? new ByElement(value, all, parts) : new ByValue(value, all, parts);
}

/** What stands under each value of a group, less what is known of it there. */
function postingsOf<T>(name: string, members: readonly Member<T>[], ways: Ways<T>): Map<unknown, Entry<T>[]> {
  const postings = new Map<unknown, Entry<T>[]>();
  for (const { entry, selector } of members) {
    const selectors = entry.selectors.filter((one) => groupOf(one) !== name);
    const of = selector.part === undefined ? entry.of : ways.without(entry.of, selector.part);
    for (const value of selector.kind === "range" ? [] : selector.to) {
      const those = postings.get(value) ?? [];
      postings.set(value, those);
      those.push({ of, selectors });
    }
  }
  return postings;
}

type Key = (frame: Frame) => Value;

/** What is found by the value of a key; all of it where that is not known, or of another type than the conditions compare it to. */
abstract class ByKey<T> implements Index<T> {
  readonly #key: Key;
  readonly #all: readonly T[];

  constructor(key: Key, all: readonly T[]) {
    this.#key = key;
    this.#all = all;
  }

  collect(frame: Frame, found: Found<T>): void {
    const value = this.#key(frame);
    if (isOpen(value) || !this.look(value, frame, found)) for (const one of this.#all) found.add(one);
  }

  /** False: it cannot be looked up. */
  abstract look(value: Exclude<Value, undefined | symbol>, frame: Frame, found: Found<T>): boolean;
}

type Known = Exclude<Value, undefined | symbol>;

class ByValue<T> extends ByKey<T> {
  readonly #at: ReadonlyMap<unknown, Index<T>>;
  readonly #type: string;

  constructor(key: Key, all: readonly T[], at: ReadonlyMap<unknown, Index<T>>) {
    super(key, all);
    this.#at = at;
    const [first] = at.keys();
    this.#type = typeof first;
  }

  look(value: Known, frame: Frame, found: Found<T>): boolean {
    if (typeof value !== this.#type) return false;
    this.#at.get(value)?.collect(frame, found);
    return true;
  }
}

/** A quantifier over a list that is much longer has no result. */
const mostElements = 1_000;

class ByElement<T> extends ByKey<T> {
  readonly #at: ReadonlyMap<unknown, Index<T>>;

  constructor(key: Key, all: readonly T[], at: ReadonlyMap<unknown, Index<T>>) {
    super(key, all);
    this.#at = at;
  }

  look(value: Known, frame: Frame, found: Found<T>): boolean {
    if (!Array.isArray(value) || value.length > mostElements) return false;
    for (const element of value) this.#at.get(element)?.collect(frame, found);
    return true;
  }
}

class ByPrefix<T> extends ByKey<T> {
  readonly #at: Prefixes<T>;

  constructor(key: Key, all: readonly T[], at: Prefixes<T>) {
    super(key, all);
    this.#at = at;
  }

  look(value: Known, frame: Frame, found: Found<T>): boolean {
    if (typeof value !== "string") return false;
    this.#at.collect(value, frame, found);
    return true;
  }
}

class ByRange<T> extends ByKey<T> {
  readonly #at: Intervals<T>;

  constructor(key: Key, all: readonly T[], at: Intervals<T>) {
    super(key, all);
    this.#at = at;
  }

  look(value: Known, _frame: Frame, found: Found<T>): boolean {
    if (typeof value !== "number") return false;
    this.#at.collect(value, found);
    return true;
  }
}
