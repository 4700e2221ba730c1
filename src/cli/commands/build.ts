import path from "node:path";
import { policyDigest, type PolicyIr, policyText } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { counted, type Format, formatOption, jsonLine } from "../format.js";
import { loadTold } from "../load.js";
import { movedLocators } from "../locators.js";
import type { Terminal } from "../terminal.js";
import { writeWhole } from "../write-file.js";

const examples = `
Example:
  $ reshimu build agent.reshimu -o agent.json
  agent.json: accounts.audit, sha256:…
  $ reshimu eval agent.json proposals.jsonl

A built policy holds everything but the world it asks: relative paths in it start at its own folder. With -o - they
start at the folder of POLICY.`;

interface Options {
  readonly output: string;
  readonly format: Format;
}

/** `reshimu build POLICY -o FILE`: the policy as one JSON file that an engine loads without compiling. */
export const buildCommand: AddCommand = (program, run, terminal) => {
  program
    .command("build")
    .summary("write a policy as one JSON file, ready to be loaded")
    .description(
      "Compiles a policy with all it extends into one JSON file. Its digest and what it holds are told on stderr.",
    )
    .argument("<policy>", "a policy, or a folder with a policy.reshimu")
    .requiredOption("-o, --output <file>", "where to write it; - is stdout")
    .addOption(formatOption("what is told on stderr, as one object"))
    .addHelpText("after", examples)
    .action((file: string, options: Options) => run(() => build(file, options, terminal)));
};

async function build(file: string, { output, format }: Options, terminal: Terminal): Promise<ExitCode> {
  if (output !== "-" && path.resolve(output) === path.resolve(file))
    throw wronglyUsed(`\`${output}\` is the policy itself: write to another file`);
  const done = terminal.progress(`building ${file}`);
  const loaded = await loadTold(file, terminal);
  done();
  if (loaded.policy === null) return loaded.unreadable ? ExitCode.CouldNotRun : ExitCode.No;
  const policy =
    output === "-"
      ? loaded.policy
      : movedLocators(loaded.policy, loaded.root, path.dirname(path.resolve(output)));
  const text = policyText(policy);
  if (output === "-") await terminal.out.write(text);
  else await writeWhole(output, text);
  const digest = policyDigest(policy);
  const counts = countsOf(policy);
  await terminal.err.write(
    format === "json"
      ? jsonLine({ file: output, policy: policy.name, digest, counts })
      : summary(output, policy, digest, counts),
  );
  return ExitCode.Fine;
}

/** How much a policy says, by what it is. */
function countsOf({
  layers,
  tools,
  sources,
  facts,
  classes,
  tiers,
  tests,
}: PolicyIr): Record<string, number> {
  const rules = layers.reduce(
    (sum, { scope, grounding, reversibility, discernment }) =>
      sum +
      (scope === null ? 0 : scope.permits.length + scope.forbids.length + scope.limits.length) +
      (grounding?.grounds.length ?? 0) +
      (reversibility?.treats.length ?? 0) +
      (discernment?.grays.length ?? 0),
    0,
  );
  const lists = { tools, sources, facts, classes, tiers, tests };
  return {
    layers: layers.length,
    rules,
    ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.length])),
  };
}

function summary(output: string, policy: PolicyIr, digest: string, counts: Record<string, number>): string {
  const nouns: Readonly<Record<string, [string, string?]>> = { classes: ["class", "classes"] };
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => counted(count, ...(nouns[name] ?? [name.slice(0, -1)])));
  return `${output === "-" ? "stdout" : output}: ${policy.name}, ${digest}\n${told.join(", ")}\n`;
}
