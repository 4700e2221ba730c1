import { createEngine, type Engine } from "../../../src/engine/engine.js";
import type { FactAnswer, FactQuestion } from "../../../src/ir/knowledge.js";
import type { Sources } from "../../../src/sources/ask.js";
import { commission, compiled } from "../../support/policy.js";

/** One policy in which all that a session remembers decides something. */
const text = commission({
  givens:
    'given region: string = "EU"\n given more: bool asks owner "More?"\n given most: int asks board "How much?"',
  tools: "tool read(id?: string)\ntool send(to: string, n: int)\ntool pay(n: int)\ntool wipe()",
  scope: `permit read
    permit send when to traced to [crm, owner] and given.region == "EU"
    permit pay when n <= given.most
    permit wipe when given.more and calls(read) > 0
    limit pay sum n to 12 per session
    limit send to 3 per 1h`,
  grounding: `unsupported at most 1
    source crm is tool read when session.trust > 0.1 trust 0.5
    source bank is json "bank.json" trust 0.9
    fact balance(n: int): int from bank "/b/{n}"
    ground pay on fact balance(n) >= n`,
  reversibility: `class free
    class grave above free confirm owner
    class worst above grave confirm board limit 1 per 1d
    treat send as grave when n > 1
    treat pay as grave when given.more
    treat wipe as worst
    otherwise free`,
  discernment: `threshold 0.5
    gray pay when n == 7 weight 0.9
    escalate owner within 4h, then board within 1d`,
});

export const newEngine = (): Engine => createEngine(compiled(text));

/** What the bank says in this state of the world: enough, too little, or nothing. */
export function answerIn(world: number, { fact, args }: FactQuestion): FactAnswer {
  const n = Number(args[0]);
  const answer =
    (world + n) % 3 === 2
      ? { source: "bank", silent: "gave no answer" }
      : { source: "bank", value: (world + n) % 3 === 0 ? n + 1 : n - 1 };
  return { fact, args: [...args], answers: [answer] };
}

/** Sources that answer from the world as it is, after others have had their turn. */
export const sourcesOf = (world: () => number): Sources => ({
  ask: async (questions) => {
    await new Promise((done) => setImmediate(done));
    return questions.map((question) => answerIn(world(), question));
  },
  close: async () => {},
});
