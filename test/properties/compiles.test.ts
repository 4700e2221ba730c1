import fc from "fast-check";
import { test } from "vitest";
import { compilePolicy, renderDiagnostics, policySchema } from "../../src/index.js";
import { drawn } from "./generate/choices.js";
import { textsOf } from "./generate/model.js";
import { policyOf } from "./generate/policy.js";
test("x", () => {
  const codes = new Map<string, number>(); let bad=0;
  const t0=performance.now();
  const all = fc.sample(drawn((d) => policyOf(d, 2)), {numRuns: 300, seed: 1});
  console.log("gen", performance.now()-t0);
  let shown=0;
  const t1=performance.now();
  for (const m of all) {
    const texts = textsOf(m.files);
    const r = compilePolicy(m.entry, { read: (p) => texts.has(p) ? { text: texts.get(p)! } : { error: "none" } });
    if (r.policy === null) { bad++; 
      for (const d of r.diagnostics.filter(x=>x.severity==="error")) codes.set(d.code, (codes.get(d.code)??0)+1);
      if (shown++<Number(process.env.SHOW??6)) console.log(renderDiagnostics(r.diagnostics.filter(x=>x.severity==="error").slice(0,2), (f) => r.sources.get(f), { color: false }));
    } else policySchema.parse(r.policy);
  }
  console.log("compile", performance.now()-t1, bad, [...codes]);
  console.log([...textsOf(all[3]!.files).values()].join("\n----\n"));
});
