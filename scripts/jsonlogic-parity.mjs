// JsonLogic parity: what this engine makes of each case of json-logic/compat-tables, suites/compatible.json.
// Usage: npm run build && node scripts/jsonlogic-parity.mjs [PATH of compatible.json] [--print]
// Writes test/conformance/jsonlogic-parity.md, or with --print stdout.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judge } from "./jsonlogic/judge.mjs";
import { casesOf, tableOf } from "./jsonlogic/table.mjs";

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const [given] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const data = given ?? fileURLToPath(new URL("../../shared/data/jsonlogic/compatible.json", import.meta.url));
const target = new URL("../test/conformance/jsonlogic-parity.md", import.meta.url);

if (!existsSync(data)) {
  console.error(
    "the cases of JsonLogic are not here: take `suites/compatible.json` of github.com/json-logic/compat-tables (Apache-2.0) and name its path",
  );
  process.exitCode = 3;
} else {
  const cases = casesOf(JSON.parse(readFileSync(data, "utf8")));
  const text = tableOf(cases.map((one) => ({ ...one, ...judge(one) })));
  if (options.includes("--print")) process.stdout.write(text);
  else writeFileSync(target, text);
}
