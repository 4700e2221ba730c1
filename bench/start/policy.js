/** The text of a policy with so many permits, ten a tool: tool equality, a path prefix, a bound and an inequality. */
export function policySource(rules, name = "bench") {
  const tools = Math.max(1, rules / 10);
  const serving = ["find", "write", "restrain"];
  return `policy ${name}
principal owner "Owner"
intent {
  find "Find."
  write "Write."
  restrain "Nothing else."
}
${Array.from({ length: tools }, (_, tool) => `tool t${tool}(path: path, amount: int, kind: enum("a", "b", "c"))`).join("\n")}
scope {
${Array.from({ length: rules }, (_, rule) => `  permit t${rule % tools} serving ${serving[rule % 3]} when path within "/a/${rule}" and amount <= ${100 + rule} and kind != "c"`).join("\n")}
}
grounding {
  unsupported at most 1
}
reversibility {
  class read
  otherwise read
}
discernment {
  threshold 0.5
  escalate owner within 1h
}
`;
}

/** The same rules as a hand-written gate would keep them. */
export const plainRules = (rules) => {
  const tools = Math.max(1, rules / 10);
  return Array.from({ length: rules }, (_, rule) => ({
    id: `r${rule}`,
    tool: `t${rule % tools}`,
    prefix: `/a/${rule}`,
    most: 100 + rule,
    not: "c",
  }));
};
