import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isCheckpoint, makeCheckpoint } from "../../src/trace/checkpoint.js";
import { newKey, readPrivateKey } from "../../src/trace/keys.js";
import type { TraceStore } from "../../src/trace/store.js";
import { verifyTrace } from "../../src/trace/verify.js";
import { verifyStore } from "../../src/trace/verify-store.js";
import { engineOf } from "../support/policy.js";
import { all, filled, type Kind, word } from "./stores.js";

/** What every store of a trace must do. */
export function contract(kind: Kind): void {
  describe(`a trace in ${kind.name}`, () => {
    let opened: Awaited<ReturnType<Kind["open"]>>;
    let store: TraceStore;

    beforeEach(async () => {
      opened = await kind.open();
      ({ store } = opened);
    });
    afterEach(async () => {
      await store.close();
      await opened.remove();
    });

    it("begins empty", async () => {
      expect(await store.head()).toBeNull();
      expect(await store.base()).toBeNull();
      expect(await all(store.records())).toEqual([]);
      expect(await verifyTrace(store.records())).toEqual({ records: 0, head: null });
    });

    it("links each record to the one before it", async () => {
      await filled(store, 3);
      const records = await all(store.records());
      expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(records.map(({ prev }) => prev)).toEqual([null, records[0]?.hash, records[1]?.hash]);
      expect(await store.head()).toEqual({ seq: 3, hash: records[2]?.hash, at: 1_000 });
      expect((await verifyTrace(store.records())).flaw).toBeUndefined();
    });

    it("never goes back in time", async () => {
      await store.transaction((tail) => tail.append(word("late", { at: 5_000 })));
      const early = await store.transaction((tail) => tail.append(word("early", { at: 2_000 })));
      expect(early.at).toBe(5_000);
    });

    it("finds a record by the beginning of its hash, and the first few of many", async () => {
      await filled(store, 12);
      const records = await all(store.records());
      for (const { hash } of records) {
        const found = await all(store.records({ prefix: hash.slice(0, 40) }));
        expect(found.map((one) => one.hash)).toEqual([hash]);
      }
      expect(await all(store.records({ prefix: "sha256:" }))).toHaveLength(12);
      expect(await all(store.records({ prefix: `${records[0]?.hash}0` }))).toEqual([]);
      const few = await all(store.records({ limit: 3, after: 4 }));
      expect(few.map(({ seq }) => seq)).toEqual([5, 6, 7]);
      expect(await all(store.records({ limit: 0 }))).toEqual([]);
      expect((await all(store.records({ upTo: 2, limit: 9 }))).map(({ seq }) => seq)).toEqual([1, 2]);
      const inside = await store.transaction((tail) => tail.records({ limit: 2, after: 10 }));
      expect(inside.map(({ seq }) => seq)).toEqual([11, 12]);
    });

    it("gives what it keeps as it is kept", async () => {
      await filled(store, 3);
      expect(await all(store.stored())).toEqual((await all(store.records())).map((found) => ({ found })));
      expect(await verifyStore(store)).toEqual({ records: 3, head: await store.head() });
      await store.prune(2);
      expect(await verifyStore(store)).toEqual({ records: 1, head: await store.head() });
    });

    it("records all of a transaction or nothing", async () => {
      await filled(store, 1);
      const failing = store.transaction(async (tail) => {
        await tail.append(word("a"));
        await tail.append(word("b"));
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
      expect(await all(store.records())).toHaveLength(1);
      expect((await store.head())?.seq).toBe(1);
    });

    it("reads in a transaction what it appended, and nobody else does before its end", async () => {
      await store.transaction(async (tail) => {
        await tail.append(word("mine"));
        expect((await tail.records({ session: "s" })).map(({ seq }) => seq)).toEqual([1]);
        expect(tail.head?.seq).toBe(1);
      });
      expect((await store.head())?.seq).toBe(1);
    });

    it("lets one append at a time", async () => {
      const most = 3;
      const tries = Array.from({ length: 30 }, () =>
        store.transaction(async (tail) => {
          if ((await tail.records({ kinds: ["said"] })).length >= most) return false;
          await tail.append(word("one of few"));
          return true;
        }),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(most);
      expect((await verifyTrace(store.records())).records).toBe(most);
    });

    it("finds records by what they are about", async () => {
      const first = await store.transaction((tail) => tail.append(word("a", { session: "s/1" })));
      await store.transaction((tail) => tail.append(word("b", { at: 2_000, root: "t", session: "t" })));
      await store.transaction((tail) =>
        tail.append({ ...word("c"), at: 3_000, kind: "closed", body: {}, cause: first.hash }),
      );
      const found = async (filter: Parameters<TraceStore["records"]>[0]): Promise<number[]> =>
        (await all(store.records(filter))).map(({ seq }) => seq);
      expect(await found({ root: "s" })).toEqual([1, 3]);
      expect(await found({ session: "s/1" })).toEqual([1]);
      expect(await found({ kinds: ["said"] })).toEqual([1, 2]);
      expect(await found({ since: 2_000 })).toEqual([2, 3]);
      expect(await found({ after: 1, upTo: 2 })).toEqual([2]);
      expect(await found({ hash: first.hash })).toEqual([1]);
      expect(await found({ cause: first.hash })).toEqual([3]);
      expect(await found({ policy: "test", root: "t" })).toEqual([2]);
      expect(await found({ policy: "another" })).toEqual([]);
      expect(await found({ tool: "act" })).toEqual([]);
    });

    it("reads a long trace in order, up to where it ended when asked", async () => {
      await store.transaction(async (tail) => {
        for (let i = 0; i < 1_203; i += 1) await tail.append(word(`${i}`));
      });
      let seen = 0;
      for await (const record of store.records()) {
        seen += 1;
        expect(record.seq).toBe(seen);
        if (seen === 1) await filled(store, 1);
      }
      expect(seen).toBe(1_203);
    });

    it("keeps any text", async () => {
      const odd = '\u0000 "\\ \u2028 \u{1F600} __proto__ \ud83d';
      await store.transaction((tail) => tail.append(word(odd.toWellFormed())));
      const [record] = await all(store.records());
      expect(record?.kind === "said" && record.body.text).toBe(odd.toWellFormed());
      expect((await verifyTrace(store.records())).flaw).toBeUndefined();
    });

    it("removes what is old, and what is left still holds", async () => {
      await filled(store, 5);
      const records = await all(store.records());
      expect(await store.prune(3)).toBe(3);
      expect(await store.prune(3)).toBe(0);
      expect(await store.base()).toEqual({ seq: 3, hash: records[2]?.hash, at: 1_000 });
      await filled(store, 1);
      expect((await all(store.records())).map(({ seq }) => seq)).toEqual([4, 5, 6]);
      const base = await store.base();
      expect((await verifyTrace(store.records(), { base })).flaw).toBeUndefined();
      expect((await verifyTrace(store.records())).flaw?.kind).toBe("broken");
      expect(await store.prune(6)).toBe(3);
      expect((await store.head())?.seq).toBe(6);
      await filled(store, 1);
      expect((await all(store.records()))[0]?.seq).toBe(7);
    });

    it("keeps policies by their digest", async () => {
      const engine = engineOf({});
      await store.keepPolicy(engine.digest, engine.policy);
      await store.keepPolicy(engine.digest, engine.policy);
      expect(await store.policy(engine.digest)).toEqual(engine.policy);
      expect(await store.policy("sha256:none")).toBeUndefined();
    });

    it("has one salt a session tree, made once", async () => {
      const [one, same, other] = await Promise.all([store.salt("s"), store.salt("s"), store.salt("t")]);
      expect(one).toMatch(/^[0-9a-f]{64}$/);
      expect(same).toBe(one);
      expect(other).not.toBe(one);
    });

    it("keeps checkpoints", async () => {
      await filled(store, 2);
      const head = await store.head();
      if (head === null) throw new Error("no head");
      const { pem, key } = newKey();
      const checkpoint = makeCheckpoint(head, 2_000, readPrivateKey(pem));
      await store.keepCheckpoint(checkpoint);
      const [kept] = await store.checkpoints();
      expect(kept).toEqual(checkpoint);
      expect(kept?.key).toBe(key);
      expect(kept !== undefined && isCheckpoint(kept)).toBe(true);
    });

    it("is there again when it is opened anew", async () => {
      if (opened.again === undefined) return;
      await filled(store, 2);
      const other = await opened.again();
      expect((await other.head())?.seq).toBe(2);
      await filled(other, 1);
      expect((await store.head())?.seq).toBe(3);
      await other.close();
    });
  });
}
