import {
  type Anchor,
  isSignedAnchor,
  publicKey,
  reasonOf,
  readAnchors,
  type Verified,
  type VerifyOptions,
  verifyStore,
  verifyTrace,
} from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { couldNotRun, wronglyUsed } from "../failure.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { hang } from "../layout.js";
import type { Output, Terminal } from "../terminal.js";
import { publicKeyFrom } from "./key-files.js";
import { flawText, harmOf } from "./flaw.js";
import { isDatabase, withTrace } from "./place.js";
import { baseOf, recordsIn } from "./transfer.js";

const examples = `
Example:
  $ reshimu trace verify trace.db --key trace.pub --checkpoints /mnt/elsewhere/anchors.jsonl
  $ reshimu trace export trace.db | reshimu trace verify -`;

interface Options {
  readonly key?: string;
  readonly checkpoints?: string;
  readonly format: Format;
}

/** `reshimu trace verify PLACE|FILE|-`: whether a trace, or an export of one, is as it was recorded. */
export const verifyCommand: AddCommand = (program, run, terminal) => {
  program
    .command("verify")
    .summary("find the first record that is not as it was recorded")
    .description(
      "Checks each record, the chain, and the checkpoints of a trace or an export. Ends with 1 and names the first record that is wrong, or " +
        "says that the tail was removed. A tail that was removed from an export is found only with checkpoints from elsewhere.",
    )
    .argument("<place>", "a trace, or an export of one; - is an export on stdin")
    .option("--key <key>", "the public key that checkpoints must be signed by, or a file with it")
    .option("--checkpoints <file>", "checkpoints or anchors from elsewhere: JSON Lines, or git:DIR")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) => run(() => verify(place, options, terminal)));
};

async function verify(place: string, options: Options, { out, progress }: Terminal): Promise<ExitCode> {
  const known = await knownFrom(options);
  const done = progress("verifying");
  const { verified, from } = await (isStore(place) || (await isDatabase(place)) === true
    ? withTrace(place, async (trace) => ({
        verified: await verifyStore(trace, known),
        from: ((await trace.base())?.seq ?? 0) + 1,
      }))
    : verifyExport(place, known)
  ).finally(done);
  const { flaw, records, head } = verified;
  await out.write(
    options.format === "json"
      ? jsonLine({
          ok: flaw === undefined,
          ...(flaw === undefined ? {} : { harm: harmOf(flaw), flaw }),
          from,
          records,
          head,
        })
      : `${hang(verifiedText(verified, from, known, out), out.width, "  ", "")}\n`,
  );
  return flaw === undefined ? ExitCode.Fine : ExitCode.No;
}

const isStore = (place: string): boolean => /^postgres(?:ql)?:\/\//u.test(place) || place === "memory:";

type Known = Pick<VerifyOptions, "key" | "checkpoints" | "anchors">;

async function knownFrom({ key, checkpoints }: Options): Promise<Known> {
  const anchors: Anchor[] = checkpoints === undefined ? [] : await anchorsFrom(checkpoints);
  const named = key === undefined ? undefined : await publicKeyFrom(key);
  if (named !== undefined && publicKey(named) === undefined)
    throw wronglyUsed(
      `\`--key ${named.slice(0, 100)}\` is no public key: write \`ed25519:…\`, or a file with it`,
    );
  return {
    checkpoints: anchors.filter(isSignedAnchor),
    anchors: anchors.filter((one) => !isSignedAnchor(one)),
    ...(named === undefined ? {} : { key: named }),
  };
}

async function anchorsFrom(place: string): Promise<Anchor[]> {
  try {
    return await readAnchors(place);
  } catch (error) {
    throw couldNotRun(`cannot read the checkpoints of \`${place}\`: ${reasonOf(error)}`);
  }
}

/** Read once, as it may come from a pipe: what it stands on is what its first record says. */
async function verifyExport(place: string, known: Known): Promise<{ verified: Verified; from: number }> {
  const records = recordsIn(place)[Symbol.asyncIterator]();
  const first = await records.next();
  const base = first.done ? null : baseOf(first.value);
  async function* all(): AsyncIterable<unknown> {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => records };
  }
  return { verified: await verifyTrace(all(), { ...known, base }), from: (base?.seq ?? 0) + 1 };
}

function verifiedText(
  { flaw, records, head }: Verified,
  from: number,
  known: Known,
  { paint }: Output,
): string {
  const since = from === 1 ? "" : `; those before #${from} were removed for their age`;
  if (flaw !== undefined)
    return `${paint.red(flawText(flaw))}; ${counted(records, "record")} before it hold${records === 1 ? "s" : ""}${since}`;
  const checked = (known.checkpoints?.length ?? 0) + (known.anchors?.length ?? 0);
  const against = checked === 0 ? "" : `, against ${counted(checked, "checkpoint")} from elsewhere`;
  return head === null
    ? `${paint.green("whole")}: it holds no record`
    : `${paint.green("whole")}: ${counted(records, "record")} up to #${head.seq} ${head.hash}${against}${since}`;
}
