import { open, readFile } from "node:fs/promises";
import { reasonOf, readPrivateKey } from "../../index.js";
import { couldNotRun } from "../failure.js";

/** No file with a key is longer, in characters. */
const longestKey = 10_000;

/** Reads a private key; where there is none, or another kind of one, the command ends. */
export async function privateKeyFrom(file: string): Promise<ReturnType<typeof readPrivateKey>> {
  const pem = await textOf(file);
  try {
    return readPrivateKey(pem);
  } catch {
    throw couldNotRun(`\`${file}\` holds no private Ed25519 key in PEM: make one with \`reshimu trace key\``);
  }
}

/** A public key as it is written, or from a file. */
export async function publicKeyFrom(key: string): Promise<string> {
  return key.startsWith("ed25519:") ? key : (await textOf(key)).trim();
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).slice(0, longestKey);
  } catch (error) {
    throw couldNotRun(`cannot read \`${file}\`: ${reasonOf(error)}`);
  }
}

/** Writes a file that is for its owner alone, and not there yet. */
export async function writeSecret(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw couldNotRun(
      isThere
        ? `\`${file}\` is there already: a key is never overwritten`
        : `cannot write \`${file}\`: ${reasonOf(error)}`,
    );
  }
}
