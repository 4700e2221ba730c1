import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import {
  formatTime,
  keyText,
  misfitOf,
  readJson,
  readPrivateKey,
  reasonOf,
  type SignableWord,
  signWord,
  visible,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import type { Terminal } from "../terminal.js";

const examples = `
A word is one JSON object, as \`reshimu eval\` shows it with a decision and \`Session.word\` gives it. The key is an Ed25519
private key in PEM; \`openssl genpkey -algorithm ed25519 -out owner.pem\` makes one. What is signed is told on stderr.

Example:
  $ reshimu sign --key owner.pem word.json`;

/** `reshimu sign [WORD|-] --key FILE`: signs a principal's word. */
export const signCommand: AddCommand = (program, run, terminal) => {
  program
    .command("sign")
    .summary("sign a principal's word")
    .description("Reads a word as JSON, tells what it says, and prints the signature.")
    .argument("[word]", "a file with the word; - is stdin", "-")
    .requiredOption("--key <file>", "the principal's private key, in PEM")
    .addOption(formatOption("the signature, until when it counts, and the public key"))
    .addHelpText("after", examples)
    .action((word: string, options: { readonly key: string; readonly format: Format }) =>
      run(() => sign(word, options, terminal)),
    );
};

async function sign(
  file: string,
  { key: keyFile, format }: { readonly key: string; readonly format: Format },
  { out, err }: Terminal,
): Promise<ExitCode> {
  const key = readKey(keyFile);
  const word = wordFrom(await read(file), file);
  await err.write(`${visible(saidText(word))}\n`);
  const signature = signWord(word, key);
  const { expires } = word;
  await out.write(format === "text" ? `${signature}\n` : jsonLine({ signature, expires, key: keyText(key) }));
  return ExitCode.Fine;
}

/** INVARIANT: no message says what is in the file. */
function readKey(file: string): ReturnType<typeof readPrivateKey> {
  const pem = contentOf(file);
  try {
    return readPrivateKey(pem);
  } catch {
    throw wronglyUsed(`\`${file}\` is no Ed25519 private key in PEM, or it is locked with a password`);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw couldNotRun(`cannot read \`${file}\`: ${reasonOf(error)}`);
  }
}

const read = async (file: string): Promise<string> => (file === "-" ? text(process.stdin) : contentOf(file));

function wordFrom(json: string, file: string): SignableWord {
  const named = file === "-" ? "stdin" : `\`${file}\``;
  const parsed = readJson(json);
  if (!parsed.ok) throw wronglyUsed(`${named} holds no word: it ${parsed.problem}`);
  const misfit = misfitOf("word", parsed.value);
  if (misfit === undefined) return parsed.value as SignableWord;
  const where = misfit.path.join(".").slice(0, 100);
  throw wronglyUsed(
    `${named} holds no word${where === "" ? "" : `, for its \`${where}\``}: copy the whole object that \`reshimu eval\` shows`,
  );
}

/** What the signature says, for the one who gives it. */
function saidText(word: SignableWord): string {
  const until = `until ${formatTime(word.expires) ?? "for ever"}`;
  const where = `in session ${JSON.stringify(word.session)}`;
  switch (word.kind) {
    case "confirm":
      return `${word.by} says ${word.answer ? "yes" : "no"} to the decision ${word.decided}, ${where}, ${until}`;
    case "rule":
      return `${word.by} answers ${word.question} with ${JSON.stringify(word.answer)}, ${where}, ${until}`;
    case "said":
      return `${word.by} says ${JSON.stringify(word.text)}, ${where}, ${until}`;
  }
}
