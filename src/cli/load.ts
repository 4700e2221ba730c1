import { readFileSync } from "node:fs";
import path from "node:path";
import { openCache } from "../cache/folder.js";
import { PolicyCache } from "../cache/policies.js";
import { digestOfText, loadPolicyFile, type PolicyIr, policyPath } from "../index.js";
import { diagnosticsText, isUnreadable } from "./diagnostics.js";
import type { Terminal } from "./terminal.js";

/** A policy to work with, and the folder where its locators start; or why there is none, which has been told on stderr. */
export type ToldPolicy =
  | { readonly policy: PolicyIr; readonly root: string }
  | { readonly policy: null; readonly unreadable: boolean };

/** Loads a policy in source or built, and tells what is wrong with it; of one without an error nothing is told. */
export async function loadTold(file: string, { err }: Terminal): Promise<ToldPolicy> {
  const at = await policyPath(file);
  const cache = at.endsWith(".json") ? undefined : policyCache();
  const known = cache?.find(at);
  if (known !== undefined) return { policy: known, root: path.dirname(path.resolve(at)) };
  const read = new Map<string, string | null>();
  const loaded = await loadPolicyFile(file, {
    onLooked: (looked, text) => read.set(looked, text === undefined ? null : digestOfText(text)),
  });
  if (loaded.policy !== null) {
    cache?.keep(at, loaded.policy, read);
    return { policy: loaded.policy, root: loaded.root };
  }
  const errors = loaded.diagnostics.filter((one) => one.severity === "error");
  await err.write(diagnosticsText(errors, loaded.sources, err.color));
  return { policy: null, unreadable: isUnreadable(loaded) };
}

/** What was compiled before, by this build of the programme; undefined where it was not built, or where nothing is kept. */
function policyCache(): PolicyCache | undefined {
  try {
    const build = readFileSync(new URL("../build-id", import.meta.url), "utf8");
    const cache = openCache(process.env);
    return cache && new PolicyCache(cache, build);
  } catch {
    return undefined;
  }
}
