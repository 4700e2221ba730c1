import { commission, type Parts } from "../../../src/compiler/check/rules/snippets.js";

/** What an entry is given to; `targets/` says how. */
export const targetNames = [
  "policies",
  "narrowings",
  "ir",
  "proposals",
  "records",
  "json",
  "tools",
  "outputs",
] as const;
export type TargetName = (typeof targetNames)[number];

/** A large entry, made when it is needed. */
export interface Recipe {
  readonly target: TargetName;
  /** What it attacks. */
  readonly name: string;
  /** About so many characters of it. */
  make(size: number): string;
}

export type Make = Recipe["make"];
export type Unit = string | ((index: number) => string);

/** `unit` as often as fits between `before` and `after`, at least once. */
export function filled(size: number, before: string, unit: Unit, after = ""): string {
  const parts = [before];
  let left = size - before.length - after.length;
  for (let index = 0; index === 0 || left > 0; index += 1) {
    const part = typeof unit === "string" ? unit : unit(index);
    left -= part.length;
    if (left >= 0 || index === 0) parts.push(part);
  }
  parts.push(after);
  return parts.join("");
}

/** `open` and `close` around `core`, as often as fits. */
export function nested(size: number, open: string, core: string, close: string): string {
  const times = Math.max(1, Math.floor((size - core.length) / (open.length + close.length)));
  return `${open.repeat(times)}${core}${close.repeat(times)}`;
}

const mark = "@HERE@";

/** A sound policy; `text` gives what stands at the place of `mark` in one of its parts. */
export function within(part: keyof Parts, text: Make, around = mark): Make {
  const [before, after] = commission({ [part]: around }).split(mark) as [string, string];
  return (size) => `${before}${text(Math.max(1, size - before.length - after.length))}${after}`;
}

/** As `within`: a part filled with `unit`. */
export const many = (part: keyof Parts, unit: Unit, around?: string): Make =>
  within(part, (size) => filled(size, "", unit), around);

/** A sound policy with one more condition, on `n: int`, `s: string`, `l: list<int>` and `p: path`. */
export function permitting(condition: Make): Make {
  const before = commission({
    tools: "tool t.x(n: int, s: string, l: list<int>, p: path, j: json)",
    scope: `forbid t.x serving restrain when ${mark}`,
  }).split(mark) as [string, string];
  return (size) =>
    `${before[0]}${condition(Math.max(1, size - before[0].length - before[1].length))}${before[1]}`;
}

/** Recipes of a target, by their names. */
export const recipesOf = (target: TargetName, makes: Readonly<Record<string, Make>>): Recipe[] =>
  Object.entries(makes).map(([name, make]) => ({ target, name, make }));
