import { compiledBase } from "../bases.js";
import { filled, type Make, nested, recipesOf } from "./fill.js";

/** What agents, tools and servers send. */

const json: Readonly<Record<string, Make>> = {
  "nested-lists": (size) => nested(size, "[", "", "]"),
  "open-lists": (size) => "[".repeat(size),
  "nested-objects": (size) => nested(size, '{"a":', "1", "}"),
  "list-of-numbers": (size) => filled(size, "[0", ",1", "]"),
  "list-of-lists": (size) => filled(size, "[0", ",[]", "]"),
  "list-of-objects": (size) => filled(size, "[0", ",{}", "]"),
  keys: (size) => filled(size, '{"a":1', (i) => `,"k${i}":1`, "}"),
  "keys-that-are-numbers": (size) => filled(size, '{"a":1', (i) => `,"${i * 7}":1`, "}"),
  "keys-that-are-one": (size) => filled(size, '{"a":1', ',"a":1', "}"),
  "prototype-keys": (size) => nested(size, '{"__proto__":{"constructor":', "1", "}}"),
  "long-key": (size) => filled(size, '{"', "a", '":1}'),
  "long-string": (size) => filled(size, '"', "a", '"'),
  "string-of-escapes": (size) => filled(size, '"', "\\u0061", '"'),
  "string-of-surrogates": (size) => filled(size, '"', "\\ud83d\\ude00", '"'),
  "string-without-an-end": (size) => filled(size, '"', "a"),
  "long-number": (size) => filled(size, "1", "0"),
  "long-fraction": (size) => filled(size, "0.", "0", "1"),
  "long-exponent": (size) => filled(size, "1e", "9"),
  spaces: (size) => filled(size, "", " ", "1"),
  lines: (size) => filled(size, "", "\n", "x"),
  comments: (size) => filled(size, "", "/* */", "1"),
  commas: (size) => filled(size, "[", ",", "]"),
};

const proposals: Readonly<Record<string, Make>> = {
  "long-tool": (size) => `{"tool":"${"t".repeat(size)}","args":{}}`,
  "long-argument": (size) =>
    `{"tool":"file.write","args":{"path":"/a","body":"${"a".repeat(size)}"},"confidence":1}`,
  "long-path": (size) => `{"tool":"file.read","args":{"path":"${filled(size, "/a", "/..", "/a")}"}}`,
  "path-of-dots": (size) => `{"tool":"file.read","args":{"path":"${filled(size, "/a", "/.")}"}}`,
  "long-url": (size) => `{"tool":"t.all","args":{"link":"${filled(size, "https://a.example/", "../")}"}}`,
  "url-of-ats": (size) => `{"tool":"t.all","args":{"link":"${filled(size, "https://", "a@")}"}}`,
  "url-of-labels": (size) => `{"tool":"t.all","args":{"link":"${filled(size, "https://a", ".xn--a")}"}}`,
  "long-email": (size) => `{"tool":"t.all","args":{"mail":"${filled(size, "a@", "b.")}"}}`,
  "long-time": (size) => `{"tool":"t.all","args":{"at":"${filled(size, "2026-01-01T00:00:00.", "0")}"}}`,
  "long-duration": (size) => `{"tool":"t.all","args":{"span":"${filled(size, "1", "0", "d")}"}}`,
  "undeclared-arguments": (size) =>
    filled(size, '{"tool":"file.read","args":{"path":"/a"', (i) => `,"k${i}":1`, "}}"),
  addressees: (size) =>
    filled(
      size,
      '{"tool":"mail.send","confidence":1,"args":{"body":"x","to":["y@b.example"',
      (i) => `,"y${i}@b.example"`,
      "]}}",
    ),
  "addressees-all-one": (size) =>
    filled(
      size,
      '{"tool":"mail.send","confidence":1,"args":{"body":"x","to":["y@b.example"',
      ',"y@b.example"',
      "]}}",
    ),
  claims: (size) =>
    filled(
      size,
      '{"tool":"file.read","args":{"path":"/a"},"claims":{"a":{"value":1}',
      (i) => `,"c${i}":{"value":1}`,
      "}}",
    ),
  "deep-claim": (size) =>
    `{"tool":"file.read","args":{"path":"/a"},"claims":{"guess":{"value":${nested(size, "[", "1", "]")}}}}`,
  "long-message": (size) => `{"tool":"file.read","args":{"path":"/a"},"message":"${"a ".repeat(size / 2)}"}`,
  "unknown-keys": (size) =>
    filled(size, '{"tool":"file.read","args":{"path":"/a"}', (i) => `,"k${i}":1`, "}"),
  "deep-argument": (size) => `{"tool":"t.all","args":{"blob":${nested(size, '{"a":[', "1", "]}")}}}`,
};

