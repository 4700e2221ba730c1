import type { Predicate } from "../../ir/predicate.js";
import type { Frame, Prepared } from "../frame.js";
import { isOpen, type Value } from "../value.js";
import type { Found, Index } from "./found.js";
import { Intervals } from "./intervals.js";
import { Prefixes } from "./prefixes.js";
import type { Selector } from "./selectors.js";

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

/** Indexes things by the selectors that tell most of them apart; but not once more by those of groups that were `used`. */
export function indexOf<T>(
  entries: readonly Entry<T>[],
  ways: Ways<T>,
  used: readonly string[] = [],
): Index<T> {
  const all = entries.map((entry) => entry.of);
  if (entries.length <= few || used.length === deepest) return new Plain(all);
  const { groups, rest } = divided(entries, used);
  const branches = groups.map((group) => branchOf(group, ways, used));
  if (rest.length > 0) branches.push(new Plain(rest.map((entry) => entry.of)));
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

/** The selectors of one group, over all that have one. INVARIANT: they are of one kind. */
type Group<T> = readonly Member<T>[];

/** By the names of the groups. */
function groupsOf<T>(entries: readonly Entry<T>[], used: readonly string[]): Map<string, Member<T>[]> {
  const groups = new Map<string, Member<T>[]>();
  for (const entry of entries)
    for (const selector of merged(entry.selectors)) {
      if (used.includes(selector.group)) continue;
      const members = groups.get(selector.group) ?? [];
      groups.set(selector.group, members);
      members.push({ entry, selector });
    }
  return groups;
}

/** One selector a group: of ranges what they have in common, else the first. */
function merged(selectors: readonly Selector[]): readonly Selector[] {
  if (selectors.length < 2) return selectors;
  const by = new Map<string, Selector>();
  for (const one of selectors) {
    const before = by.get(one.group);
    if (before === undefined) by.set(one.group, one);
    else if (before.kind === "range") {
      const { from, to } = one as Range;
      by.set(one.group, { ...before, from: Math.max(before.from, from), to: Math.min(before.to, to) });
    }
  }
  return [...by.values()];
}

/** Gives each entry to the group that finds fewest at a time; `rest` has none that tells it apart. */
function divided<T>(
  entries: readonly Entry<T>[],
  used: readonly string[],
): { groups: Group<T>[]; rest: Entry<T>[] } {
  const placed = new Set<Entry<T>>();
  const told = [...groupsOf(entries, used).values()]
    .map((members) => ({ members, found: foundBy(members) }))
    // One that finds most of what there is tells nothing apart.
    .filter(({ found }) => found <= entries.length / 2)
    .sort((a, b) => a.found - b.found);
  const groups: Group<T>[] = [];
  for (const { members } of told) {
    const free = members.filter(({ entry }) => !placed.has(entry));
    if (free.length <= few) continue;
    groups.push(free);
    for (const { entry } of free) placed.add(entry);
  }
  return { groups, rest: entries.filter((entry) => !placed.has(entry)) };
}

/** How many of a group one value finds, about. */
function foundBy<T>(members: Group<T>): number {
  const ranges: Range[] = [];
  const distinct = new Set<unknown>();
  let values = 0;
  for (const { selector } of members) {
    if (selector.kind === "range") ranges.push(selector);
    else {
      values += selector.to.length;
      for (const value of selector.to) distinct.add(value);
    }
  }
  return ranges.length > 0 ? foundInRanges(ranges) : values / Math.max(1, distinct.size);
}

type Range = Extract<Selector, { kind: "range" }>;
const samples = 8;

/** At some of the ends that are written down, on an average. */
function foundInRanges(ranges: readonly Range[]): number {
  const step = Math.max(1, Math.floor(ranges.length / samples));
  const at = ranges
    .filter((_, place) => place % step === 0)
    .map(({ from, to }) => (Number.isFinite(from) ? from : to));
  let found = 0;
  for (const value of at) for (const { from, to } of ranges) if (from <= value && value <= to) found += 1;
  return found / at.length;
}

function branchOf<T>(members: Group<T>, ways: Ways<T>, used: readonly string[]): Index<T> {
  const { key, kind, group } = (members[0] as Member<T>).selector;
  const all = members.map(({ entry }) => entry.of);
  const { value } = ways.ready(key);
  if (kind === "range") {
    const intervals = members.map(({ entry, selector }) => {
      const { from, to } = selector as Range;
      return { from, to, of: entry.of };
    });
    return new ByRange(value, all, new Intervals(intervals));
  }
  const parts = new Map<unknown, Index<T>>();
  const now = [...used, group];
  for (const [of, entries] of postingsOf(members, ways)) parts.set(of, indexOf(entries, ways, now));
  if (kind === "below") return new ByPrefix(value, all, new Prefixes(parts as Map<string, Index<T>>));
  return kind === "holds" ? new ByElement(value, all, parts) : new ByValue(value, all, parts);
}

/** What stands under each value of a group, less what is known of it there. */
function postingsOf<T>(members: Group<T>, ways: Ways<T>): Map<unknown, Entry<T>[]> {
  const postings = new Map<unknown, Entry<T>[]>();
  for (const { entry, selector } of members) {
    const { part } = selector;
    const known = part === undefined ? entry : { ...entry, of: ways.without(entry.of, part) };
    for (const value of (selector as Exclude<Selector, Range>).to) {
      const those = postings.get(value);
      if (those === undefined) postings.set(value, [known]);
      else those.push(known);
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
    this.#type = typeOf(at);
  }

  look(value: Known, frame: Frame, found: Found<T>): boolean {
    if (typeof value !== this.#type) return false;
    this.#at.get(value)?.collect(frame, found);
    return true;
  }
}

/** So many elements, and characters in them, that a quantifier which compares each is sure to have a result (work.ts). */
const mostElements = 1_000;
const mostText = 1_000_000;

class ByElement<T> extends ByKey<T> {
  readonly #at: ReadonlyMap<unknown, Index<T>>;
  readonly #type: string;

  constructor(key: Key, all: readonly T[], at: ReadonlyMap<unknown, Index<T>>) {
    super(key, all);
    this.#at = at;
    this.#type = typeOf(at);
  }

  look(value: Known, frame: Frame, found: Found<T>): boolean {
    if (!Array.isArray(value) || !this.#compares(value)) return false;
    for (const element of value) this.#at.get(element)?.collect(frame, found);
    return true;
  }

  /** Whether the comparison of each element has a result: of one of another type it has none. */
  #compares(elements: readonly unknown[]): boolean {
    if (elements.length > mostElements) return false;
    let text = 0;
    for (const element of elements) {
      if (typeof element !== this.#type) return false;
      if (typeof element === "string") text += element.length;
    }
    return text <= mostText;
  }
}

/** The type of what is looked up, which all of it has. */
function typeOf(at: ReadonlyMap<unknown, unknown>): string {
  const [first] = at.keys();
  return typeof first;
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
