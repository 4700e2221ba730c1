// Writes the JSON Schemas of all that crosses a process into grammar/, and the shapes that are checked without zod into src/ir/, from the
// zod schemas of the built package.
// Usage: npm run schemas
import { mkdir, writeFile } from "node:fs/promises";
import { jsonSchemas } from "../dist/ir/schemas/json-schemas.js";
import { shapesText } from "../dist/ir/schemas/shapes.js";

const folder = new URL("../grammar/", import.meta.url);

await mkdir(folder, { recursive: true });
for (const [file, schema] of Object.entries(jsonSchemas())) {
  await writeFile(new URL(file, folder), `${JSON.stringify(schema, null, 2)}\n`);
}
await writeFile(new URL("../src/ir/shapes.ts", import.meta.url), shapesText());
