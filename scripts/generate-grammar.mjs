// Writes the grammar of the language into grammar/, from the parser and the tokens of the built package: EBNF, railroad diagrams and
// the TextMate grammar. Usage: npm run grammar [-- FOLDER]
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { typeNames } from "../dist/compiler/types.js";
import { file } from "../dist/syntax/blocks.js";
import { parser } from "../dist/syntax/run.js";
import { allTokens, isColumn, keywordOf, reserved, writtenAs } from "../dist/syntax/tokens.js";
import { ebnf } from "./grammar/ebnf.mjs";
import { productionsOf } from "./grammar/productions.mjs";
import { railroadPage } from "./grammar/railroad.mjs";
import { textMate } from "./grammar/textmate.mjs";

const folder = path.resolve(process.argv[2] ?? fileURLToPath(new URL("../grammar/", import.meta.url)));

const spelt = new Map(
  allTokens.flatMap((type) => {
    const text = writtenAs(type);
    return text === undefined ? [] : [[type.name, text]];
  }),
);
const keywords = [...spelt.values()].filter((text) => keywordOf(text) !== undefined);
const signs = [...spelt.values()].filter(
  (text) => keywordOf(text) === undefined && /^\W/.test(text) && text !== ";",
);
const patternOf = (name) => allTokens.find((type) => type.name === name).PATTERN.source;

const lexical = [
  { name: "NAME", text: "IDENT | QUOTEDNAME (* or a keyword that is not reserved *)" },
  {
    name: "COLUMN",
    text: `NAME (* but none of ${keywords
      .filter((word) => !isColumn(word) && !reserved.has(word))
      .sort()
      .join(" ")} *)`,
  },
  ...["Ident", "QuotedName", "String", "Number", "Duration"].map((name) => ({
    name: name.toUpperCase(),
    text: `? /${patternOf(name)}/ ?`,
  })),
];

const rules = productionsOf(parser());
const about = {
  writtenAs: spelt,
  lexical,
  reserved: [...reserved],
  contextual: keywords.filter((word) => !reserved.has(word)).sort(),
};
const grammar = textMate({
  // Keywords and signs have patterns of their own; the last two are no tokens of any text.
  tokens: allTokens
    .filter((type) => writtenAs(type) === undefined || type.name === "Semicolon")
    .filter((type) => !["Space", "Unknown"].includes(type.name))
    .map((type) => ({
      name: type.name,
      pattern:
        type.PATTERN instanceof RegExp && type.PATTERN.source !== "NOT_APPLICABLE"
          ? type.PATTERN.source
          : type.name === "Semicolon"
            ? ";"
            : undefined,
    })),
  keywords,
  signs,
  declarations: [...file.words, "policy"],
  types: typeNames,
});

const files = {
  "reshimu.ebnf": ebnf(rules, about),
  "railroad.html": railroadPage(rules, about),
  "reshimu.tmLanguage.json": `${JSON.stringify(grammar, null, 2)}\n`,
};
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
