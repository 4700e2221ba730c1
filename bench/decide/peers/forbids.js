import { byTool } from "./grouped.js";

/** The forbids of all layers by tool: any of them forbids. */
export function forbidsByTool({ above = [], ...policy }, make) {
  const all = [policy, ...above].flatMap(({ forbids }) => forbids ?? []);
  return byTool(policy, all, make);
}
