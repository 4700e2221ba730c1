import type { CheckContext, Rule } from "../../../program.js";
import { parseUrl } from "../../../../ir/url.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

const policy = (url: string): string =>
  commission({
    grounding: `
      source disk is http "${url}" trust 0.9
      fact size(path: path): int from disk
      ground notes.write on fact
        size(path) == 0`,
  });

export const httpWithoutTls: Rule = {
  code: "lint/http-without-tls",
  severity: "warning",
  summary: "a source that is asked over a network is asked over TLS",
  why:
    "What decides whether an action is grounded comes over this line. Without TLS whoever sits on it writes the answer, and the trust " +
    "that stands behind the source is theirs. On this machine itself there is no such line.",
  avoid: policy("http://facts.example/{fact}"),
  prefer: policy("https://facts.example/{fact}"),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Source")) {
      const { origin } = node;
      if (origin.kind !== "World" || origin.type.text !== "http") continue;
      const host = hostOf(origin.locator.value);
      if (host === undefined || isLoopback(host)) continue;
      yield {
        message: `source ${quote(node.name.text)} is asked over http, without TLS`,
        span: origin.locator.span,
        label: `anybody between here and ${quote(host.slice(0, 100))} can answer`,
        help: "write `https://`",
      };
    }
  },
};

/** The host of an address without TLS. */
function hostOf(locator: string): string | undefined {
  const url = parseUrl(locator);
  return url?.protocol === "http:" ? url.hostname : undefined;
}

const isLoopback = (host: string): boolean =>
  host === "[::1]" || /(?:^|\.)localhost\.?$/.test(host) || /^127(?:\.\d+){3}$/.test(host);
