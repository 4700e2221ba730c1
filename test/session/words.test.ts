import type { KeyObject } from "node:crypto";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import {
  canonicalJson,
  newKey,
  readPrivateKey,
  type Session,
  SessionError,
  signedText,
  signWord,
  Store,
  verifyTrace,
  type WordRequest,
} from "../../src/index.js";
import type { SignableWord } from "../../src/ir/word.js";
import type { TraceRecord } from "../../src/ir/trace.js";
import { link } from "../../src/trace/chain.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import { engineOf } from "../support/policy.js";
import { all } from "../trace/stores.js";

const owner = newKey();
const board = newKey();
const ownerKey = readPrivateKey(owner.pem);
const boardKey = readPrivateKey(board.pem);
const hour = 3_600_000;
const start = Date.UTC(2026, 0, 31, 12);
const ask = (n: number) => ({ tool: "act", args: { n }, confidence: 1 });

const engine = engineOf({
  principals: `principal owner "The owner" key "${owner.key}"\nprincipal board "The board" key "${board.key}"\nprincipal desk "The desk"`,
  givens: 'given region: string asks owner "Which region?"',
  scope: 'permit act when n < 10 or given.region == "EU"\n permit idle',
  grounding: "unsupported at most 1\n source crm is tool idle trust 0.5",
  reversibility:
    "class free\n class grave above free confirm owner\n class worst above grave confirm board\n treat act as grave when n < 5\n treat act as worst when n >= 5 and n < 10\n treat idle as free\n otherwise free",
  discernment:
    'threshold 0.5\n gray idle weight 1 asks owner "Idle?"\n escalate owner within 4h, then board within 1d',
});

let now: number;
let store: Store;
let session: Session;
beforeEach(async () => {
  now = start;
  store = new Store(engine, undefined, { clock: () => ++now, trace: new MemoryTrace() });
  session = await store.open({ id: "s" });
});

const signed = async (request: WordRequest, key: KeyObject = ownerKey) => {
  const word = await session.word(request);
  return { signature: signWord(word, key), expires: word.expires };
};
const refused = (work: Promise<unknown>, message: string) =>
  expect(work).rejects.toSatisfy((error: unknown) => {
    expect(error).toBeInstanceOf(SessionError);
    expect((error as Error).message).toContain(message);
    return true;
  });
const verified = async () =>
  (await verifyTrace(store.trace.records(), { policy: (d) => store.trace.policy(d) })).flaw;

