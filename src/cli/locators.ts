import path from "node:path";
import type { PolicyIr } from "../index.js";

/** The kinds of sources whose locator is a path. */
const fileKinds: readonly string[] = ["sqlite", "json"];

/** The policy with its relative locators, which start at `from`, written so that they start at `to` and mean the same files. */
export function movedLocators(policy: PolicyIr, from: string, to: string): PolicyIr {
  if (path.resolve(from) === path.resolve(to)) return policy;
  const sources = policy.sources.map((source) => {
    if (source.kind === "tool" || !fileKinds.includes(source.kind) || isFixed(source.locator)) return source;
    const moved = path.relative(to, path.resolve(from, source.locator));
    return { ...source, locator: moved.split(path.sep).join("/") };
  });
  return { ...policy, sources };
}

/** Absolute, or no path at all (`:memory:`). */
const isFixed = (locator: string): boolean => path.isAbsolute(locator) || locator.startsWith(":");
