import { isZone } from "../ir/value.js";

/** So many names are remembered. */
const most = 1_000;
const known = new Map<string, boolean>();

/** `isZone`, which takes as long as checking ten rules, asked once for each name. */
export function isKnownZone(name: string): boolean {
  const found = known.get(name) ?? isZone(name);
  if (known.size >= most) known.clear();
  known.set(name, found);
  return found;
}
