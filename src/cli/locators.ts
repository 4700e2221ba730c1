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

/** The URL of a database with the files that it names; a locator that is none stays as it is. */
function movedCertificates(locator: string, moved: (file: string) => string): string {
  if (!/[?&]ssl(?:rootcert|cert|key)=/.test(locator)) return locator;
  try {
    const url = new URL(locator);
    for (const name of ["sslrootcert", "sslcert", "sslkey"]) {
      const file = url.searchParams.get(name);
      if (file !== null) url.searchParams.set(name, moved(file));
    }
    return url.href;
  } catch {
    return locator;
  }
}

/** Absolute, or no path at all (`:memory:`). */
const isFixed = (locator: string): boolean => path.isAbsolute(locator) || locator.startsWith(":");
