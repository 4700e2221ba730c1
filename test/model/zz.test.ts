import { readFileSync } from "node:fs";
import { test } from "vitest";
import { compilePolicy } from "../../src/index.js";
test("dump", () => {
  const text = readFileSync("test/fixtures/accounts.audit.reshimu", "utf8") ;
  const r = compilePolicy("a.reshimu", { read: () => ({ text: text
   .replace("scope {", "scope {\n permit email.send when every a, b in to: a traced to intent\n".replace("every a, b in to: a", "to"))
  }) });
  if (r.policy === null) console.log(JSON.stringify(r.diagnostics).slice(0,2000));
  const { spans, tests, ...p } = r.policy!;
  console.log(JSON.stringify(p, null, 1));
});
