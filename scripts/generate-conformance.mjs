// Writes the cases of the conformance suite, test/conformance/cases/. What they expect comes from the tables and lists
// here, never from the engine. Usage: node scripts/generate-conformance.mjs [--check]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { allFiles } from "./conformance/all.mjs";

const folder = fileURLToPath(new URL("../test/conformance/cases/", import.meta.url));

const expected = new Map(allFiles().map((file) => [file.path, textOf(file)]));
const present = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".json"))
  .map((path) => path.replaceAll("\\", "/"));

if (process.argv.includes("--check")) {
  const stale = [
    ...[...expected].flatMap(([path, text]) =>
      present.includes(path) && readFileSync(join(folder, path), "utf8") === text ? [] : [path],
    ),
    ...present.filter((path) => !expected.has(path)),
  ];
  for (const path of stale) console.error(`${path} is not what the generator writes`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const path of present) if (!expected.has(path)) rmSync(join(folder, path));
  for (const [path, text] of expected) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(
    `${expected.size} files, ${allFiles().reduce((sum, { cases }) => sum + cases.length, 0)} cases`,
  );
}

/** One case a line, so that a change of one is a change of one line; policies likewise. */
function textOf({ kind, about, policies, cases }) {
  const lines = (open, items, close) => `${open}\n${items.join(",\n")}\n  ${close}`;
  const told = cases.map((one) => `    ${JSON.stringify(one)}`);
  const named = Object.entries(policies ?? {}).map(
    ([name, policy]) => `    ${JSON.stringify(name)}: ${JSON.stringify(policy)}`,
  );
  const parts = [
    `  "kind": ${JSON.stringify(kind)}`,
    `  "about": ${JSON.stringify(about)}`,
    ...(policies === undefined ? [] : [`  "policies": ${lines("{", named, "}")}`]),
    `  "cases": ${lines("[", told, "]")}`,
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}
