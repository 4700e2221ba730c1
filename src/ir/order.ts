/** By code unit and not by locale: what is sorted so is part of digests and reports, and the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
