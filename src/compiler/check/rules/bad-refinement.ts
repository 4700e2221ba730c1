import type { CheckContext, Rule } from "../../program.js";
import { alreadyFound } from "./support/typed.js";

export const badRefinement: Rule = {
  code: "check/bad-refinement",
  severity: "error",
  summary: "a `tool` line refines what was imported, and changes nothing else of it",
  why:
    "A JSON Schema has no paths, addresses or times, so that a `tool` line may say which strings are such: a string becomes a path, " +
    "url, email, time or enum, a number an int, json anything. What the server does not take cannot be added, nor its type changed.",
  avoid: `policy notes.tools

tools "./tools.json"
tool notes.find(text: path, limit: bool)
`,
  prefer: `policy notes.tools

tools "./tools.json"
tool notes.find(text: path, limit: int)
`,
  files: {
    "tools.json": `{ "tools": [{ "name": "notes.find", "inputSchema": { "type": "object", "required": ["text", "limit"],
      "properties": { "text": { "type": "string" }, "limit": { "type": "number" } } } }] }`,
  },
  check: (context: CheckContext) => alreadyFound(context, "check/bad-refinement"),
};
