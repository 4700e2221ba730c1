// Writes a page for each code of a diagnostic into docs/codes/, from the rules of the built package.
// Usage: npm run codes, or with --check to end with 1 where a page is not what it would write.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rules } from "../dist/compiler/check/rules/index.js";
import { compilePolicy, renderDiagnostics } from "../dist/index.js";
import { syntaxRules } from "../dist/syntax/codes.js";

const folder = fileURLToPath(new URL("../docs/codes/", import.meta.url));
const all = [...syntaxRules, ...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
const families = {
  syntax: "What cannot be read. Such a policy is not used.",
  check: "What can be read and has no meaning. Such a policy is not used.",
  lint: "What has a meaning, and most likely not the one that was meant.",
};

/** What the rule says of its own example, and whether it offers a repair; nothing of a text that is no whole policy. */
function reportOf({ code, avoid, files = {} }) {
  const texts = new Map([...Object.entries(files), ["policy.reshimu", avoid]]);
  const { diagnostics, sources } = compilePolicy("policy.reshimu", {
    read: (file) => (texts.has(file) ? { text: texts.get(file) } : { error: "there is no such file" }),
  });
  const own = diagnostics.filter((one) => one.code === code);
  return {
    text: renderDiagnostics(own, (file) => sources.get(file), { color: false }),
    fixed: own.some((one) => one.fix !== undefined),
  };
}

/** A generated example may be longer than anybody reads. */
const shortened = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line.length > 300 ? `${line.slice(0, 60)} … (${line.length} characters)` : line))
    .join("\n");

const block = (language, text) => `\`\`\`${language}\n${shortened(text)}\n\`\`\``;

function pageOf(rule) {
  const { code, severity, summary, why, avoid, prefer } = rule;
  const { text, fixed } = reportOf(rule);
  const how = fixed ? `${severity} · repaired by \`reshimu check --fix\`` : severity;
  return [
    `# ${code}`,
    how,
    `**${summary}**`,
    why,
    "Avoid:",
    block("reshimu", avoid),
    ...(text === "" ? [] : [block("text", text)]),
    "Prefer:",
    `${block("reshimu", prefer)}\n`,
  ].join("\n\n");
}

function indexPage() {
  const parts = Object.entries(families).flatMap(([family, about]) => {
    const rows = all
      .filter(({ code }) => code.startsWith(`${family}/`))
      .map((rule) => {
        const { code, severity, summary } = rule;
        const fix = reportOf(rule).fixed ? "yes" : "";
        return `| [${code}](${code}.md) | ${severity} | ${fix} | ${summary.replaceAll("|", "\\|")} |`;
      });
    return [
      `## ${family}`,
      about,
      ["| code | severity | repair | what must hold |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ];
  });
  return `${["# Codes", "Every code that `reshimu check` gives. `reshimu explain CODE` prints its page. These pages are generated from the rules (`npm run codes`), and a test holds them fresh.", ...parts].join("\n\n")}\n`;
}

const pages = new Map([["README.md", indexPage()], ...all.map((rule) => [`${rule.code}.md`, pageOf(rule)])]);
const present = await readdir(folder, { recursive: true }).catch(() => []);
const stale = present
  .map((name) => name.split(path.sep).join("/"))
  .filter((name) => name.endsWith(".md") && !pages.has(name));

if (process.argv.includes("--check")) {
  const differing = [...stale];
  for (const [name, text] of pages)
    if ((await readFile(path.join(folder, name), "utf8").catch(() => "")) !== text) differing.push(name);
  if (differing.length > 0) console.error(`not fresh, run npm run codes: ${differing.sort().join(", ")}`);
  process.exitCode = differing.length > 0 ? 1 : 0;
} else {
  for (const name of stale) await rm(path.join(folder, name));
  for (const [name, text] of pages) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}
