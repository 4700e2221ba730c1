import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { isHost, type Matched, openingMatches, withoutEscapes } from "../support/patterns.js";

const policy = (condition: string): string =>
  commission({
    tools: "tool mail.send(to: email, body: string)",
    scope: `
      permit mail.send serving summarise
        when ${condition}`,
  });

export const looseGlob: Rule = {
  code: "lint/loose-glob",
  severity: "warning",
  summary: "a glob that lets something through matches no more than it says",
  why:
    "A star is any run of characters, dots, slashes and at signs among them. `*acme.example` is also `evil-acme.example`, " +
    "`https://acme.example*` also `https://acme.example.evil.test`, and `/a/*/b` has any number of folders in its middle.",
  avoid: policy('to like "*acme.example"'),
  prefer: policy('to like "*@acme.example"'),
  *check(context: CheckContext): Iterable<Found> {
    for (const one of openingMatches(context)) {
      const slip = one.node.operator === "like" ? slipOf(one) : undefined;
      if (slip === undefined) continue;
      yield {
        message: `${quote(one.node.pattern.value.slice(0, 100))} matches more than it says: ${slip.why}`,
        span: one.node.pattern.span,
        label: slip.label,
        help: slip.help,
      };
    }
  },
};

interface Slip {
  readonly why: string;
  readonly label: string;
  readonly help: string;
}

function slipOf({ node, type }: Matched): Slip | undefined {
  const glob = withoutEscapes(node.pattern.value);
  if ((type === "email" || isHost(node)) && /^\*[\p{L}\p{N}]/u.test(glob))
    return {
      why: "a longer name may end so too",
      label: "also the end of other names",
      help: `put ${type === "email" ? "`@` or `.`" : "a `.`"} behind the star`,
    };
  if (type === "url" && /^\*.*\//.test(glob))
    return {
      why: "any other host may stand before it",
      label: "also a path on other hosts",
      help: "write the scheme and host out, or compare `host(…)`",
    };
  if (type === "url" && /^[^*/]+:\/\/[^/*]+\*/.test(glob))
    return {
      why: "the host may go on behind it",
      label: "also the beginning of other hosts",
      help: "put a `/` before the star, or write `within`",
    };
  if (type === "path" && /[^*]\/\*\/(?!\*?$)/.test(glob))
    return {
      why: "the star takes slashes too",
      label: "any number of folders",
      help: "for one folder write `matches` with `[^/]+`, or bound the path by `within`",
    };
  return undefined;
}
