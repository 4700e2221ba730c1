/**
 * A POSIX path in normal form, as the language means it: NFC, without empty, `.` and `..` segments. Undefined for what is no path:
 * empty, with a control character, or climbing above where it starts.
 */
export function normalPath(text) {
  if (text === "" || /\p{Cc}/u.test(text) || !text.isWellFormed()) return undefined;
  const kept = [];
  for (const segment of text.normalize("NFC").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.pop() === undefined) return undefined;
  }
  const joined = kept.join("/");
  return text.startsWith("/") ? `/${joined}` : joined || ".";
}
