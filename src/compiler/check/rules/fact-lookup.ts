import type * as Ast from "../../../syntax/ast.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import { readMcpLookup } from "../../../ir/locator.js";
import { readSql } from "../../../ir/sql.js";
import type { CheckContext, Rule } from "../../program.js";
import { isSourceKind, type Origin, originsOf, type SourceKind } from "./support/facts.js";
import { type Found, quote } from "./support/found.js";
import { isQuery, unnamedParameter, writes } from "./support/sql.js";

export const factLookup: Rule = {
  code: "check/fact-lookup",
  severity: "error",
  summary: "a look-up is what its source can answer, and uses each parameter of the fact",
  why:
    "A database is asked by one SELECT with `:name` for each parameter, a JSON file by a JSON Pointer with `{name}`, an MCP server " +
    "by the name of a tool, and a JSON Pointer into its answer. The names are the fact's parameters. One that the look-up leaves out is a question asked less narrowly " +
    "than it reads: the count of one region would be the count of all.",
  avoid: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note_count(week: int, author: string): int
    from archive "select count(*) from notes where week = :week"
}
`,
  prefer: `policy notes.facts

grounding {
  source archive is sqlite "./archive.db" trust 0.9

  fact note_count(week: int, author: string): int
    from archive "select count(*) from notes where week = :week and author = :author"
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const asked of originsOf(context)) {
      const { origin } = asked.source.node;
      if (origin.kind === "World" && isSourceKind(origin.type.text))
        yield* byKind[origin.type.text](asked, origin);
    }
  },
};

type Check = (asked: Origin, world: Ast.WorldOrigin) => Iterable<Found>;

const byKind: { readonly [K in SourceKind]: Check } = {
  sqlite: (asked) => sql(asked, "sqlite"),
  postgres: (asked) => sql(asked, "postgres"),
  json,
  http,
  mcp,
};

function* sql(asked: Origin, kind: "sqlite" | "postgres"): Generator<Found> {
  const { lookup } = asked.origin;
  if (lookup === undefined)
    return yield without(asked, 'a database is asked by a query: `from NAME "select …"`');
  const query = readSql(lookup.value);
  if (!isQuery(query)) {
    return yield wrong(
      asked,
      lookup,
      "is not a query",
      "begin it with `select` or `with`: a look-up only reads",
    );
  }
  if (query.code.includes(";")) {
    return yield wrong(asked, lookup, "has a `;`", "a look-up is one statement, and none ends it");
  }
  if (writes(query)) return yield wrong(asked, lookup, "writes", "a look-up only reads");
  const unnamed = unnamedParameter(query, kind);
  if (unnamed !== undefined) {
    return yield wrong(
      asked,
      lookup,
      `has ${quote(unnamed)}, which nothing fills in`,
      "write `:name` with a parameter of the fact",
    );
  }
  yield* bindings(asked, lookup, query.bound, (name) => `:${name}`);
}

function* json(asked: Origin): Generator<Found> {
  const { lookup } = asked.origin;
  if (lookup === undefined)
    return yield without(asked, 'a JSON file is asked by a JSON Pointer: `from NAME "/path/to/value"`');
  const pointer = lookup.value;
  if (pointer !== "" && !pointer.startsWith("/")) {
    return yield wrong(
      asked,
      lookup,
      "is not a JSON Pointer",
      "begin it with `/`, as in `/regions/{region}/count`",
    );
  }
  if (/~(?![01])/.test(pointer)) {
    return yield wrong(
      asked,
      lookup,
      "has a `~` that is not `~0` or `~1`",
      "in a JSON Pointer `~0` is a tilde and `~1` a slash",
    );
  }
  const bound = new Set([...pointer.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ""));
  yield* bindings(asked, lookup, [...bound], (name) => `{${name}}`);
}

function* http({ origin, source }: Origin, world: Ast.WorldOrigin): Generator<Found> {
  if (origin.lookup === undefined || world.locator.value.includes("{fact}")) return;
  yield {
    message: `the look-up has no place in the URL of ${quote(source.name)}`,
    span: origin.lookup.span,
    label: "replaces `{fact}`",
    related: [{ span: world.locator.span, text: "has no `{fact}`" }],
    help: "write `{fact}` where the look-up belongs, or take the look-up away",
  };
}

function* mcp(asked: Origin): Generator<Found> {
  const { lookup } = asked.origin;
  if (lookup === undefined)
    yield without(asked, 'an MCP server is asked by the name of a tool: `from NAME "tool"`');
  else if (readMcpLookup(lookup.value) === undefined)
    yield wrong(
      asked,
      lookup,
      "is not the name of a tool",
      "write its name, and behind a space a JSON Pointer into its answer if one is needed: `tool /path`",
    );
}

/** Every name the look-up binds is a parameter, and every parameter is bound. */
function* bindings(
  { fact }: Origin,
  lookup: Ast.Text,
  bound: readonly string[],
  show: (name: string) => string,
): Generator<Found> {
  const params = fact.params.map((param) => param.name.text);
  const strange = bound.filter((name) => !params.includes(name));
  const idle = fact.params.filter((param) => !bound.includes(param.name.text));
  for (const name of strange) {
    const close = didYouMean(name, params);
    yield {
      message: `fact ${quote(fact.name.text)} has no parameter for ${quote(show(name))}`,
      span: lookup.span,
      label: "asks for one",
      help:
        close === undefined
          ? "declare it among the fact's parameters"
          : `did you mean ${quote(show(close))}?`,
    };
  }
  // A misspelt name leaves its parameter idle: that is one slip.
  for (const param of strange.length > 0 ? [] : idle) {
    yield {
      message: `the look-up does not use parameter ${quote(param.name.text)}`,
      span: lookup.span,
      label: `has no ${quote(show(param.name.text))}`,
      related: [{ span: param.span, text: "not used" }],
      help: `narrow the look-up by ${quote(show(param.name.text))}, or take the parameter away`,
    };
  }
}

const without = ({ fact, origin, source }: Origin, help: string): Found => ({
  message: `fact ${quote(fact.name.text)} does not say what it asks of ${quote(source.name)}`,
  span: origin.span,
  label: "has no look-up",
  help,
});

const wrong = ({ fact }: Origin, lookup: Ast.Text, what: string, help: string): Found => ({
  message: `the look-up of fact ${quote(fact.name.text)} ${what}`,
  span: lookup.span,
  help,
});
