import fc from "fast-check";
import type { Json } from "../../../src/ir/json.js";
import type { TraceBody } from "../../../src/ir/trace.js";
import type { SessionOptions } from "../../../src/session/opening.js";
import type { Model, Word } from "./model.js";
import { ofKind } from "./steps.js";
import type { Real } from "./real.js";

type Command = fc.AsyncCommand<Model, Real>;

/** One thing that is done to a session, in one of the processes that have it. */
interface Deed {
  /** For a person who reads a failure. */
  readonly says: string;
  readonly which: number;
  readonly done: (at: At) => Promise<void>;
}
interface At {
  readonly model: Model;
  readonly real: Real;
  readonly id: string;
  readonly session: ReturnType<Real["session"]>;
}

/** Of whichever session there is; without any it does not apply. */
const deed = ({ says, which, done }: Deed): Command => ({
  check: (model) => model.sessions.length > 0,
  run: (model, real) => {
    const id = model.sessions[which % model.sessions.length] as string;
    return done({ model, real, id, session: real.session(id, Math.floor(which / 7)) });
  },
  toString: () => `${says} in ${which}`,
});

const anyPlace = fc.nat(40);
const by = fc.constantFrom("owner", "owner", "owner", "board", "board", "nobody");
const text = fc.constantFrom("Ann Lee", "write to Bo Lind", "");
const n = fc.constantFrom(1, 2, 7, 12);

const proposed: fc.Arbitrary<{ tool: string; args: { [name: string]: Json } }> = fc.oneof(
  fc.constantFrom({ tool: "read", args: {} }, { tool: "read", args: { id: "x" } }),
  fc.record({ tool: fc.constant("send"), args: fc.record({ to: fc.constantFrom("Ann Lee", "Bo Lind"), n }) }),
  fc.record({ tool: fc.constant("pay"), args: fc.record({ n }) }),
  fc.constant({ tool: "wipe", args: {} }),
  fc.constantFrom({ tool: "pay", args: { n: "x" } }, { tool: "gone", args: {} }),
);
const proposal = proposed.map((one) => ({ ...one, confidence: 1 }));

const opening: fc.Arbitrary<SessionOptions> = fc.record(
  {
    id: fc.constantFrom("a", "b", "session-2"),
    givens: fc.constantFrom<{ [name: string]: Json }[]>(
      {},
      { more: true },
      { most: 9, region: "EU" },
      { most: 20, more: false },
      { region: 5 },
      { other: 1 },
    ),
    instruction: fc.constantFrom("write to Ann Lee"),
    actor: fc.constantFrom("me"),
  },
  { requiredKeys: [] },
);

const open = opening.map(
  (options): Command => ({
    check: (model) => model.sessions.length < 4,
    run: async (model, real) => {
      await real.agree(
        () => model.open(options),
        async () => real.keep(await real.store.open(options)),
      );
    },
    toString: () => `open ${JSON.stringify(options)}`,
  }),
);

const propose = fc.tuple(anyPlace, proposal).map(([place, what]) =>
  deed({
    says: `propose ${JSON.stringify(what)}`,
    which: place,
    done: ({ model, real, id, session }) =>
      real.agree(
        () => model.propose(id, what),
        () => session.propose(what),
      ),
  }),
);

/** Several at the same time, in whatever processes: they come to what they would have one after the other, as they are recorded. */
const together = fc.array(fc.tuple(anyPlace, proposal), { minLength: 2, maxLength: 5 }).map(
  (several): Command => ({
    check: (model) => model.sessions.length > 0,
    run: async (model, real) => {
      const isClosed = (id: string) =>
        model.steps.some((step) => step.kind === "closed" && step.session === id);
      await Promise.all(
        several.flatMap(([place, what]) => {
          const id = model.sessions[place % model.sessions.length] as string;
          return isClosed(id) ? [] : [real.session(id, Math.floor(place / 7)).propose(what)];
        }),
      );
      for (const record of await real.newRecords())
        if (record.kind === "proposed") model.propose(record.session, record.body.proposal ?? null);
      await real.agreeOnTrace();
    },
    toString: () =>
      `together ${several.map(([place, what]) => `${JSON.stringify(what)} in ${place}`).join(", ")}`,
  }),
);

/** Which decision a word is on: the last one, the last if it is of a proposal, or any by its record. */
const onWhat = fc.oneof(
  { weight: 3, arbitrary: fc.constant("last" as const) },
  fc.constantFrom("shown" as const, "other" as const),
  { weight: 3, arbitrary: fc.nat(6) },
);

const confirm = fc
  .tuple(anyPlace, by, fc.constantFrom(true, true, true, false), onWhat)
  .map(([place, who, answer, on]) =>
    deed({
      says: `confirm ${answer} by ${who} on ${on}`,
      which: place,
      done: ({ model, real, id, session }) => {
        const word: Word = { by: who, answer };
        if (typeof on === "number") {
          const decided = ofKind(model.steps, "decided").at(-1 - on)?.place;
          const hash = decided === undefined ? "sha256:none" : (real.hashes[decided - 1] as string);
          return real.agree(
            () => model.confirm(id, word, { place: decided ?? 0 }),
            () => session.confirm({ ...word, decided: hash }),
          );
        }
        const last = model.lastDecision(id)?.body.decision.proposal ?? "sha256:none";
        const of = on === "last" ? {} : { proposal: on === "shown" ? last : "sha256:other" };
        return real.agree(
          () => model.confirm(id, word, of),
          () => session.confirm({ ...word, ...of }),
        );
      },
    }),
  );

