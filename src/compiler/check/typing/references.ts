import type { FieldIr, TypeIr } from "../../../ir/type.js";
import type { Name, Reference } from "../../../syntax/ast.js";
import { definitionOf, parameterDefinition } from "../../names.js";
import type { DeclaredTool } from "../../program.js";
import { aType, broken, fieldsOf, fits, isRecord, sameType, typeOf } from "../../types.js";
import { type Env, type Found, nothing, plain, report, type Typer, unknownFound } from "./env.js";
import { counted, functions, functionType } from "./functions.js";
import { lookup, resolve, unknownName, visibleNames } from "./names.js";
import { keyOf } from "./presence.js";

/** What a root stands for; `optional` where it may be absent. */
interface Root {
  readonly type: TypeIr;
  readonly optional: boolean;
}

/** How a reference is read: `has` asks whether it is there; an absent list of a quantifier is empty. */
export type Reading = "value" | "has" | "list";

/** Types a reference; what may be absent must be known to be there (language.md, *Types and values*). */
export function inferReference(
  reference: Reference,
  env: Env,
  typer: Typer,
  reading: Reading = "value",
): Found {
  const root = rootOf(reference, env, typer);
  if (root === undefined || root.type === broken) return unknownFound;
  const path = followFields(root, reference, typer);
  if (path === undefined) return unknownFound;
  const keys = path.optional.map((fields) => keyOf(reference, fields, env));
  if (reading === "has") return foundHas(reference, keys, typer);
  if (reading === "value" && !keys.every((key) => env.present.has(key))) {
    const shown = showReference(reference);
    report(typer, "check/unguarded", reference.span, `${shown} may be absent here`, {
      label: "read without a guard",
      help:
        reference.args === undefined
          ? `write \`has ${shown.slice(1, -1)} and …\` before it`
          : "guard it by `has`",
    });
    return unknownFound;
  }
  return plain(path.type === broken ? undefined : path.type);
}

function foundHas(reference: Reference, keys: readonly string[], typer: Typer): Found {
  if (keys.length > 0) return { type: "bool", ifTrue: new Set(keys), ifFalse: nothing };
  const help =
    reference.root === "given"
      ? "a given that nobody supplied is unknown, not absent: read it as if it were there"
      : "take `has` away, or mark with `?` what may be absent";
  report(typer, "check/never-absent", reference.span, `${showReference(reference)} is never absent`, {
    help,
  });
  return unknownFound;
}

/** A reference as it is written, in backquotes for a message. */
export function showReference({ root, name, args, fields }: Reference): string {
  const start = root === "name" ? name.text : `${root}.${name.text}`;
  return `\`${[args === undefined ? start : `${start}(…)`, ...fields.map((f) => f.text)].join(".")}\``;
}

