import type { CheckContext, Rule } from "../../program.js";
import { functions } from "../typing/functions.js";
import { type Found, quote } from "./support/found.js";

export const ambiguousName: Rule = {
  code: "check/ambiguous-name",
  severity: "error",
  summary: "no name means two things in the same place",
  why:
    "`traced to` names sources and principals alike, and `intent` besides; a call names facts and the language's own functions. " +
    "If a source were called `owner` like a principal, what was read there could pass for what the owner said.",
  avoid: `policy notes.rules

principal owner "Head of the team"

tool notes.read(path: path)

grounding {
  source owner is tool notes.read trust 0.5
}
`,
  prefer: `policy notes.rules

principal owner "Head of the team"

tool notes.read(path: path)

grounding {
  source notes is tool notes.read trust 0.5
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    const { principals, sources, facts } = program.symbols;
    for (const [name, [source]] of sources) {
      const principal = principals.get(name)?.[0];
      if (source === undefined || principal === undefined) continue;
      yield {
        message: `${quote(name)} is a source and a principal, so \`traced to ${name}\` could mean either`,
        span: source.span,
        label: "a source",
        related: [{ span: principal.span, text: "a principal" }],
        help: "give the source another name",
      };
    }
    for (const [noun, declared] of [
      ["principal", principals.get("intent")],
      ["source", sources.get("intent")],
    ] as const) {
      const first = declared?.[0];
      if (first === undefined) continue;
      yield {
        message: `a ${noun} cannot be called \`intent\`, for \`traced to intent\` means what the principals commissioned`,
        span: first.span,
        label: "taken",
        help: `give the ${noun} another name`,
      };
    }
    for (const [name, [fact]] of facts) {
      if (fact === undefined || !functions.has(name)) continue;
      yield {
        message: `${quote(name)} is a function of the language, so a fact cannot be called so`,
        span: fact.span,
        label: "taken",
        help: "give the fact a name that says what is asked, such as `open_invoices`",
      };
    }
  },
};