const said = fc.tuple(anyPlace, by, text).map(([place, who, words]) =>
  deed({
    says: `${who} says ${JSON.stringify(words)}`,
    which: place,
    done: ({ model, real, id, session }) =>
      real.agree(
        () => model.said(id, who, words),
        () => session.said({ by: who, text: words }),
      ),
  }),
);

const answers = fc.constantFrom<Json[]>(true, false, 9, 20, "US", "EU");
const ruleGiven = fc
  .tuple(anyPlace, by, fc.constantFrom("more", "most", "region", "other"), answers)
  .map(([place, who, given, answer]) =>
    deed({
      says: `${who} answers ${JSON.stringify(answer)} to given.${given}`,
      which: place,
      done: ({ model, real, id, session }) =>
        real.agree(
          () => model.ruleGiven(id, who, given, answer),
          () => session.rule({ by: who, given, answer }),
        ),
    }),
  );

/** What the last decision asks, whichever of its questions; one that nobody asks where it asks nothing. */
function questionOf(model: Model, id: string, place: number): string {
  const remedies = model.lastDecision(id)?.body.decision.remedies ?? [];
  const asked = remedies
    .flatMap(({ questions }) => questions ?? [])
    .filter((key) => !key.startsWith("given:"));
  return asked[place % asked.length] ?? "permit/000000000000";
}
const ruleCondition = fc
  .tuple(anyPlace, by, fc.constantFrom<Json[]>(true, true, false, "yes"), fc.nat(3))
  .map(([place, who, answer, question]) =>
    deed({
      says: `${who} answers ${JSON.stringify(answer)} to question ${question}`,
      which: place,
      done: ({ model, real, id, session }) => {
        const key = questionOf(model, id, question);
        return real.agree(
          () => model.ruleCondition(id, who, key, answer),
          () => session.rule({ by: who, question: key, answer }),
        );
      },
    }),
  );

const outputs = fc.constantFrom<Json[]>({ name: "Ann Lee" }, ["Bo Lind"], "Ann Lee and Bo Lind", null);
const observe = fc
  .tuple(anyPlace, proposed, outputs, fc.nat(5))
  .map(([place, { tool, args }, output, luck]) =>
    deed({
      says: `observe ${tool} ${JSON.stringify(args)} ${JSON.stringify(output)}`,
      which: place,
      done: ({ model, real, id, session }) => {
        const error = luck === 5;
        return real.agree(
          () => model.observe(id, tool, args, output, error),
          () => session.observe({ tool, args, output, error }),
        );
      },
    }),
  );

const outcome = fc
  .tuple(anyPlace, fc.constantFrom<TraceBody<"outcome">["result"][]>("worked", "failed", "undone"), fc.nat(8))
  .map(([place, result, on]) =>
    deed({
      says: `${result} on ${on}`,
      which: place,
      done: ({ model, real, id, session }) => {
        const of = on === 0 ? undefined : (ofKind(model.steps, "decided").at(-on)?.place ?? 1);
        return real.agree(
          () => model.outcome(id, result, of),
          () =>
            session.outcome({
              result,
              ...(of === undefined ? {} : { decided: real.hashes[of - 1] as string }),
            }),
        );
      },
    }),
  );

const close = anyPlace.map((place) =>
  deed({
    says: "close",
    which: place,
    done: ({ model, real, id, session }) =>
      real.agree(
        () => model.close(id),
        () => session.close(),
      ),
  }),
);

const resume = anyPlace.map((place) =>
  deed({ says: "resume", which: place, done: ({ real, id }) => real.resume(id) }),
);

const minute = 60_000;
const wait = fc
  .constantFrom(1, 30 * minute, 61 * minute, 5 * 60 * minute, 26 * 60 * minute, -60 * minute)
  .map(
    (step): Command => ({
      check: () => true,
      run: async (model) => {
        model.now += step;
      },
      toString: () => `wait ${step / minute}m`,
    }),
  );

const turn = fc.nat(2).map(
  (world): Command => ({
    check: () => true,
    run: async (model) => {
      model.world = world;
    },
    toString: () => `world ${world}`,
  }),
);

/** How often each is drawn. */
const weights = [
  [3, open],
  [12, propose],
  [3, together],
  [6, observe],
  [3, said],
  [8, confirm],
  [4, ruleGiven],
  [4, ruleCondition],
  [2, outcome],
  [1, close],
  [2, resume],
  [3, wait],
  [1, turn],
] as const satisfies readonly (readonly [number, fc.Arbitrary<Command>])[];

/** What happens to the sessions of a store, from its first on. */
export const histories = fc.commands(
  weights.flatMap(([weight, command]) => Array.from({ length: weight }, () => command)),
  { size: "max", maxCommands: 40 },
);
