import type { Knowledge, PastAction } from "../../src/ir/knowledge.js";

/** Earlier actions of this session: of the whole tree of delegations, which goes by the name of its root (semantics.md, *Layers*). */
export const ofSession = ({ history, session }: Knowledge): PastAction[] =>
  history.filter((action) => action.session === (session.root ?? session.id));

/** Earlier actions that a window looks at: those of the session, or of a time before now in all sessions. */
export const inWindow = (knowledge: Knowledge, window: "session" | number): PastAction[] =>
  window === "session"
    ? ofSession(knowledge)
    : knowledge.history.filter((action) => action.at > knowledge.now - window);

/** Whether a statement speaks of a tool: by its name, or by a pattern with a star at the end. */
export const covers = (tools: readonly string[], name: string): boolean =>
  tools.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));

/** The lowest trust of what the session's actions read; before any: 1 (semantics.md, *Tracing*). */
export const sessionTrust = (knowledge: Knowledge): number =>
  Math.min(1, ...ofSession(knowledge).map((action) => action.trust));
