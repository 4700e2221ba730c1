/** Whether a tool is covered by one of the patterns: a name, a prefix with a star at its end, or `*`. */
export function covers(patterns: readonly string[], tool: string): boolean {
  return patterns.some(
    (pattern) => pattern === tool || (pattern.endsWith("*") && tool.startsWith(pattern.slice(0, -1))),
  );
}
