import { type LocatorProblem, readMcpLocator, readPostgresLocator } from "../../../ir/locator.js";
import { parseUrl } from "../../../ir/url.js";
import type { Text } from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

export const sourceLocator: Rule = {
  code: "check/source-locator",
  severity: "error",
  summary: "a source says where it is in the way of its kind: a file, a URL, the command of a server",
  why:
    "A source is asked while an agent waits. A locator that leads nowhere makes the source silent, and everything that rests on it " +
    "goes to a principal as a question that a look at the policy could have answered.",
  avoid: `policy notes.facts

grounding {
  source archive is http "archive.example/facts/{fact}" trust 0.9
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is http "https://archive.example/facts/{fact}" trust 0.9
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Source")) {
      if (node.origin.kind !== "World") continue;
      const { type, locator } = node.origin;
      const name = node.name.text;
      if (locator.value.trim() === "") {
        yield {
          message: `source ${quote(name)} does not say where it is`,
          span: locator.span,
          label: "empty",
          help: "write the path of a file, or a URL",
        };
      } else if (type.text === "http") yield* httpLocator(name, locator);
      else if (type.text === "postgres")
        yield* otherLocator("database", name, locator, readPostgresLocator(locator.value));
      else if (type.text === "mcp")
        yield* otherLocator(
          "server",
          name,
          locator,
          readMcpLocator(locator.value, () => "x"),
        );
    }
  },
};

function* httpLocator(name: string, { value, span }: Text): Generator<Found> {
  const other = value.match(/\{(?!fact\})[^}]*\}?/)?.[0];
  if (other !== undefined) {
    yield {
      message: `the URL of source ${quote(name)} has ${quote(other)}, which nothing fills in`,
      span,
      label: "only `{fact}` is filled in",
      help: "the parameters of a fact go into the query by themselves; write `{fact}` where its name belongs",
    };
    return;
  }
  const protocol = protocolOf(value.replaceAll("{fact}", "fact"));
  if (protocol === "http:" || protocol === "https:") return;
  yield {
    message: `source ${quote(name)} is not at an absolute http or https URL`,
    span,
    label: protocol === undefined ? "not a URL" : `begins with \`${protocol}\``,
    help: "write the whole URL, such as `https://archive.example/facts/{fact}`",
  };
}

function* otherLocator(
  what: string,
  name: string,
  { span }: Text,
  read: object | LocatorProblem,
): Generator<Found> {
  if (!("problem" in read)) return;
  const { problem, help } = read as LocatorProblem;
  yield { message: `the locator of ${what} ${quote(name)} ${problem}`, span, help };
}

const protocolOf = (url: string): string | undefined => parseUrl(url)?.protocol;
