// Builds the extension into dist/: the client, the server with all that it needs, and the grammar. Needs `npm run build` of the
// package before.
import { cp, mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const out = process.argv[2] ?? here("dist");

async function bundle(input, file, options) {
  // Modules first: what a package wraps for several loaders cannot be taken into one file.
  const resolve = { mainFields: ["module", "main"] };
  const build = await rolldown({ input, platform: "node", logLevel: "silent", resolve, ...options.input });
  await build.write({ file, minify: true, codeSplitting: false, ...options.output });
  await build.close();
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
// In a folder of its own, so that the standard policies lie beside it as they do in the package.
await bundle(here("../../dist/lsp/main.js"), `${out}/lsp/server.mjs`, { output: { format: "esm" } });
if (!process.argv.includes("--server-only"))
  await bundle(here("extension.mjs"), `${out}/extension.cjs`, {
    input: { external: ["vscode"] },
    output: { format: "cjs" },
  });
await cp(here("../../LICENSE"), here("LICENSE"));
await cp(here("../reshimu.tmLanguage.json"), `${out}/reshimu.tmLanguage.json`);
if (existsSync(here("../../policies"))) await cp(here("../../policies"), `${out}/policies`, { recursive: true });