const outputs: Readonly<Record<string, Make>> = {
  words: (size) => filled(size, "", (i) => `w${i} `),
  "one-word": (size) => "a".repeat(size),
  "one-word-often": (size) => filled(size, "", "a "),
  numbers: (size) => filled(size, "", (i) => `${i} `),
  "numbers-with-dots": (size) => filled(size, "", "1."),
  "numbers-with-commas": (size) => filled(size, "1", ",000"),
  paths: (size) => filled(size, "", "/a"),
  "paths-apart": (size) => filled(size, "", (i) => `/a/${i} `),
  urls: (size) => filled(size, "", (i) => `https://a.example/${i} `),
  "one-url": (size) => filled(size, "https://", "a.", "example"),
  schemes: (size) => filled(size, "", "https://"),
  emails: (size) => filled(size, "", (i) => `y${i}@b.example `),
  ats: (size) => filled(size, "", "a@"),
  "ats-and-dots": (size) => filled(size, "a@", "b."),
  times: (size) => filled(size, "", "2026-01-01T00:00:00Z "),
  quotes: (size) => filled(size, "", '"'),
  brackets: (size) => filled(size, "", "("),
  surrogates: (size) => filled(size, "", "\ud800"),
  "zero-width": (size) => filled(size, "a", "\u200b"),
  "combining-marks": (size) => filled(size, "a", "\u0301"),
  ligatures: (size) => filled(size, "", "\ufdfa"),
  "yaml-keys": (size) => filled(size, "", (i) => `k${i}: v\n`),
  "yaml-keys-that-are-one": (size) => filled(size, "", "k: v\n"),
  "yaml-list": (size) => filled(size, "", "- a\n"),
  "yaml-deep-flow": (size) => nested(size, "[", "a", "]"),
  "yaml-deep-flow-maps": (size) => nested(size, "{a: ", "b", "}"),
  "yaml-deep-list": (size) => filled(size, "", "- "),
  "yaml-deep-block": (size) =>
    Array.from({ length: Math.sqrt(2 * size) }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
  "yaml-anchors": (size) => filled(size, "", (i) => `- &a${i} x\n`),
  "yaml-aliases": (size) => filled(size, "a: &a x\nb:\n", "- *a\n"),
  "yaml-bomb": (size) =>
    filled(
      size,
      "a0: &a0 [x, x, x, x, x, x, x, x, x]\n",
      (i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]\n`,
    ),
  "yaml-tags": (size) => filled(size, "", "- !!binary a\n"),
  "yaml-question-marks": (size) => filled(size, "", "? "),
  "yaml-quotes": (size) => filled(size, 'a: "', "\\n"),
  "yaml-documents": (size) => filled(size, "", "---\na: b\n"),
  "yaml-comments": (size) => filled(size, "a: b\n", "# c\n"),
  "yaml-block-text": (size) => filled(size, "a: |\n", "  text\n"),
  "yaml-percents": (size) => filled(size, "", "%YAML 1.2\n"),
  "mcp-texts": (size) =>
    filled(size, '{"content":[{"type":"text","text":"a"}', ',{"type":"text","text":"a: b"}', "]}"),
  "json-in-json": (size) =>
    JSON.stringify({ content: [{ type: "text", text: nested(size, '{"a":', "1", "}") }] }),
};

const narrowings: Readonly<Record<string, Make>> = {
  forbids: (size) => filled(size, "scope {\n", (i) => `  forbid mail.send when count(to) == ${i}\n`, "}\n"),
  "unknown-tools": (size) => filled(size, "scope {\n", (i) => `  forbid mail.sent${i}\n`, "}\n"),
  "unknown-names": (size) =>
    filled(size, "scope {\n", (i) => `  forbid mail.send when too${i} == 1\n`, "}\n"),
  blocks: (size) => filled(size, "", "scope { forbid mail.send }\n"),
  "other-blocks": (size) => filled(size, "", "grounding { tolerance 0.1 }\n"),
  classes: (size) => filled(size, "reversibility {\n", (i) => `  class c${i} above grave\n`, "}\n"),
  treats: (size) =>
    filled(size, "reversibility {\n", "  treat mail.send as grave\n", "  otherwise grave\n}\n"),
  thresholds: (size) => filled(size, "discernment {\n", "  threshold 0.1\n", "}\n"),
  "policies-again": (size) => filled(size, "", `policy ${compiledBase().name}\n`),
};

const toolLists: Readonly<Record<string, Make>> = {
  tools: (size) =>
    filled(
      size,
      '{"tools":[{"name":"t"}',
      (i) => `,{"name":"t${i}","inputSchema":{"type":"object","properties":{"a":{"type":"string"}}}}`,
      "]}",
    ),
  "tools-of-one-name": (size) => filled(size, '{"tools":[{"name":"t"}', ',{"name":"t"}', "]}"),
  properties: (size) =>
    filled(
      size,
      '[{"name":"t","inputSchema":{"properties":{"a":{}',
      (i) => `,"p${i}":{"type":"integer"}`,
      "}}}]",
    ),
  required: (size) =>
    filled(
      size,
      '[{"name":"t","inputSchema":{"properties":{"a":{}},"required":["a"',
      (i) => `,"p${i}"`,
      "]}}]",
    ),
  "nested-properties": (size) =>
    `[{"name":"t","inputSchema":${nested(size, '{"type":"object","properties":{"a":', '{"type":"string"}', "}}")}}]`,
  "nested-items": (size) =>
    `[{"name":"t","inputSchema":{"type":"object","properties":{"a":${nested(size, '{"type":"array","items":', '{"type":"string"}', "}")}}}}]`,
  "nested-any-of": (size) =>
    `[{"name":"t","inputSchema":{"type":"object","properties":{"a":${nested(size, '{"anyOf":[{"type":"null"},', '{"type":"string"}', "]}")}}}}]`,
  "refs-to-each-other": (size) =>
    filled(
      size,
      '[{"name":"t","inputSchema":{"properties":{"a":{"$ref":"#/$defs/d0"}},"$defs":{"z":{}',
      (i) => `,"d${i}":{"$ref":"#/$defs/d${i + 1}"}`,
      "}}}]",
    ),
  "refs-that-double": (size) =>
    filled(
      Math.min(size, 4_000),
      '[{"name":"t","inputSchema":{"properties":{"a":{"$ref":"#/$defs/d0"}},"$defs":{"z":{}',
      (i) =>
        `,"d${i}":{"type":"object","properties":{"a":{"$ref":"#/$defs/d${i + 1}"},"b":{"$ref":"#/$defs/d${i + 1}"}}}`,
      "}}}]",
    ),
  "enum-members": (size) =>
    filled(size, '[{"name":"t","inputSchema":{"properties":{"a":{"enum":["a"', (i) => `,"m${i}"`, "]}}}}]"),
};

const records: Readonly<Record<string, Make>> = {
  proposals: (size) =>
    filled(Math.min(size, 40_000), "", '{"tool":"file.read","args":{"path":"/a"},"confidence":1}\n'),
  observations: (size) =>
    filled(
      Math.min(size, 40_000),
      "",
      (i) => `{"observe":{"tool":"file.read","args":{"path":"/a"},"output":"w${i}"}}\n`,
    ),
  said: (size) => filled(Math.min(size, 40_000), "", (i) => `{"said":{"by":"owner","text":"w${i}"}}\n`),
  confirmations: (size) =>
    filled(
      Math.min(size, 40_000),
      '{"tool":"mail.send","args":{"to":["y@b.example"],"body":"x"},"confidence":1}\n',
      '{"confirm":{"by":"owner"}}\n',
    ),
  rulings: (size) =>
    filled(Math.min(size, 40_000), "", '{"rule":{"by":"owner","given":"agreed","answer":true}}\n'),
};

export const givenRecipes = [
  ...recipesOf("json", json),
  ...recipesOf("proposals", proposals),
  ...recipesOf("outputs", outputs),
  ...recipesOf("narrowings", narrowings),
  ...recipesOf("tools", toolLists),
  ...recipesOf("records", records),
];
