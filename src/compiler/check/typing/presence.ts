import type { Expression, Reference } from "../../../syntax/ast.js";
import type { Env } from "./env.js";

/**
 * The key of a reference, or of its first `fields` fields: equal for two references that mean the same thing at the same place.
 * Calls are told apart by their arguments; spans are left out, and bound variables are told apart by their binding.
 */
export function keyOf(reference: Reference, fields: number, env: Env): string {
  return JSON.stringify(
    shape({ ...reference, fields: reference.fields.slice(0, fields) }, env),
    (key, value) => (key === "span" ? undefined : asShape(value, env)),
  );
}

function asShape(value: unknown, env: Env): unknown {
  const isReference =
    typeof value === "object" && value !== null && "kind" in value && value.kind === "Reference";
  return isReference ? shape(value as Reference, env) : value;
}

function shape(reference: Reference, env: Env): unknown[] {
  const { root, name, args, fields } = reference;
  const local = root === "name" && args === undefined ? env.locals.get(name.text) : undefined;
  return [
    root,
    local?.id ?? name.text,
    (args ?? null) as readonly Expression[] | null,
    fields.map((f) => f.text),
  ];
}
