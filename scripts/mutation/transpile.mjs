// In a copy of the project that Stryker has put its mutants into: writes a module beside every TypeScript file, so that
// plain Node can load it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformWithOxc } from "vite";

for (const folder of ["src", "test"])
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const file = join(folder, path);
    const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { sourcemap: false });
    writeFileSync(file.replace(/\.ts$/, ".js"), code);
  }
