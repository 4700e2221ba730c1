import { type TestResult, visible } from "../../index.js";
import { counted } from "../format.js";
import type { Output } from "../terminal.js";
import { failureText } from "./failure-text.js";
import { passedIn, type Tested } from "./tested.js";

/** The results of one policy for a person; its name stands above them where there are several. */
export function testedText(tested: Tested, several: boolean, out: Output): string {
  if (tested.results.length === 0) return "";
  const lines = tested.results.map((result) => `${resultText(result, tested, out)}\n`).join("");
  return several ? `${out.paint.bold(visible(tested.file))}\n${lines}\n` : lines;
}

function resultText(result: TestResult, tested: Tested, out: Output): string {
  const { paint } = out;
  const name = visible(result.name);
  if (result.passed) return `${paint.green("✓")} ${name}`;
  const { place } = result;
  const where =
    place === undefined ? "" : `  ${paint.cyan(`${visible(place.file)}:${place.line}:${place.column}`)}`;
  return `${paint.red("✗")} ${paint.bold(name)}${where}\n${failureText(result, tested, out)}`;
}

/** How many failed and passed, and how long it took, in milliseconds. */
export function summary(
  all: readonly Tested[],
  filter: string | undefined,
  took: number,
  { paint }: Output,
): string {
  const results = all.flatMap((one) => one.results);
  const broken = all.filter(({ loaded }) => loaded.policy === null).length;
  const unread = broken === 0 ? "" : `; ${counted(broken, "policy", "policies")} with errors`;
  if (results.length === 0) {
    if (broken > 0) return `no tests ran${unread}`;
    return filter === undefined
      ? 'no tests found: write some as\n  test "what it shows" { propose … expect … }'
      : `no test is called anything like \`${visible(filter)}\``;
  }
  const passed = passedIn(results);
  const failed = results.length - passed;
  const counts = [
    ...(failed > 0 ? [paint.red(`${failed} failed`)] : []),
    ...(passed > 0 ? [paint.green(`${passed} passed`)] : []),
  ].join(", ");
  return `${counts} in ${(took / 1_000).toFixed(2)} s${unread}`;
}