describe("a principal with a key", () => {
  test("confirms by signature, and the record keeps it", async () => {
    expect((await session.propose(ask(1))).decision).toBe("confirm");
    const word = await session.word({ kind: "confirm", by: "owner" });
    expect(signedText(word)).toBe(canonicalJson(word));
    const signature = signWord(word, ownerKey);
    const released = await session.confirm({ by: "owner", signature, expires: word.expires });
    expect(released.decision).toBe("authorize");
    const [record] = await all(store.trace.records({ kinds: ["confirmed"] }));
    expect(record).toMatchObject({
      cause: (word as { decided: string }).decided,
      body: { signed: { signature, expires: word.expires } },
    });
    expect(await verified()).toBeUndefined();
  });

  test("refuses, answers and speaks by signature only", async () => {
    await session.propose({ tool: "idle", args: {}, confidence: 1 });
    await refused(session.confirm({ by: "owner", answer: false }), "`owner` has a key");
    await refused(session.said({ by: "owner", text: "go" }), "`owner` has a key");
    await refused(session.rule({ by: "owner", given: "region", answer: "EU" }), "`owner` has a key");
    await session.said({
      by: "owner",
      text: "go",
      ...(await signed({ kind: "said", by: "owner", text: "go" })),
    });
    const region = { by: "owner", given: "region", answer: "EU" } as const;
    await session.rule({ ...region, ...(await signed({ kind: "rule", ...region })) });
    const [decided] = await all(store.trace.records({ kinds: ["decided"] }));
    const question = (decided as TraceRecord<"decided">).body.decision.remedies[0]?.questions?.[0] ?? "";
    const gray = { by: "owner", question, answer: true } as const;
    await session.rule({ ...gray, ...(await signed({ kind: "rule", ...gray })) });
    expect((await session.propose({ tool: "idle", args: {}, confidence: 1 })).decision).toBe("authorize");
    expect((await session.propose(ask(20))).decision).toBe("authorize");
    expect(await verified()).toBeUndefined();
  });

  test.each<readonly [string, (word: SignableWord) => SignableWord, string]>([
    ["another answer", (word) => ({ ...word, answer: false }) as SignableWord, "not of this word"],
    ["another session", (word) => ({ ...word, session: "t" }), "not of this word"],
    ["another trace", (word) => ({ ...word, opened: `sha256:${"0".repeat(64)}` }), "not of this word"],
    ["another policy", (word) => ({ ...word, policy: `sha256:${"0".repeat(64)}` }), "not of this word"],
    [
      "another decision",
      (word) => ({ ...word, decided: `sha256:${"0".repeat(64)}` }) as SignableWord,
      "not of this word",
    ],
    ["another principal", (word) => ({ ...word, by: "board" }), "not of this word"],
    ["a longer time", (word) => ({ ...word, expires: word.expires + 1 }), "not of this word"],
    ["a time that has passed", (word) => word, "has expired"],
  ])("does not confirm by a word of %s", async (what, changed, problem) => {
    await session.propose(ask(1));
    const passed = what === "a time that has passed";
    const word = await session.word({ kind: "confirm", by: "owner", ...(passed ? { expires: now } : {}) });
    const signature = signWord(changed(word), ownerKey);
    await refused(session.confirm({ by: "owner", signature, expires: word.expires }), problem);
  });

  test("is told by its own key, written in the one way that there is", async () => {
    await session.propose(ask(1));
    const theirs = await signed({ kind: "confirm", by: "owner" }, boardKey);
    await refused(session.confirm({ by: "owner", ...theirs }), "not `owner`'s");
    const ours = await signed({ kind: "confirm", by: "owner" });
    for (const signature of [` ${ours.signature}`, ours.signature.slice(0, -2), "", "AAAA"])
      await refused(session.confirm({ by: "owner", ...ours, signature }), "not `owner`'s");
    const { signature } = ours;
    await refused(session.confirm({ by: "owner", signature }), "`expires`");
    await refused(session.said({ by: "desk", text: "x", ...ours }), "`desk` has no key");
    await refused(session.word({ kind: "said", by: "nobody", text: "x" }), "no principal is called `nobody`");
  });

  test("cannot be made to say a thing twice", async () => {
    const eu = { by: "owner", given: "region", answer: "EU" } as const;
    const first = await signed({ kind: "rule", ...eu });
    await session.rule({ ...eu, ...first });
    const us = { ...eu, answer: "US" };
    await session.rule({ ...us, ...(await signed({ kind: "rule", ...us })) });
    await refused(session.rule({ ...eu, ...first }), "was taken already");
    const again = await store.session("s");
    await refused(again.rule({ ...eu, ...first }), "was taken already");
    const other = await store.open({ id: "t" });
    await refused(other.rule({ ...eu, ...first }), "not of this word");
  });

  test("waits no longer than it signed for, and no longer than the policy lets it", async () => {
    await session.propose(ask(7));
    const short = await signed({ kind: "confirm", by: "owner", expires: now + hour });
    await session.confirm({ by: "owner", ...short });
    now += 2 * hour;
    const late = await session.confirm({
      by: "board",
      ...(await signed({ kind: "confirm", by: "board" }, boardKey)),
    });
    expect(late).toMatchObject({
      decision: "confirm",
      assessments: { reversibility: { awaiting: ["owner"] } },
    });
    const long = await signed({ kind: "confirm", by: "owner", expires: now + 1_000 * hour });
    await session.confirm({ by: "owner", ...long });
    const kept = await all(store.trace.records({ kinds: ["confirmed"] }));
    expect((kept.at(-1) as TraceRecord<"confirmed">).body.until).toBeLessThanOrEqual(now + 4 * hour);
  });
});

