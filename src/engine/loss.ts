import type { Descent } from "../ir/knowledge.js";

/** Where on the way down something was lost, a clause; undefined where no delegation kept it back. */
export function lossText({ hops }: Descent, thing: string): string | undefined {
  const lost = hops.flatMap((hop) => hop.withheld.filter((one) => one.thing === thing))[0];
  if (lost === undefined) return undefined;
  return lost.by === "boundary"
    ? `it was lost at the boundary \`${lost.at}\``
    : `the delegation of \`${lost.at}\` left it out`;
}
