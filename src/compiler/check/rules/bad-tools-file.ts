import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const badToolsFile: Rule = {
  code: "check/bad-tools-file",
  severity: "error",
  summary: "`tools` names a file with the answer to MCP `tools/list`",
  why:
    "The tools an agent has are described by the server that offers them, and the policy takes their parameters from there. A file " +
    "that is something else describes none.",
  avoid: commission({ more: 'tools "./server.json"' }),
  prefer: commission({ more: 'tools "./tools.json"' }),
  files: {
    "server.json": '{ "name": "notes server" }',
    "tools.json": '{ "tools": [] }',
  },
  check: (context: CheckContext) => alreadyFound(context, "check/bad-tools-file"),
};