/** The type at the end of the fields, and after how many of them something may be absent. */
function followFields(
  root: Root,
  reference: Reference,
  typer: Typer,
): { readonly type: TypeIr; readonly optional: readonly number[] } | undefined {
  let type = root.type;
  const optional = root.optional ? [0] : [];
  for (const [index, name] of reference.fields.entries()) {
    if (type === broken) return undefined;
    if (!isRecord(type))
      return report(typer, "check/type-mismatch", name.span, `${aType(type)} has no field \`${name.text}\``, {
        help:
          type === "json"
            ? "the fields of json are not known here: only `traced to` reads it"
            : "only records have fields",
      });
    const names = type.record.map((candidate) => candidate.name);
    const field = type.record.find((candidate) => candidate.name === name.text);
    if (field === undefined)
      return unknownName(
        typer,
        "field",
        name.text,
        name.span,
        names,
        `its fields are ${names.map((n) => `\`${n}\``).join(", ")}`,
      );
    if (field.optional) optional.push(index + 1);
    type = field.type;
  }
  return { type, optional };
}

function rootOf(reference: Reference, env: Env, typer: Typer): Root | undefined {
  if (reference.args !== undefined) return callRoot(reference, env, typer);
  switch (reference.root) {
    case "given": {
      const given = resolve(typer.program.symbols.givens, reference.name, "given", env.unit, typer);
      return given && { type: typeOf(given.node.type), optional: false };
    }
    case "claim":
      return claimRoot(reference, env, typer);
    case "actor":
      return member(reference.name, "actor", actor, typer);
    case "session":
      return member(reference.name, "session", session, typer);
    case "name":
      return nameRoot(reference, env, typer);
  }
}

const actor: ReadonlyMap<string, TypeIr> = new Map<string, TypeIr>([
  ["id", "string"],
  ["roles", { list: "string" }],
  ["tier", "string"],
]);
const session: ReadonlyMap<string, TypeIr> = new Map<string, TypeIr>([
  ["id", "string"],
  ["instruction", "string"],
  ["trust", "decimal"],
]);

function member(
  name: Name,
  of: string,
  members: ReadonlyMap<string, TypeIr>,
  typer: Typer,
): Root | undefined {
  const type = members.get(name.text);
  if (type !== undefined) return { type, optional: false };
  const all = [...members.keys()];
  return unknownName(
    typer,
    `member of ${of}`,
    name.text,
    name.span,
    all,
    `it has ${all.map((m) => `\`${m}\``).join(", ")}`,
  );
}

function claimRoot(reference: Reference, env: Env, typer: Typer): Root | undefined {
  const { name } = reference;
  if (env.place !== "ground")
    return report(
      typer,
      "check/claim-outside-ground",
      reference.span,
      `claim \`${name.text}\` is read outside a \`ground\` line`,
      {
        help: "a claim is what the agent says of itself: let a `ground` line compare it with a fact",
      },
    );
  if (env.inFact)
    return report(
      typer,
      "check/claim-in-fact",
      reference.span,
      `claim \`${name.text}\` is an argument of a fact`,
      {
        help: "ask by arguments, givens and facts: what is asked must not depend on what is to be shown",
      },
    );
  const claim = resolve(typer.program.symbols.claims, name, "claim", env.unit, typer);
  return claim && { type: typeOf(claim.node.type), optional: false };
}

/** A call: a function of the language, or a fact. */
function callRoot(reference: Reference, env: Env, typer: Typer): Root | undefined {
  const { name, root } = reference;
  if (root !== "name")
    return report(typer, "check/type-mismatch", name.span, `\`${root}.${name.text}\` is not a function`);
  const signature = functions.get(name.text);
  if (signature !== undefined) {
    const type = functionType(reference, signature, env, typer);
    return type && { type, optional: false };
  }
  return factRoot(reference, env, typer);
}

function factRoot(reference: Reference, env: Env, typer: Typer): Root | undefined {
  const { name, args = [] } = reference;
  const { facts } = typer.program.symbols;
  const fact = lookup(facts, name.text, env.unit, typer);
  if (fact === undefined) {
    // A fact that is declared where it cannot be seen gets its own message; its arguments are typed all the same.
    if (facts.has(name.text)) resolve(facts, name, "fact", env.unit, typer);
    else
      unknownName(typer, "fact or function", name.text, name.span, [
        ...visibleNames(facts, env.unit, typer),
        ...functions.keys(),
      ]);
    for (const arg of args) typer.infer(arg, { ...env, inFact: true });
    return undefined;
  }
  typer.mention(name.span, () => [definitionOf("fact", fact)]);
  const params = fieldsOf(fact.node.params);
  const required = params.filter((param) => !param.optional).length;
  if (args.length < required || args.length > params.length)
    return report(
      typer,
      "check/wrong-arguments",
      reference.span,
      `fact \`${name.text}\` takes ${counted(params.length)}, not ${args.length}`,
      {
        related: [{ span: fact.span, text: "declared here" }],
      },
    );
  let whole = true;
  for (const [index, arg] of args.entries()) {
    const param = params[index];
    if (param === undefined) continue;
    const { type } = typer.infer(arg, { ...env, inFact: true }, param.type);
    if (type === undefined) whole = false;
    else if (!fits(type, param.type)) {
      whole = false;
      report(
        typer,
        "check/type-mismatch",
        arg.span,
        `\`${param.name}\` of fact \`${name.text}\` is ${aType(param.type)}, not ${aType(type)}`,
        {
          related: [{ span: fact.span, text: "declared here" }],
        },
      );
    }
  }
  return whole ? { type: typeOf(fact.node.type), optional: fact.node.optional } : undefined;
}

