import type { Json } from "../ir/json.js";
import { Silent } from "./source.js";

/** The segments of a JSON Pointer (RFC 6901). Throws `Silent` where it is none. */
export function segmentsOf(pointer: string): string[] {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer))
    throw new Silent("its look-up is not a JSON Pointer");
  return pointer
    .slice(1)
    .split("/")
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What stands there; null where nothing does. */
export function valueAt(root: Json, segments: readonly string[]): Json {
  let value: Json = root;
  for (const segment of segments) {
    if (typeof value !== "object" || value === null) return null;
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(segment)) return null;
    if (!Object.hasOwn(value, segment)) return null;
    value = (value as { [key: string]: Json })[segment] ?? null;
  }
  return value;
}
