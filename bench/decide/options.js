import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";

const namesIn = (known) => (list) => {
  const names = list.split(",").map((name) => name.trim());
  const odd = names.find((name) => !known.includes(name));
  if (odd !== undefined) throw new InvalidArgumentError(`there is no ${odd}; there are ${known.join(", ")}`);
  return names;
};

const whole = (text) => {
  if (!/^[1-9]\d{0,6}$/u.test(text)) throw new InvalidArgumentError("give a whole number above 0");
  return Number(text);
};

const defaultOut = fileURLToPath(new URL("../out/", import.meta.url));

/** What `npm run bench -- …` may say. */
export function optionsOf(workloads, peers, argv = process.argv) {
  const command = new Command("bench")
    .description("measure what a decision costs, beside other ways to decide the same")
    .option("--only <workloads>", `of ${workloads.join(", ")}`, namesIn(workloads))
    .option(
      "--peers <peers>",
      `of ${peers.join(", ")}; a name stands for all that begin with it`,
      namesIn(peers),
    )
    .option("--most <n>", "no workload of a size above this", whole, 9_999_999)
    .option("--rounds <n>", "so many rounds", whole)
    .option("--quick", "fewer and shorter rounds: good for a first look", false)
    .option("--out <folder>", "where decide.json and decide.svg are written", defaultOut)
    .option("--write-docs", "put the figures into docs/performance.md; only of a whole run", false)
    .parse(argv);
  const options = command.opts();
  if (options.writeDocs && (options.only || options.peers || options.quick || options.most < 10_000))
    command.error("error: --write-docs takes a whole run, without --only, --peers, --most and --quick");
  return options;
}

/** `hand` is all that are written by hand, `reshimu` all three of Reshimu. */
export const chosenPeers = (peers, names) =>
  names === undefined
    ? peers
    : peers.filter(({ name }) => names.some((one) => name === one || name.startsWith(`${one}-`)));
