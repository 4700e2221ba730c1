// Bundles the programme: modules that are looked up one by one take longer to load than all that most commands do. `eval`, which hooks
// start for every single action, has a way of its own: `dist/cli/start/main.cjs` and `quick.cjs`, CommonJS files without what few decisions
// need. All else is `dist/whole/`. Run by `npm run build`, behind the compiler.
import { createHash } from "node:crypto";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { rolldown } from "rolldown";

const folder = "dist/cli/start";

/** Packages that few decisions need, and what is used of each: files of their own, loaded when something of them is first called. */
const late = {
  "fastest-levenshtein": ["distance"],
  luxon: ["DateTime", "IANAZone"],
  re2js: ["RE2JS"],
  "string-width": ["default"],
  "wrap-ansi": ["default"],
  yaml: ["isAlias", "isMap", "isScalar", "isSeq", "parseDocument"],
};

/** Node has a SHA-256 of its own. */
const absent = {
  "@noble/hashes/sha2.js": ["sha256"],
  "@noble/hashes/utils.js": ["bytesToHex", "utf8ToBytes"],
};

const common = {
  platform: "node",
  resolve: { mainFields: ["module", "main"] },
  // Only what is used of a module is loaded, and none is loaded for what it does as it loads.
  treeshake: { moduleSideEffects: false },
};

const fileOf = (name) => `late-${name}.cjs`;

/** Stands for a package, and loads it when something is called, asked for or made of it. */
function standIn(name, names) {
  const exported = names.map((one) => {
    const real = `late()[${JSON.stringify(one)}]`;
    const proxy = `new Proxy(function () {}, {
      get: (_, key) => ${real}[key],
      apply: (_, self, args) => Reflect.apply(${real}, self, args),
    })`;
    return one === "default" ? `export default ${proxy};` : `export const ${one} = ${proxy};`;
  });
  return `let loaded;\nconst late = () => (loaded ??= require(__dirname + "/${fileOf(name)}"));\n${exported.join("\n")}\n`;
}

const standIns = {
  name: "stand-ins",
  resolveId: (wanted) => (wanted in late || wanted in absent ? { id: `\0${wanted}` } : null),
  load(module) {
    const name = module.slice(1);
    if (!module.startsWith("\0")) return null;
    if (name in absent) return absent[name].map((one) => `export const ${one} = undefined;`).join("\n");
    return name in late ? standIn(name, late[name]) : null;
  },
};

/** What is wrapped is most often ASCII, the width of which needs no tables; and only one file brings them. */
const widths = {
  name: "widths",
  resolveId: (wanted) => (wanted === "string-width" ? "\0widths" : null),
  load: (module) =>
    module === "\0widths"
      ? `const late = () => require(__dirname + "/${fileOf("string-width")}").default;
export default (text, options) => (/^[\\x20-\\x7e]*$/.test(text) ? text.length : late()(text, options));`
      : null,
  // It makes a segmenter as it loads, and asks it only of what is not ASCII.
  transform(code, module) {
    if (!/wrap-ansi.index\.js$/.test(module)) return null;
    const eager = "const segmenter = new Intl.Segmenter();";
    if (!code.includes(eager)) throw new Error("wrap-ansi makes its segmenter otherwise: look at it again");
    const deferred =
      "let made; const segmenter = { segment: (text) => (made ??= new Intl.Segmenter()).segment(text) };";
    return code.replace(eager, deferred);
  },
};

/** In latin1 it is read fastest. */
const ascii = (code) =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

async function bundled(options) {
  const made = await rolldown({ ...common, ...options });
  const { output } = await made.generate({
    format: "cjs",
    exports: "named",
    minify: true,
    codeSplitting: false,
  });
  return ascii(output[0].code);
}

const write = (file, text) => writeFile(`${folder}/${file}`, text);

/** A digest of all that was compiled: what another build kept is not taken. */
async function buildId() {
  const hash = createHash("sha256");
  for (const file of (await readdir("dist", { recursive: true }))
    .filter((name) => name.endsWith(".js"))
    .sort())
    hash.update(`${file}\n`).update(await readFile(`dist/${file}`));
  return hash.digest("hex").slice(0, 32);
}

/** All of it, with the packages that every command loads; what is loaded late stays apart, and finds its own files. */
async function wholeProgramme() {
  const apart =
    /^(?:libsql|pg|pg-connection-string|pgpass|chokidar|@modelcontextprotocol\/.*|vscode-languageserver.*)(?:\/|$)/;
  const made = await rolldown({ ...common, input: { main: "dist/cli/main.js" }, external: apart });
  await made.write({
    dir: "dist/whole",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: { mangle: false, compress: false, codegen: true },
    cleanDir: true,
  });
}

const id = await buildId();
await writeFile("dist/build-id", id);
const main = await bundled({
  input: `${folder}/main.js`,
  external: ["../main.js"],
  transform: { define: { BUILD_ID: JSON.stringify(id) } },
  plugins: [standIns],
});
await write("main.cjs", main.replace("../main.js", "../../whole/main.js"));
await wholeProgramme();
const quick = await bundled({ input: `${folder}/quick.js`, plugins: [standIns] });
await write("quick.cjs", `(function (exports, require, __dirname) {${quick}\n})`);
for (const [name, names] of Object.entries(late)) {
  const entry = {
    name: "entry",
    resolveId: (one) => (one === "entry" ? "\0entry" : null),
    load: (one) =>
      one === "\0entry" ? `export { ${names.join(", ")} } from ${JSON.stringify(name)};` : null,
  };
  const plugins = name === "wrap-ansi" ? [entry, widths] : [entry];
  await write(fileOf(name), await bundled({ input: "entry", plugins }));
}
await chmod(`${folder}/main.cjs`, 0o755);
