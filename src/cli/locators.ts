import path from "node:path";
import type { PolicyIr } from "../index.js";

/** The kinds of sources whose locator is a path. */
const fileKinds: readonly string[] = ["sqlite", "json"];

/** The policy with its relative locators, which start at `from`, written so that they start at `to` and mean the same files. */
export function movedLocators(policy: PolicyIr, from: string, to: string): PolicyIr {
  if (path.resolve(from) === path.resolve(to)) return policy;
  const moved = (file: string): string =>
    isFixed(file) ? file : path.relative(to, path.resolve(from, file)).split(path.sep).join("/");
  const sources = policy.sources.map((source) => {
    if (source.kind === "postgres") return { ...source, locator: movedCertificates(source.locator, moved) };
    if (source.kind === "tool" || !fileKinds.includes(source.kind)) return source;
    return { ...source, locator: moved(source.locator) };
  });
  return { ...policy, sources };
}

/** The URL of a database with the files that it names. */
function movedCertificates(locator: string, moved: (file: string) => string): string {
  if (!URL.canParse(locator)) return locator;
  const url = new URL(locator);
  const named = ["sslrootcert", "sslcert", "sslkey"].filter((name) => url.searchParams.has(name));
  for (const name of named) url.searchParams.set(name, moved(url.searchParams.get(name) ?? ""));
  return named.length === 0 ? locator : url.href;
}

/** Absolute, or no path at all (`:memory:`). */
const isFixed = (locator: string): boolean => path.isAbsolute(locator) || locator.startsWith(":");
