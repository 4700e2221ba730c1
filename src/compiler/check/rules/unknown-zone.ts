import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { CheckContext, Rule } from "../../program.js";
import { isKnownZone } from "../../zones.js";
import { type Found, quote } from "./support/found.js";

export const unknownZone: Rule = {
  code: "check/unknown-zone",
  severity: "error",
  summary: "a zone is named as the IANA time zone database names it",
  why:
    "The zone decides what `hour` and `weekday` are and what a local time means, summer time included. A colloquial name " +
    "such as `Berlin time` is no zone, and an offset such as `+01:00` is wrong for half of the year.",
  avoid: `policy notes.rules zone "Europe/Berln"
`,
  prefer: `policy notes.rules zone "Europe/Berlin"
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { document } of program.units) {
      const zone = document.kind === "Policy" ? document.header?.zone : undefined;
      if (zone === undefined || isNamedZone(zone.value)) continue;
      const close = didYouMean(zone.value, Intl.supportedValuesOf("timeZone"));
      yield {
        message: `unknown time zone ${quote(zone.value)}`,
        span: zone.span,
        label: "not in the IANA database",
        help:
          close === undefined
            ? 'write a name such as `"Europe/Berlin"` or `"UTC"`'
            : `did you mean ${quote(close)}?`,
      };
    }
  },
};

/** Newer runtimes take offsets for zones too; those have no summer time and are not meant. */
const isNamedZone = (name: string): boolean => /^[A-Za-z]/.test(name) && isKnownZone(name);
