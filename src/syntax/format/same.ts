import type { Parsed } from "../parse.js";

/** What was lost or changed from one text to another, in a few words; undefined where they say the same with the same comments. */
export function difference<T>(one: Parsed<T>, other: Parsed<T>): string | undefined {
  const [broken] = other.diagnostics.filter(({ severity }) => severity === "error");
  if (broken !== undefined) return `the formatted text would not be read: ${broken.message}`;
  if (!sameComments(one, other)) return "a comment would be lost or moved past another one";
  return sameTree(one.document, other.document) ? undefined : "the formatted text would mean something else";
}

function sameComments<T>({ comments }: Parsed<T>, other: Parsed<T>): boolean {
  if (comments.length !== other.comments.length) return false;
  return comments.every(({ text }, index) => text.trimEnd() === other.comments[index]?.text.trimEnd());
}

/** Whether two trees are the same but for places. As deep as the reader lets texts nest, and no deeper. */
function sameTree(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  return keys.every((key) => key === "span" || sameTree(a[key], b[key]));
}
