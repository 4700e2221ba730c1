import { allCodes, didYouMean, explain as explanationOf, severityPaint } from "../../index.js";
import type { AddCommand } from "../command.js";
import { ExitCode } from "../exit-codes.js";
import { wronglyUsed } from "../failure.js";
import { type Format, formatOption, jsonLine } from "../format.js";
import { hang, indented } from "../layout.js";
import type { Output, Terminal } from "../terminal.js";

const examples = `
Example:
  $ reshimu explain check/thin-trace
  $ reshimu explain thin-trace
  $ reshimu explain                   every code, each with one line`;

type Explanation = NonNullable<ReturnType<typeof explanationOf>>;

/** `reshimu explain [CODE]`: the long form of a diagnostic. */
export const explainCommand: AddCommand = (program, run, terminal) => {
  program
    .command("explain")
    .summary("say what a diagnostic means, and what to write instead")
    .description("Explains the code of a diagnostic; without one, lists them all.")
    .argument("[code]", "such as check/thin-trace; what stands before the slash may be left out")
    .addOption(formatOption("one object, or without CODE an array"))
    .addHelpText("after", examples)
    .action((code: string | undefined, options: { format: Format }) =>
      run(() =>
        code === undefined ? list(options.format, terminal) : explain(code, options.format, terminal),
      ),
    );
};

async function explain(code: string, format: Format, { out }: Terminal): Promise<ExitCode> {
  const explanation = find(code);
  await out.write(format === "json" ? jsonLine(explanation) : explanationText(explanation, out));
  return ExitCode.Fine;
}

/** By its whole code, or by what stands behind the slash where that is one code's only. */
function find(code: string): Explanation {
  const codes = allCodes();
  const wanted = code.toLowerCase();
  const meant = codes.filter((one) => one === wanted || nameOf(one) === wanted);
  const [only] = meant;
  const explanation = only === undefined ? undefined : explanationOf(only);
  if (explanation !== undefined && meant.length === 1) return explanation;
  if (meant.length > 1)
    throw wronglyUsed(`\`${code}\` may be ${meant.map((one) => `\`${one}\``).join(" or ")}`);
  const near =
    didYouMean(wanted, codes) ??
    codes.find((one) => nameOf(one) === didYouMean(wanted.split("/").at(-1) ?? "", codes.map(nameOf)));
  throw wronglyUsed(
    `no code is called \`${code.slice(0, 100)}\`\n${near === undefined ? "`reshimu explain` lists all codes" : `did you mean \`${near}\`?`}`,
  );
}

const nameOf = (code: string): string => code.slice(code.indexOf("/") + 1);

function explanationText(
  { code, severity, summary, why, avoid, prefer }: Explanation,
  { paint, width }: Output,
): string {
  const title = severityPaint(severity, paint)(`${severity}[${code}]`);
  const block = (heading: string, text: string): string =>
    `${paint.bold(heading)}\n\n${indented(text.trim(), "    ")}`;
  return `${[`${paint.bold(title)}`, hang(summary, width, ""), hang(why, width, ""), block("Avoid:", avoid), block("Prefer:", prefer)].join("\n\n")}\n`;
}

async function list(format: Format, { out }: Terminal): Promise<ExitCode> {
  const all = allCodes().flatMap((code) => explanationOf(code) ?? []);
  if (format === "json")
    await out.write(jsonLine(all.map(({ code, severity, summary }) => ({ code, severity, summary }))));
  else {
    const column = Math.max(...all.map(({ code }) => code.length)) + 2;
    for (const { code, severity, summary } of all) {
      const name = severityPaint(severity, out.paint)(code);
      await out.write(
        `${hang(summary, out.width, " ".repeat(column), name + " ".repeat(column - code.length))}\n`,
      );
    }
  }
  return ExitCode.Fine;
}
