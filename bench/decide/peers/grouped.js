/** Statements by the tool they speak of, those for every tool added to each. */
export function byTool(policy, statements, make) {
  const groups = new Map(policy.tools.map(({ name }) => [name, []]));
  for (const statement of statements ?? []) {
    const of = statement.tool === "*" ? groups.values() : [groups.get(statement.tool)];
    for (const group of of) group.push(make(statement));
  }
  return groups;
}
