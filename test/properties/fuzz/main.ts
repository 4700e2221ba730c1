import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { properties } from "../all.js";
import type { Property } from "../support/property.js";
import { Hand } from "./crew.js";
import { Tally } from "./tally.js";
import type { Task } from "./task.js";

/** Hunts for policies, proposals and knowledge on which a property does not hold (test/properties/README.md). */

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly property: readonly string[];
  readonly path?: string;
  readonly runs: number;
  readonly workers: number;
}

/** So many seconds between two lines of progress; on a terminal the line is renewed each second. */
const between = 10;

const number =
  (least: number, most: number, whole: boolean) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(
        `give ${whole ? "a whole number" : "a number"} from ${least} to ${most}`,
      );
    return value;
  };

/** Those whose id, or the part before the dot, is named; all where none is. */
function chosen(names: readonly string[]): readonly Property[] {
  const named = (name: string): readonly Property[] => {
    const those = properties.filter(({ id }) => id === name || id.startsWith(`${name}.`));
    if (those.length === 0)
      throw new InvalidArgumentError(
        `no property is called ${name}; there are ${properties.map(({ id }) => id).join(", ")}`,
      );
    return those;
  };
  return names.length === 0 ? properties : [...new Set(names.flatMap(named))];
}

/** The next seed: the golden ratio's steps meet each 32-bit number once. */
const after = (seed: number): number => (seed + 0x9e3779b9) | 0;

/** Tries all for as long as is wanted, those that had least time first; gives what does not hold. */
async function hunt(all: readonly Property[], options: Options): Promise<Tally> {
  const tally = new Tally(all);
  const until = Date.now() + options.minutes * 60_000;
  const progress = showProgress(tally);
  const inHand = new Set<string>();
  let seed = options.seed;
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
  });
  const work = async (hand: Hand): Promise<void> => {
    while (!stopped && Date.now() < until) {
      const property = tally.next(inHand);
      if (property === undefined) return;
      inHand.add(property);
      const task: Task = { property, seed, runs: options.runs };
      seed = after(seed);
      const tried = await hand.do(task, (reason) =>
        progress.say(`${property} fails with seed ${task.seed}, and is being made small: ${reason}`),
      );
      inHand.delete(property);
      tally.add(property, tried);
      if (tried.failure === undefined) continue;
      tally.fail(property);
      progress.say(tried.failure);
    }
  };
  const hands = Array.from({ length: options.workers }, () => new Hand());
  try {
    await Promise.all(hands.map(work));
  } finally {
    for (const hand of hands) hand.dismiss();
    progress.end();
  }
  return tally;
}

/** A line of progress now and then; on a terminal it stays in one place. */
function showProgress(tally: Tally): { say(text: string): void; end(): void } {
  const { isTTY } = process.stdout;
  const show = (): void =>
    void process.stdout.write(isTTY ? `\r\u001b[2K${tally.line()}` : `${tally.line()}\n`);
  const timer = setInterval(show, isTTY ? 1_000 : between * 1_000);
  return {
    say(text) {
      process.stdout.write(`${isTTY ? "\r\u001b[2K" : ""}\n${text}\n\n`);
    },
    end() {
      clearInterval(timer);
      if (isTTY) process.stdout.write("\r\u001b[2K");
    },
  };
}

/** Shows one failure again: the same seed and path lead to the same case. */
async function again(one: Property, { seed, path, runs }: Options): Promise<boolean> {
  const { failure, runs: tried } = await one.try({ seed, runs, ...(path === undefined ? {} : { path }) });
  console.log(failure ?? `${one.id} holds on the ${tried} policies of seed ${seed}: ${one.says}`);
  return failure === undefined;
}

async function main(options: Options): Promise<boolean> {
  const all = chosen(options.property);
  const [only] = all;
  if (options.path !== undefined) {
    if (only === undefined || all.length > 1)
      throw new InvalidArgumentError("`--path` belongs to one `--property`, named in full");
    return again(only, options);
  }
  console.log(
    `${all.length} properties for ${options.minutes} minutes on ${options.workers} processes, seed ${options.seed}`,
  );
  const tally = await hunt(all, options);
  console.log(`${tally.table()}\n${tally.line()}`);
  return tally.failed.length === 0;
}

const program = new Command("fuzz")
  .description(
    "tries every property on generated policies for as long as wanted, and shows what does not hold",
  )
  .option("--minutes <n>", "how long", number(0.01, 10_000, false), 1)
  .option(
    "--seed <n>",
    "where chance begins: the same seed, the same cases",
    number(-(2 ** 31), 2 ** 31, true),
    Date.now() | 0,
  )
  .option("--property <id...>", "only these: `T7` for all of T7, `T5.rulings` for one", [])
  .option(
    "--path <path>",
    "with --property and --seed, as a failure tells them: that one case again, made small",
  )
  .option("--runs <n>", "how many policies are made of one seed", number(1, 1_000_000, true), 20)
  .option("--workers <n>", "how many processes", number(1, 256, true), availableParallelism());

try {
  process.exitCode = (await main(program.parse().opts<Options>())) ? 0 : 1;
} catch (error) {
  if (!(error instanceof InvalidArgumentError)) throw error;
  program.error(`error: ${error.message}`);
}