/** A bare name: a bound variable, the result of an undone action, or an argument of the tool. */
function nameRoot(reference: Reference, env: Env, typer: Typer): Root | undefined {
  const { text, span } = reference.name;
  const local = env.locals.get(text);
  if (local !== undefined) {
    typer.mention(span, () => [local.definition]);
    return local.type && { type: local.type, optional: false };
  }
  if (text === "result" && env.place === "undo" && reference.fields.length > 0) return undefined;
  typer.mention(span, () => env.tools.flatMap((tool) => parameterDefinition(tool, text) ?? []));
  const { first, lacking, other, optional } = argumentOf(env.tools, text);
  if (first === undefined) return env.toolsKnown ? unknownArgument(reference, env, typer) : undefined;
  if (lacking !== undefined)
    return report(
      typer,
      "check/unknown-name",
      span,
      `\`${lacking.name}\` has no parameter \`${text}\`, though this line speaks of it`,
      {
        related: [{ span: lacking.span, text: "declared here" }],
        help: "name only tools that have it, or write a line for each",
      },
    );
  const { type } = first.param;
  if (other !== undefined)
    return report(
      typer,
      "check/type-mismatch",
      span,
      `\`${text}\` is ${aType(type)} of \`${first.tool.name}\`, and ${aType(other.param.type)} of \`${other.tool.name}\``,
      {
        related: [{ span: other.tool.span, text: "declared here" }],
        help: "write a line for each of the tools",
      },
    );
  return { type, optional };
}

/** What a bare name means to the tools of a statement. */
interface Argument {
  /** The first tool that has it. */
  readonly first?: Having | undefined;
  /** The first that has not. */
  readonly lacking?: DeclaredTool | undefined;
  /** The first that has it of another type. */
  readonly other?: Having | undefined;
  readonly optional: boolean;
}

interface Having {
  readonly tool: DeclaredTool;
  readonly param: FieldIr;
}

/** By the list of tools: thousands of lines may speak of one pattern, which covers thousands of tools. */
const argumentsOf = new WeakMap<readonly DeclaredTool[], Map<string, Argument>>();

function argumentOf(tools: readonly DeclaredTool[], name: string): Argument {
  const known = argumentsOf.get(tools) ?? new Map<string, Argument>();
  argumentsOf.set(tools, known);
  const argument = known.get(name) ?? findArgument(tools, name);
  known.set(name, argument);
  return argument;
}

function findArgument(tools: readonly DeclaredTool[], name: string): Argument {
  const having = tools.flatMap((tool): Having[] => {
    const param = tool.params.find((one) => one.name === name);
    return param === undefined ? [] : [{ tool, param }];
  });
  const [first] = having;
  return {
    first,
    lacking: tools.find((tool) => !tool.params.some((param) => param.name === name)),
    other: first && having.find(({ param }) => !sameType(param.type, first.param.type)),
    optional: having.some(({ param }) => param.optional === true),
  };
}

function unknownArgument(reference: Reference, env: Env, typer: Typer): undefined {
  const { text, span } = reference.name;
  const { givens, claims } = typer.program.symbols;
  const qualified = lookup(givens, text, env.unit, typer)
    ? `given.${text}`
    : env.place === "ground" && lookup(claims, text, env.unit, typer)
      ? `claim.${text}`
      : undefined;
  const candidates = [...env.locals.keys(), ...env.tools.flatMap((tool) => tool.params.map((p) => p.name))];
  if (qualified !== undefined && !typer.lost(text))
    return report(typer, "check/unknown-name", span, `unknown name \`${text}\``, {
      help: `did you mean \`${qualified}\`?`,
    });
  const help =
    env.tools.length === 0
      ? "a bare name is an argument of the tool, and this line covers none"
      : "a bare name is an argument of the tool";
  return unknownName(typer, "name", text, span, candidates, help);
}
