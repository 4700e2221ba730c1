import { access, constants, open, realpath, rename, rm, stat } from "node:fs/promises";
import { reasonOf } from "../index.js";
import { couldNotRun } from "./failure.js";

/**
 * Writes a file as a whole or not at all: who reads meanwhile sees the old one. Of a file that is there the mode is kept, and a
 * link to one stays a link.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (found) => found.mode & 0o7777,
    () => undefined,
  );
  const draft = `${target}.${process.pid}.tmp`;
  try {
    // To be replaced, a file need not be writable: whoever made it read-only did not mean that.
    if (mode !== undefined) await access(target, constants.W_OK);
    const handle = await open(draft, "wx");
    try {
      await handle.writeFile(text);
      if (mode !== undefined) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw couldNotRun(`cannot write \`${file}\`: ${whyNot(error)}`);
  }
}

function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  // A file that is not there can be written, unless its folder is not there either.
  if (code === "ENOENT") return "there is no such folder";
  return code === "EACCES" ? "it may not be written" : reasonOf(error);
}
