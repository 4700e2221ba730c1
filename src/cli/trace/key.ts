import { rm } from "node:fs/promises";
import { newKey } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";
import { writeSecret } from "./key-files.js";

/** `reshimu trace key FILE`: a key pair for checkpoints. */
export const keyCommand: AddCommand = (program, run, terminal) => {
  program
    .command("key")
    .summary("make a pair of keys for checkpoints")
    .description(
      "Writes a new private Ed25519 key (PEM) to FILE, and the public one to FILE.pub. Both are for their owner alone, and neither is ever overwritten.",
    )
    .argument("<file>", "where to write the private key")
    .addOption(formatOption("the files and the public key"))
    .addHelpText("after", "\nExample:\n  $ reshimu trace key /etc/reshimu/trace.pem")
    .action((file: string, { format }: { readonly format: Format }) =>
      run(() => make(file, format, terminal)),
    );
};

async function make(file: string, format: Format, { out }: Terminal): Promise<ExitCode> {
  const { pem, key } = newKey();
  const half = `${file}.pub`;
  await writeSecret(half, `${key}\n`);
  try {
    await writeSecret(file, pem);
  } catch (error) {
    // A public half without its private one would only mislead.
    await rm(half, { force: true });
    throw error;
  }
  await out.write(format === "json" ? jsonLine({ private: file, public: half, key }) : `${key}\n`);
  return ExitCode.Fine;
}
