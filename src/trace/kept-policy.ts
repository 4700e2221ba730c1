import { policyDigest } from "../ir/digest.js";
import { loadPolicy } from "../ir/load.js";
import type { PolicyIr } from "../ir/policy.js";
import type { TraceStore } from "./store.js";

/**
 * The policy that records were made under; undefined where it is not kept (an export carries none), or what is kept under this
 * digest is no policy or another one.
 */
export async function keptPolicy(store: TraceStore, digest: string): Promise<PolicyIr | undefined> {
  const found = await store.policy(digest);
  if (found === undefined) return undefined;
  const loaded = loadPolicy(JSON.stringify(found));
  return loaded.ok && policyDigest(loaded.policy) === digest ? loaded.policy : undefined;
}
