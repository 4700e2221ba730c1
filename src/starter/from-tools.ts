import { type ImportedTool, importTools } from "../compiler/tools-import.js";
import type { FieldIr, TypeIr } from "../ir/type.js";
import { formatPolicy } from "../syntax/format/format.js";
import { reserved } from "../syntax/tokens.js";
import type { StarterFile } from "./templates.js";

export type Starter = { readonly files: readonly StarterFile[] } | { readonly error: string };

/**
 * A starter policy for the tools of an MCP `tools/list` answer, with the list beside it. What the list says of its tools makes
 * them graver and never milder: everything waits for a yes until the author gives it a milder class.
 */
export function starterFromTools(text: string): Starter {
  const imported = importTools(text);
  if (imported.error !== undefined) return { error: imported.error };
  const { tools } = imported;
  if (tools.length === 0) return { error: "it lists no tool" };
  const unwritable = tools
    .flatMap((tool) => [tool.name, ...namesIn(tool.params)])
    .find((one) => one.includes("`"));
  if (unwritable !== undefined) return { error: "it has a name with a backquote, which no policy can write" };
  const written = policyFor(tools);
  // Where it does not parse, whoever checks the text is told why.
  const formatted = formatPolicy({ file: "policy.reshimu", text: written });
  return {
    files: [
      { name: "policy.reshimu", text: formatted.ok ? formatted.text : written },
      { name: "tools.json", text: text.endsWith("\n") ? text : `${text}\n` },
    ],
  };
}

function policyFor(tools: readonly ImportedTool[]): string {
  const reading = tools.filter((tool) => tool.readOnly);
  return `policy mcp.agent extends "std/mcp-defaults.reshimu"

// Everything here waits for a yes until you say otherwise. Go through it from above: say what the agent is for, take away what it does
// not need, bound what it may do, and give a milder class to what may go on by itself.

intent {
  look     "Say here what the agent is to find out."
  act      "Say here what it is to do."
  restrain "Say here what it is to leave alone."
}

tools "./tools.json"

scope {
${permitsFor(tools, reading)}
  forbid * serving restrain
    when calls(*) >= 100
    because "so much in one session was not meant"
}

grounding {
${groundsFor(tools)}
  unsupported at most 1
}

reversibility {
${treatsFor(reading)}
  otherwise permanent
}

discernment {
  threshold 0.30
  escalate owner within 4h
}
${testsFor(tools)}`;
}

function* namesIn(fields: readonly FieldIr[]): Generator<string> {
  for (const { name: field, type } of fields) {
    yield field;
    let inner = type;
    while (typeof inner === "object" && "list" in inner) inner = inner.list;
    if (typeof inner === "object" && "record" in inner) yield* namesIn(inner.record);
  }
}

/** A name, in backquotes where it needs them. */
const name = (text: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !reserved.has(text) ? text : `\`${text}\``;

const refOf = ({ name: tool }: Pick<ImportedTool, "name">): string => {
  const parts = tool.split(".");
  return parts.includes("") ? name(tool) : parts.map(name).join(".");
};

/** One permit a tool, so that a review sees each go. A bullet that no group serves is served by the other. */
function permitsFor(tools: readonly ImportedTool[], reading: readonly ImportedTool[]): string {
  const mixed = reading.length > 0 && reading.length < tools.length;
  const bulletsOf = (tool: ImportedTool): string =>
    mixed ? (reading.includes(tool) ? "look" : "act") : "look, act";
  return tools.map((tool) => `  permit ${refOf(tool)} serving ${bulletsOf(tool)}`).join("\n");
}

/** A class is the author's to give: a server that calls its tool harmless is quoted, and not believed. */
function treatsFor(reading: readonly ImportedTool[]): string {
  if (reading.length === 0) return "  // Where something may go on by itself: treat TOOL as undoable";
  return [
    "  // The server says that these only read. Where you believe it, take the slashes away.",
    ...reading.map((tool) => `  // treat ${refOf(tool)} as read`),
  ].join("\n");
}

/** Parameters that say who, where or which: those are traced (language.md, *Expressions*). */
const steering =
  /(?:^|[_-]|[a-z](?=[A-Z]))(?:id|key|name|path|file|to|url|uri|email|user|owner|repo|account|channel|recipient|table|branch|bucket|database)s?$/i;

const isSteering = ({ name: param, type, optional }: FieldIr): boolean =>
  type === "string" && optional !== true && steering.test(param);

/** What steers a tool that writes comes from the intent, the owner, or what tools returned, and is not made up. */
function groundsFor(tools: readonly ImportedTool[]): string {
  const lines = tools
    .filter((tool) => !tool.readOnly)
    .flatMap((tool) => {
      const traced = tool.params
        .filter(isSteering)
        .map((param) => `${name(param.name)} traced to [intent, owner, answers]`);
      return traced.length === 0
        ? []
        : [`  ground ${refOf(tool)} on situation\n    ${traced.join("\n    and ")}`];
    });
  const source = "  source answers is tool * trust 0.6\n";
  return lines.length > 0 ? `${source}\n${lines.join("\n")}` : loop;
}

/** A check that every policy can make, where nothing is traced. */
const loop = `  ground * on situation
    calls(*, 1m) < 30
    because "so much in a minute is a loop"`;

/** A word that the owner says in the tests, and that nobody says otherwise. */
const word = "alpha";

function testsFor(tools: readonly ImportedTool[]): string {
  const [tool] = tools;
  if (tool === undefined) return "";
  const call = `${refOf(tool)}(${argumentsOf(tool.params)})`;
  return `
test "nothing is done without a yes" {
  said owner "Go on with ${word}."
  propose ${call}
  expect confirm from reversibility
  confirmed by owner
  expect authorize
}

test "a tool that the list does not have is outside" {
  propose ${refOf({ name: unlisted(tools) })}()
  expect return from scope
}
`;
}

/** A name that no tool of the list has. */
function unlisted(tools: readonly ImportedTool[]): string {
  const taken = new Set(tools.map((tool) => tool.name));
  let free = "not_listed";
  while (taken.has(free)) free += "_";
  return free;
}

const argumentsOf = (params: readonly FieldIr[]): string =>
  params
    .filter(({ optional }) => optional !== true)
    .map((param) => `${name(param.name)}: ${sampleOf(param.type)}`)
    .join(", ");

/** A value of a type as a test writes it. */
function sampleOf(type: TypeIr): string {
  if (type === "bool") return "false";
  if (type === "int") return "1";
  if (type === "decimal") return "1.0";
  if (typeof type === "string") return JSON.stringify(word);
  if ("enum" in type) return JSON.stringify(type.enum[0] ?? word);
  if ("list" in type) return "[]";
  return `{ ${argumentsOf(type.record)} }`;
}
