import { delegateTool } from "../../../ir/policy.js";
import { type FieldIr, showType } from "../../../ir/type.js";
import type { CheckContext, Rule } from "../../program.js";
import { isEnum } from "../../types.js";
import { commission } from "./snippets.js";
import { type Found, listed, quote } from "./support/found.js";

/** What a delegation can say, and in which type. */
const parameters: ReadonlyMap<string, string> = new Map([
  ["tier", "string"],
  ["brief", "string"],
  ["tools", "list<string>"],
  ["carries", "list<string>"],
  ["narrowing", "string"],
  ["depth", "int"],
  ["expires", "time"],
]);

const delegating = (parameter: string): string =>
  commission({
    tools: `tool delegate(brief: string, ${parameter})`,
    scope: `
      permit delegate serving summarise
        when length(brief) <= 2_000`,
    reversibility: "treat delegate as read",
  });

export const delegateSignature: Rule = {
  code: "check/delegate-signature",
  severity: "error",
  summary: "the tool `delegate` has a `brief`, and else only what a delegation can say",
  why:
    "`delegate` hands the commission down, and its arguments say what: `brief: string`, and as far as the policy allows it to be said, " +
    "`tier: string`, `tools: list<string>`, `carries: list<string>`, `narrowing: string`, `depth: int` and `expires: time`. Another " +
    "name or type would be taken for a bound and bind nothing.",
  avoid: delegating("tool?: string"),
  prefer: delegating("tools?: list<string>"),
  *check({ program }: CheckContext): Iterable<Found> {
    const tool = program.symbols.tools.get(delegateTool);
    if (tool === undefined) return;
    const { span } = tool.line?.name ?? tool;
    const brief = tool.params.find(({ name }) => name === "brief");
    if (brief === undefined || brief.optional === true)
      yield {
        message: "the tool `delegate` needs a `brief: string`",
        span,
        help: "add `brief: string`: what the receiver is told",
      };
    for (const param of tool.params) {
      const wanted = parameters.get(param.name);
      if (wanted === undefined)
        yield {
          message: `a delegation says nothing by ${quote(param.name)}`,
          span,
          help: `it may say ${listed([...parameters.keys()])}`,
        };
      else if (!fits(param, wanted))
        yield {
          message: `${quote(param.name)} of \`delegate\` is ${quote(showType(param.type))}, and must be ${quote(wanted)}`,
          span,
          help: `write \`${param.name}: ${wanted}\``,
        };
    }
  },
};

/** A tier may be one of a few that are written out. */
const fits = ({ name, type, sensitive }: FieldIr, wanted: string): boolean =>
  sensitive !== true && (showType(type) === wanted || (name === "tier" && isEnum(type)));
