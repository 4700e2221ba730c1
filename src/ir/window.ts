import type { PolicyIr } from "./policy.js";

/** The longest time (milliseconds) over which a limit counts the actions of all sessions; undefined: none does. */
export function longestWindow({ layers, classes }: PolicyIr): number | undefined {
  const windows = [
    ...layers.flatMap(({ scope }) => scope?.limits.map(({ per }) => per) ?? []),
    ...classes.flatMap(({ limit }) => limit?.per ?? []),
  ].filter((per) => per !== "session");
  return windows.length === 0 ? undefined : Math.max(...windows);
}
