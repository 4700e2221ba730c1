// The table of parity, as Markdown.

/** The cases in order, each with the heading that it stands under; a heading is a text between them. */
export function casesOf(entries) {
  const cases = [];
  let heading = "";
  for (const entry of entries) {
    if (typeof entry === "string") heading = entry.replace(/^[# ]+/, "").trim();
    else cases.push({ index: cases.length + 1, heading, ...partsOf(entry) });
  }
  return cases;
}

/** A case is `[rule, data, result]`, or an object of these. */
function partsOf(entry) {
  const [rule, data, result] = Array.isArray(entry) ? entry : [entry.rule, entry.data, entry.result];
  return { rule, data: data ?? null, result };
}

const verdicts = ["same", "outside the profile", "different"];
const cell = (text) => text.replaceAll("|", "\\|");
const code = (value) => (value === null ? "" : `\`${cell(JSON.stringify(value))}\``);

export function tableOf(rows) {
  const counts = verdicts.map(
    (verdict) => `| ${verdict} | ${rows.filter((row) => row.verdict === verdict).length} |`,
  );
  return `${introduction}
| | cases |
| --- | --- |
${counts.join("\n")}
| together | ${rows.length} |

## Every case

| | heading | rule | data | result | here |
| --- | --- | --- | --- | --- | --- |
${rows.map(rowOf).join("\n")}
`;
}

const rowOf = ({ index, heading, rule, data, result, verdict, why }) =>
  `| ${index} | ${cell(heading)} | ${code(rule)} | ${code(data)} | ${code(result ?? null) || "`null`"} | ${verdict}${why === "" ? "" : `: ${cell(why)}`} |`;

const introduction = `# JsonLogic parity

Conditions of a built policy are JsonLogic over a closed set of operators. This table says what becomes of each case of
\`suites/compatible.json\` of json-logic/compat-tables, on which engines of JsonLogic agree. \`scripts/jsonlogic-parity.mjs\` writes it:
it translates each rule, loads it, evaluates it and compares. The cases are not part of this repository (Apache-2.0; the script says
where to get them).

**Translation.** Spelling only: \`{"var": "a.b"}\` is \`{"val": ["arg", "a", "b"]}\`, with the data as arguments, and with a default an \`if\` over
\`has\`; \`==\` and \`!=\` are \`===\` and \`!==\`; \`?:\` is \`if\`; an \`if\` with more branches is an \`if\` in the last of the first; \`+\` and \`*\` of several
are those of two; \`<\` and \`<=\` of three are an \`and\` of two; \`all\`, \`some\` and \`none\` are \`every\`, \`some\` and \`not some\`; an operand without
a list is a list of one. All else stays as it is.

- **same**: the same result (where the translation changed the spelling, it is shown).
- **outside the profile**: the rule is not translated, or refused as it is loaded, with the reason that the engine gives.
- **different**: it is loaded and has another result, on purpose. What rests on turning one type into another, or on taking a
  value for a truth value, cannot be written in the language: its checker refuses it.
`;
