import { open, rename, rm, stat } from "node:fs/promises";
import { reasonOf } from "../index.js";
import { couldNotRun } from "./failure.js";

/** Writes a file as a whole or not at all: who reads meanwhile sees the old one. Who may read and write it stays as it was. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(draft, "wx");
    try {
      const mode = await modeOf(file);
      if (mode !== undefined) await handle.chmod(mode);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw couldNotRun(`cannot write \`${file}\`: ${whyNot(error)}`);
  }
}

const modeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );

/** A file that is not there can be written, unless its folder is not there either. */
const whyNot = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such folder" : reasonOf(error);
