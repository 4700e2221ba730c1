import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, SourceAnswer } from "../ir/knowledge.js";
import type { FactIr, PolicyIr, WorldSourceIr } from "../ir/policy.js";
import { formatDuration } from "../ir/value.js";
import { createGate } from "./gate.js";
import { openHttp } from "./http.js";
import { openJson } from "./json.js";
import { openMcp } from "./mcp.js";
import { openPostgres } from "./postgres.js";
import { defaultTimeout, type OpenSource, queryOf, type Said, Silent, type WorldSource } from "./source.js";
import { openSqlite } from "./sqlite.js";

/** How many requests are under way at once. */
export const maxUnderWay = 64;
/** Timers of Node count no further. */
const maxTimeout = 2_147_483_647;

export interface SourcesOptions {
  /** The folder where relative locators start. */
  readonly root: string;
}

/** The world sources of a policy. */
export interface Sources {
  /**
   * Asks every source of every question, at the same time: one answer a question, in their order; in it one entry a
   * source of the fact, in theirs (an undeclared fact has none). Equal questions are asked once. Never rejects: a source
   * that fails, is late or gives something else than one value is silent, with a reason. Whether a value is of the
   * fact's type, and fresh, is judged by the engine (semantics.md, *grounding*).
   */
  ask(questions: readonly FactQuestion[]): Promise<FactAnswer[]>;
  /** Ends what is under way and frees what is open; asked afterwards, every source is silent. */
  close(): Promise<void>;
}

/** Makes the sources of a policy ready to be asked. Each is opened when first asked, and stays open until `close`. */
export function openSources(policy: Pick<PolicyIr, "sources" | "facts">, options: SourcesOptions): Sources {
  const facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
  const declared = new Map(policy.sources.map((source) => [source.name, source]));
  const opened = new Map<string, WorldSource>();
  const underWay = new Set<AbortController>();
  const gate = createGate(maxUnderWay);
  let closed = false;

  const opening = (source: WorldSourceIr): WorldSource => {
    const known = opened.get(source.name) ?? kinds[source.kind](source, options.root);
    opened.set(source.name, known);
    return known;
  };

  const askOne = async (
    fact: FactIr,
    from: FactIr["from"][number],
    args: readonly Json[],
  ): Promise<SourceAnswer> => {
    const source = declared.get(from.source);
    try {
      if (source === undefined || source.kind === "tool")
        throw new Silent("is no source for facts in this policy");
      const query = queryOf(fact, from.lookup, args);
      return { source: from.source, ...(await gate(() => ask(source, query))) };
    } catch (error) {
      return { source: from.source, silent: error instanceof Silent ? error.message : "failed" };
    }
  };

  const ask = async (source: WorldSourceIr, query: ReturnType<typeof queryOf>): Promise<Said> => {
    if (closed) throw new Silent("was closed");
    const controller = new AbortController();
    underWay.add(controller);
    try {
      const asked = opening(source).ask(query, controller.signal);
      return await inTime(asked, source.timeout ?? defaultTimeout, controller);
    } finally {
      underWay.delete(controller);
    }
  };

  const answer = async (question: FactQuestion): Promise<readonly SourceAnswer[]> => {
    const fact = facts.get(question.fact);
    return Promise.all((fact?.from ?? []).map((from) => askOne(fact as FactIr, from, question.args)));
  };

  return {
    ask: (questions) => {
      const asked = new Map<string, Promise<readonly SourceAnswer[]>>();
      return Promise.all(
        questions.map(async (question) => {
          const key = JSON.stringify([question.fact, question.args]);
          const answers = asked.get(key) ?? answer(question);
          asked.set(key, answers);
          return { fact: question.fact, args: question.args, answers: await answers };
        }),
      );
    },
    close: async () => {
      closed = true;
      for (const controller of underWay) controller.abort();
      await Promise.all([...opened.values()].map((source) => source.close()));
      opened.clear();
    },
  };
}

/** What is said before the time is up or the controller aborts; when the time is up the controller is aborted. */
async function inTime(asked: Promise<Said>, timeout: number, controller: AbortController): Promise<Said> {
  let reason = "was closed";
  const onTime = (): void => {
    reason = `gave no answer within ${formatDuration(timeout)}`;
    controller.abort();
  };
  const timer = setTimeout(onTime, Math.min(timeout, maxTimeout));
  const aborted = new Promise<never>((_, fail) => {
    controller.signal.addEventListener("abort", () => fail(new Silent(reason)), { once: true });
  });
  try {
    return await Promise.race([aborted, asked]);
  } finally {
    clearTimeout(timer);
  }
}

const kinds: { readonly [K in WorldSourceIr["kind"]]: OpenSource } = {
  sqlite: openSqlite,
  http: openHttp,
  json: openJson,
  postgres: openPostgres,
  mcp: openMcp,
};
