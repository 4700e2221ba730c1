import { Command, Option } from "commander";
import { whole } from "../support/options.js";
import { contend } from "./contend.js";
import { kill } from "./kills.js";
import { media, type Medium } from "./place.js";

/** The trace under stress: many processes on one session, and processes that are killed (semantics.md, T14 and *The Reshimu: the trace*). */

interface Options {
  readonly store: Medium;
  readonly processes: number;
  readonly proposals: number;
  readonly kills: number;
  readonly seed: number;
}

const options = new Command("drill")
  .description("Lets many processes decide on one session, and kills processes at random moments.")
  .addOption(new Option("--store <medium>", "where the trace is kept").choices(media).default("sqlite"))
  .option("--processes <n>", "so many at once", whole(1, 64), 8)
  .option("--proposals <n>", "so many together; 0: none", whole(0, 1_000_000), 10_000)
  .option("--kills <n>", "so many processes are killed, one after the other; 0: none", whole(0, 100_000), 500)
  .option("--seed <n>", "of the moments of the kills", whole(0, 2 ** 31), 1)
  .parse()
  .opts<Options>();

/** What the session of the contention lets through. */
const limit = 3;

async function drill({ store, processes, proposals, kills, seed }: Options): Promise<boolean> {
  const failures: string[] = [];
  const tell = <T extends { readonly failures: readonly string[] }>(
    what: string,
    { failures: found, ...seen }: T,
  ) => {
    failures.push(...found);
    console.log(JSON.stringify({ what, store, ...seen, failures: found }));
  };
  if (proposals > 0)
    tell("contention", { processes, ...(await contend(store, { processes, proposals, limit })) });
  if (kills > 0) {
    const onKill = (done: number): void => {
      if (done % 25 === 0) process.stderr.write(`${done} of ${kills} killed\n`);
    };
    tell("kills", await kill(store, { kills, seed, onKill }));
  }
  return failures.length === 0;
}

process.exitCode = (await drill(options)) ? 0 : 1;
