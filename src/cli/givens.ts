import { didYouMean, type Json, type PolicyIr, readJson, showType } from "../index.js";
import { wronglyUsed } from "./failure.js";

type Given = NonNullable<PolicyIr["intent"]>["givens"][number];
type Type = Given["type"];

/**
 * `--given name=value` options as the values of a policy's givens. What does not fit its type ends the command, and says what would;
 * so does, with `all`, one that is missing and that nobody can be asked.
 */
export function givensFrom(
  written: readonly string[],
  policy: PolicyIr,
  { all }: { readonly all: boolean } = { all: true },
): { [name: string]: Json } {
  const givens = policy.intent?.givens ?? [];
  const values = Object.create(null) as { [name: string]: Json };
  for (const option of written) {
    const equals = option.indexOf("=");
    if (equals < 1) throw wronglyUsed(`\`--given ${option}\` says no value: write --given name=value`);
    const name = option.slice(0, equals);
    const given = givens.find((one) => one.name === name);
    if (given === undefined) throw unknownGiven(name, givens);
    values[name] = readValue(given, option.slice(equals + 1));
  }
  if (all) requireAll(givens, values);
  return values;
}

function unknownGiven(name: string, givens: readonly Given[]): Error {
  const near = didYouMean(
    name,
    givens.map((given) => given.name),
  );
  const advice =
    near !== undefined
      ? `did you mean \`${near}\`?`
      : givens.length === 0
        ? "the policy has no givens"
        : `the policy has ${givens.map((given) => `\`${given.name}\``).join(", ")}`;
  return wronglyUsed(`no given is called \`${name}\`\n${advice}`);
}

/** A session does not open without what nobody can be asked; all of it is told at once. */
function requireAll(givens: readonly Given[], values: { readonly [name: string]: Json }): void {
  const missing = givens.filter(
    (given) => given.value === undefined && given.asks === undefined && !Object.hasOwn(values, given.name),
  );
  if (missing.length === 0) return;
  const told = missing.map((given) => `\`${given.name}\` (${showType(given.type)})`).join(", ");
  const options = missing.map((given) => `--given ${given.name}=…`).join(" ");
  throw wronglyUsed(`the policy wants to be given ${told}\nadd ${options}`);
}

/** Text needs no quotes; all else is JSON. `option`: what it was written after. */
export function readValue(given: Given, text: string, option = `--given ${given.name}=`): Json {
  if (isText(given.type)) return text;
  const read = readJson(text);
  if (read.ok) return read.value;
  throw wronglyUsed(
    `\`${option}${text.slice(0, 100)}\`: \`${given.name}\` is of type \`${showType(given.type)}\`: write ${example(given.type)}`,
  );
}

const texts: readonly Type[] = ["string", "time", "duration", "path", "url", "email"];

const isText = (type: Type): boolean => texts.includes(type) || (typeof type === "object" && "enum" in type);

function example(type: Type): string {
  if (type === "bool") return "true or false";
  if (type === "int") return "such as 12";
  if (type === "decimal") return "such as 0.5";
  return typeof type === "object" && "list" in type
    ? "as a JSON list"
    : typeof type === "object"
      ? "as a JSON object"
      : "as JSON";
}
