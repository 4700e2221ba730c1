import type { Json } from "../ir/json.js";
import type { PolicyIr, ToolIr } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import { printPredicate } from "../ir/print-predicate.js";
import { namesOfTypes } from "../ir/print-types.js";
import type { FieldIr, TypeIr } from "../ir/type.js";

/** What cannot be said as a line of a policy; the message is a sentence for a person. */
export class Unsayable extends Error {
  override readonly name = "Unsayable";
}

/** In characters: a text that is longer is no part of a policy. */
const longestText = 500;

/** The condition that holds of exactly these arguments, in the language. Throws an Unsayable where none says it. */
export function pinnedText(policy: PolicyIr, tool: ToolIr, args: { readonly [name: string]: Json }): string {
  const parts = pinnedFields(["arg"], tool.params, args);
  const text = printPredicate(parts.length === 0 ? true : { and: parts }, namesOfTypes(policy, [tool.name]));
  if (text === undefined)
    throw new Unsayable(`the arguments of \`${tool.name}\` cannot be written in a policy`);
  return text;
}

function pinnedFields(
  path: readonly string[],
  fields: readonly FieldIr[],
  values: { readonly [name: string]: Json },
): Predicate[] {
  return fields.flatMap((field): Predicate[] => {
    const read: Predicate = { val: [...path, field.name] };
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (field.sensitive)
      throw new Unsayable(`\`${field.name}\` is sensitive: what it is belongs in no policy`);
    if (value === undefined) return [{ "!": [{ has: [read] }] }];
    const pinned = pinnedValue([...path, field.name], field.type, value);
    return field.optional ? [{ has: [read] }, ...pinned] : pinned;
  });
}

function pinnedValue(path: readonly string[], type: TypeIr, value: Json): Predicate[] {
  const read: Predicate = { val: [...path] };
  if (typeof type === "object" && "record" in type)
    return pinnedFields(path, type.record, value as { readonly [name: string]: Json });
  if (typeof type === "object" && "list" in type) return pinnedList(path, read, value as readonly Json[]);
  return [{ "===": [read, scalar(path, value)] }];
}

/** As many elements, and of each value as many: whatever their order. */
function pinnedList(path: readonly string[], read: Predicate, values: readonly Json[]): Predicate[] {
  const counts = new Map<Predicate, number>();
  for (const value of values) {
    const one = scalar(path, value);
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const each = [...counts].map(
    ([one, count]): Predicate =>
      count === 1
        ? { in: [one, read] }
        : { "===": [{ tally: ["element", [read], { "===": [{ val: ["local", "element"] }, one] }] }, count] },
  );
  return [{ "===": [{ count: [read] }, values.length] }, ...each];
}

function scalar(path: readonly string[], value: Json): boolean | number | string {
  if (typeof value === "object")
    throw new Unsayable(`\`${path.slice(1).join(".")}\` holds what no condition compares`);
  if (typeof value === "string" && value.length > longestText)
    throw new Unsayable(
      `\`${path.slice(1).join(".")}\` has ${value.length} characters, more than ${longestText}: too long for a policy`,
    );
  return value;
}
