import type { CheckContext, Rule } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf } from "./support/walk.js";

export const badKey: Rule = {
  code: "check/bad-key",
  severity: "error",
  summary: "a principal's key is `ed25519:` and 32 bytes in base64",
  why:
    "With a key, only a signature counts as the principal's word. A key that cannot be read would make every confirmation fail, or " +
    "tempt somebody to leave it out.",
  avoid: `policy notes.rules

principal owner "Head of the team" key "ed25519:not-a-key"
`,
  prefer: `policy notes.rules

principal owner "Head of the team" key "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of declarationsOf(program, "Principal")) {
      if (node.key === undefined || isKey(node.key.value)) continue;
      yield {
        message: `the key of ${quote(node.name.text)} is not an Ed25519 public key`,
        span: node.key.span,
        label: node.key.value.startsWith("ed25519:")
          ? "not 32 bytes in base64"
          : "does not begin with `ed25519:`",
        help: "write `ed25519:` and then the 32 bytes of the public key in base64, 44 characters with the last `=`",
      };
    }
  },
};

/** 32 bytes are 43 characters, of which the last carries four bits, and a `=`. */
const isKey = (key: string): boolean => /^ed25519:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(key);
