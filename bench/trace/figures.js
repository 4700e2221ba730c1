import { compilePolicy, createEngine } from "reshimu";

/** The value below which such a part of all lies. */
export const quantile = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
export const median = (values) => quantile(values, 0.5);
export const ms = (value) => Number(value.toFixed(3));

const text = `policy bench
principal owner "Owner"
intent {
  find "Find."
  write "Write."
  restrain "Nothing else."
}
tool write(path: path, amount: int)
tool read(path: path)
scope {
  permit write serving write when path within "/a" and amount <= 100
  permit read serving find when path within "/a"
  forbid write serving restrain when path like "*.lock"
}
grounding { unsupported at most 1 }
reversibility {
  class free
  class grave above free confirm owner
  treat write as grave when amount > 50
  otherwise free
}
discernment {
  threshold 0.5
  escalate owner within 4h
}
`;

export function newEngine() {
  const { policy, diagnostics } = compilePolicy("bench.reshimu", { read: () => ({ text }) });
  if (policy === null) throw new Error(diagnostics[0]?.message ?? "the policy does not compile");
  return createEngine(policy);
}

export const proposal = (n) => ({
  tool: "write",
  args: { path: `/a/${n}/file`, amount: n % 50 },
  confidence: 0.9,
});
