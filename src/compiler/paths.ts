/** The package's own policies; a path that begins so is resolved by `Files` (language.md, *Declarations*). */
export const standard = "std/";

/** Whether a path is written from a root of its own: absolute, or a URL. */
export const isRooted = (path: string): boolean =>
  path.startsWith("/") || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path);

/** The folder a file stands in, `""` for the current one. */
export function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "" : slash === 0 ? "/" : file.slice(0, slash);
}

/** The path that `written` means in a file of `folder`: POSIX, normalised; `std/…` and rooted paths keep their start. */
export function resolvePath(folder: string, written: string): string {
  if (written.startsWith(standard) || isRooted(written)) return normalise(written);
  const path = normalise(folder === "" ? written : `${folder}/${written}`);
  // A folder of the user's that happens to be called `std` is not the package's.
  return path.startsWith(standard) && !folder.startsWith("std") ? `./${path}` : path;
}

/** The path of a file as read from `folder`, so that `resolvePath(folder, result)` is the file. */
export function relativePath(folder: string, file: string): string {
  if (file.startsWith(standard) || file.startsWith("/") !== folder.startsWith("/")) return file;
  const from = segments(folder);
  const to = segments(file);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = from.slice(shared);
  // Where the folder begins above the current one, the way back is not known.
  if (up.includes("..")) return file;
  return [...up.map(() => ".."), ...to.slice(shared)].join("/");
}

function normalise(path: string): string {
  if (isRooted(path) && !path.startsWith("/")) return path;
  const root = path.startsWith("/") ? "/" : "";
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (root === "") kept.push("..");
  }
  return root + kept.join("/");
}

const segments = (path: string): string[] =>
  path.split("/").filter((segment) => segment !== "" && segment !== ".");
