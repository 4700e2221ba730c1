/** A request as the engine, and whoever makes the same checks, is given it: what the agent says, and what the store knows. */

const trace = { givens: {}, observations: [], said: [], rulings: [], confirmations: [] };

export const proposalOf = ({ tool, args, confidence }) => ({ tool, args, confidence });

/** The knowledge of one request: its own object, its actor and answers its own; the session's history is shared, as a store's is. */
export function knowledgeFor({ policy }) {
  const session = { id: "s" };
  const history = (policy.history ?? []).map(({ tool, args }, i) => ({
    session: "s",
    at: i,
    tool,
    args,
    classes: [null],
    observed: false,
    trust: 0,
  }));
  return ({ roles, facts = [] }) => ({
    now: 1_000_000,
    session,
    actor: { id: "agent", roles },
    ...trace,
    history,
    answers: facts.map(({ fact, arg, value }) => ({
      fact,
      args: [arg],
      answers: [
        { source: "desk", ...(value === null ? { silent: "it timed out" } : { value, at: 999_000 }) },
      ],
    })),
  });
}