describe("T11 confirmation binds, by signature, in a session", () => {
  /** What somebody who holds one signed word may try with it. */
  const tries = ["later", "twice", "other", "policy", "session", "no", "graver"] as const;
  test("it releases that proposal, under that policy, once, in time, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.constantFrom(...tries), { maxLength: 4 }),
        fc.integer({ min: 1, max: 3 * hour }),
        async (n, order, valid) => {
          now = start;
          store = new Store(engine, undefined, { clock: () => ++now });
          session = await store.open({ id: "s" });
          await session.propose(ask(n));
          const [shown] = await all(store.trace.records({ kinds: ["decided"] }));
          const decided = shown?.hash ?? "";
          const word = await signed({ kind: "confirm", by: "owner", decided, expires: now + valid + 10 });
          const sends = (to: Session, more: object = {}) =>
            to.confirm({ by: "owner", ...word, decided, ...more });
          const held = async (work: Promise<{ readonly decision: string }>) =>
            expect(
              await work.then(
                ({ decision }) => decision,
                () => "refused",
              ),
            ).not.toBe("authorize");
          for (const one of order) {
            if (one === "other") await held(session.propose(ask((n + 1) % 5)));
            if (one === "graver") await held(session.propose(ask(9)));
            if (one === "no") await held(sends(session, { answer: false }));
            if (one === "session") await held((await store.open()).propose(ask(n)));
            if (one === "policy") {
              const changed = engineOf({
                principals: `principal owner "The owner" key "${owner.key}"`,
                discernment: "threshold 0.5\n escalate owner within 4h",
                scope: "permit idle",
              });
              const elsewhere = await new Store(changed, undefined, { clock: () => now }).open({ id: "s" });
              await held(elsewhere.propose(ask(n)));
              await held(sends(elsewhere, { decided: undefined }));
            }
          }
          const late = order.includes("later");
          if (late) now += valid + 20;
          const released = await sends(session).then(
            (decision) => decision,
            () => undefined,
          );
          if (late) expect(released).toBeUndefined();
          else expect(released).toMatchObject({ decision: "authorize", action: { args: { n } } });
          await held(sends(session));
          await held(session.propose(ask(n)));
          const authorized = await all(store.trace.records({ kinds: ["decided"] }));
          expect(
            authorized.filter(
              (one) => (one as TraceRecord<"decided">).body.decision.decision === "authorize",
            ),
          ).toHaveLength(late ? 0 : 1);
          expect(await verified()).toBeUndefined();
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });
});

describe("words are checked offline", () => {
  /** The same chain with one record's body changed, and all after it linked anew: as one who writes the trace could. */
  async function rewritten(change: (record: TraceRecord) => object): Promise<TraceRecord[]> {
    const records: TraceRecord[] = [];
    const hashes = new Map<string, string>();
    for (const record of await all(store.trace.records())) {
      const cause = record.cause === null ? null : (hashes.get(record.cause) ?? record.cause);
      const draft = { ...record, cause, body: change(record) };
      const made = link(draft as never, records.at(-1) ?? null) as TraceRecord;
      hashes.set(record.hash, made.hash);
      records.push(made);
    }
    return records;
  }
  const flawOf = async (records: readonly TraceRecord[]) =>
    (await verifyTrace(records, { policy: (digest) => store.trace.policy(digest) })).flaw;

  beforeEach(async () => {
    await session.propose(ask(1));
    await session.confirm({ by: "owner", ...(await signed({ kind: "confirm", by: "owner" })) });
  });

  test("of a whole trace all hold", async () => {
    expect(await flawOf(await rewritten(({ body }) => body))).toBeUndefined();
  });
  test.each<readonly [string, (body: { signed?: { expires: number; opened: string } }) => object, string]>([
    ["no signature", ({ signed: _, ...rest }) => rest, "is not signed, and `owner` has a key"],
    ["another answer", (body) => ({ ...body, answer: false }), "is not signed by the key of `owner`"],
    ["another name", (body) => ({ ...body, by: "board" }), "is not signed by the key of `board`"],
    ["a name that is none", (body) => ({ ...body, by: "nobody" }), "nobody whom the policy names"],
    [
      "a longer time",
      (body) => ({ ...body, until: (body.signed?.expires ?? 0) + 1 }),
      "for longer than was signed",
    ],
  ])("one with %s is found", async (_, change, message) => {
    const records = await rewritten((record) =>
      record.kind === "confirmed" ? change(record.body as never) : record.body,
    );
    expect(await flawOf(records)).toMatchObject({
      kind: "unsigned",
      seq: 4,
      message: expect.stringContaining(message),
    });
  });
  test("one in a session that it was not signed for is found", async () => {
    const records = await rewritten(({ kind, body }) =>
      kind === "opened" ? { ...body, instruction: "x" } : body,
    );
    expect((await flawOf(records))?.kind).toBe("unsigned");
  });
  test("one under a policy that is not there, or is another, is found", async () => {
    const records = await all(store.trace.records());
    expect((await verifyTrace(records, { policy: () => undefined })).flaw).toMatchObject({
      kind: "unsigned",
      seq: 4,
    });
    const other = engineOf().policy;
    expect((await verifyTrace(records, { policy: () => other })).flaw?.message).toContain("is not there");
    expect((await verifyTrace(records)).flaw).toBeUndefined();
  });
});
