import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { openingMatches, withoutEscapes } from "../support/patterns.js";

const policy = (condition: string): string =>
  commission({
    scope: `
      permit notes.read serving read
        when ${condition}`,
  });

export const prefixWithoutSlash: Rule = {
  code: "lint/prefix-without-slash",
  severity: "warning",
  summary: "the prefix of a path ends with a slash",
  why:
    "`/archive*` is the folder `/archive` with all in it, and `/archive-of-others` too. `within` goes by whole segments, and reads " +
    "as what is meant.",
  avoid: policy('path like "/archive*"'),
  prefer: policy('path within "/archive"'),
  *check(context: CheckContext): Iterable<Found> {
    for (const { node, type } of openingMatches(context)) {
      if (node.operator !== "like" || type !== "path") continue;
      const prefix = /^([^*]*[\p{L}\p{N}])\*$/u.exec(withoutEscapes(node.pattern.value))?.[1];
      if (prefix === undefined) continue;
      yield {
        message: `${quote(node.pattern.value.slice(0, 100))} is also the beginning of other names beside ${quote(prefix.slice(0, 100))}`,
        span: node.pattern.span,
        label: "ends within a name",
        help: `write \`within "${prefix.slice(0, 100)}"\`, or put the slash before the star`,
      };
    }
  },
};
