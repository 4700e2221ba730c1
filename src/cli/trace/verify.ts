import {
  type Anchor,
  isSignedAnchor,
  policyDigest,
  type PolicyIr,
  publicKey,
  reasonOf,
  readAnchors,
  type TraceStore,
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
import { loadTold } from "../load.js";
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
  readonly policy?: readonly string[];
  readonly format: Format;
}

/** `reshimu trace verify PLACE|FILE|-`: whether a trace, or an export of one, is as it was recorded. */
export const verifyCommand: AddCommand = (program, run, terminal) => {
  program
    .command("verify")
    .summary("find the first record that is not as it was recorded")
    .description(
      "Checks each record, the chain, and the checkpoints of a trace or an export. Ends with 1 and names the first record that is wrong, or " +
        "says that the tail was removed; so it does of a word that a principal with a key did not sign. A tail that was removed from an export is found only with checkpoints from elsewhere.",
    )
    .argument("<place>", "a trace, or an export of one; - is an export on stdin")
    .option("--key <key>", "the public key that checkpoints must be signed by, or a file with it")
    .option(
      "--policy <file>",
      "of an export: a policy whose principals' words must be signed; again for each",
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .option("--checkpoints <file>", "checkpoints or anchors from elsewhere: JSON Lines, or git:DIR")
    .addOption(formatOption("one object"))
    .addHelpText("after", examples)
    .action((place: string, options: Options) => run(() => verify(place, options, terminal)));
};

async function verify(place: string, options: Options, terminal: Terminal): Promise<ExitCode> {
  const known = await knownFrom(options, terminal);
  const { out, progress } = terminal;
  const done = progress("verifying");
  const { verified, from, words } = await (isStore(place) || (await isDatabase(place)) === true
    ? withTrace(place, async (trace) => {
        const policy = known.policy ?? (await policiesOf(trace));
        return {
          verified: await verifyStore(trace, { ...known, ...(policy === undefined ? {} : { policy }) }),
          from: ((await trace.base())?.seq ?? 0) + 1,
          words: policy !== undefined,
        };
      })
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
          words,
        })
      : `${hang(verifiedText(verified, { from, words }, known, out), out.width, "  ", "")}\n`,
  );
  return flaw === undefined ? ExitCode.Fine : ExitCode.No;
}

/** From which record on, and whether principals' words were held against their keys. */
interface Looked {
  readonly from: number;
  readonly words: boolean;
}

const isStore = (place: string): boolean => /^postgres(?:ql)?:\/\//u.test(place) || place === "memory:";

type Known = Pick<VerifyOptions, "key" | "checkpoints" | "anchors" | "policy">;

async function knownFrom({ key, checkpoints, policy }: Options, terminal: Terminal): Promise<Known> {
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
    ...(policy === undefined ? {} : { policy: await policiesIn(policy, terminal) }),
  };
}

/** Those in a trace; undefined where one is missing, as after an import: then no word can be held against its key. */
async function policiesOf(trace: TraceStore): Promise<VerifyOptions["policy"]> {
  const found = new Map<string, PolicyIr>();
  for await (const { policy } of trace.records({ kinds: ["opened", "delegated"] })) {
    const kept = found.get(policy.digest) ?? (await trace.policy(policy.digest));
    if (kept === undefined) return undefined;
    found.set(policy.digest, kept);
  }
  return (digest) => found.get(digest);
}

async function policiesIn(
  files: readonly string[],
  terminal: Terminal,
): Promise<NonNullable<VerifyOptions["policy"]>> {
  const known = new Map<string, PolicyIr>();
  for (const file of files) {
    const { policy } = await loadTold(file, terminal);
    if (policy === null) throw couldNotRun(`\`${file}\` is no policy that checks`);
    known.set(policyDigest(policy), policy);
  }
  return (digest) => known.get(digest);
}

async function anchorsFrom(place: string): Promise<Anchor[]> {
  try {
    return await readAnchors(place);
  } catch (error) {
    throw couldNotRun(`cannot read the checkpoints of \`${place}\`: ${reasonOf(error)}`);
  }
}

/** Read once, as it may come from a pipe: what it stands on is what its first record says. */
async function verifyExport(place: string, known: Known): Promise<{ verified: Verified } & Looked> {
  const records = recordsIn(place)[Symbol.asyncIterator]();
  const first = await records.next();
  const base = first.done ? null : baseOf(first.value);
  async function* all(): AsyncIterable<unknown> {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => records };
  }
  return {
    verified: await verifyTrace(all(), { ...known, base }),
    from: (base?.seq ?? 0) + 1,
    words: known.policy !== undefined,
  };
}

function verifiedText(
  { flaw, records, head }: Verified,
  { from, words }: Looked,
  known: Known,
  { paint }: Output,
): string {
  const since = from === 1 ? "" : `; those before #${from} were removed for their age`;
  if (flaw !== undefined)
    return `${paint.red(flawText(flaw))}; ${counted(records, "record")} before it hold${records === 1 ? "s" : ""}${since}`;
  const checked = (known.checkpoints?.length ?? 0) + (known.anchors?.length ?? 0);
  const against = checked === 0 ? "" : `, against ${counted(checked, "checkpoint")} from elsewhere`;
  const unchecked = words ? "" : "; signatures of principals' words are not checked without their policies";
  return head === null
    ? `${paint.green("whole")}: it holds no record`
    : `${paint.green("whole")}: ${counted(records, "record")} up to #${head.seq} ${head.hash}${against}${since}${unchecked}`;
}
