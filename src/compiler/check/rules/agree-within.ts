import type { CheckContext, Rule } from "../../program.js";
import { showType } from "../../../ir/type.js";
import { broken, typeOf } from "../../types.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

export const agreeWithin: Rule = {
  code: "check/agree-within",
  severity: "error",
  summary: "`agree within` stands with a number that two or more sources answer for",
  why:
    "It says how far apart two answers may be and still agree, as a share of the greater one. One source has nobody to agree with, " +
    "and of text, times or lists there is no share: those agree when they are equal.",
  avoid: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note_count(): int
    from archive "select count(*) from notes"
    agree within 0.01
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9
  source mirror  is http "https://mirror.example/facts/{fact}" trust 0.8

  fact note_count(): int
    from archive "select count(*) from notes"
    from mirror
    agree within 0.01
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Fact")) {
      if (node.agree === undefined) continue;
      const name = quote(node.name.text);
      const type = typeOf(node.type);
      if (node.from.length < 2) {
        yield {
          message: `fact ${name} has one source, which has nobody to agree with`,
          span: node.agree.span,
          label: "has no meaning here",
          help: "take `agree within` away, or add a second `from`",
        };
      } else if (type !== broken && type !== "int" && type !== "decimal" && type !== "duration") {
        yield {
          message: `fact ${name} is no number, so its sources cannot agree within a share`,
          span: node.agree.span,
          label: "has no meaning here",
          related: [{ span: node.type.span, text: `gives ${quote(showType(type))}` }],
          help: "take `agree within` away: such answers agree when they are equal",
        };
      }
    }
  },
};
