import { loadPolicyFile, type PolicyIr } from "../index.js";
import { diagnosticsText, isUnreadable } from "./diagnostics.js";
import type { Terminal } from "./terminal.js";

/** A policy to work with, and the folder where its locators start; or why there is none, which has been told on stderr. */
export type ToldPolicy =
  | { readonly policy: PolicyIr; readonly root: string }
  | { readonly policy: null; readonly unreadable: boolean };

/** Loads a policy in source or built, and tells what is wrong with it; of one without an error nothing is told. */
export async function loadTold(file: string, { err }: Terminal): Promise<ToldPolicy> {
  const loaded = await loadPolicyFile(file);
  if (loaded.policy !== null) return { policy: loaded.policy, root: loaded.root };
  const errors = loaded.diagnostics.filter((one) => one.severity === "error");
  await err.write(diagnosticsText(errors, loaded.sources, err.color));
  return { policy: null, unreadable: isUnreadable(loaded) };
}
