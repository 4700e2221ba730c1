import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepCheckpoint } from "../../src/trace/checkpoint.js";
import { newKey, readPrivateKey } from "../../src/trace/keys.js";
import { openSqliteTrace } from "../../src/trace/sqlite.js";
import type { Head, TraceStore } from "../../src/trace/store.js";
import type { Flaw, VerifyOptions } from "../../src/trace/verify.js";
import { verifyStore } from "../../src/trace/verify-store.js";
import { filled } from "./stores.js";

const { pem, key } = newKey();

describe("a store that somebody else wrote to", () => {
  let folder: string;
  let store: TraceStore;
  let file: InstanceType<typeof Database>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "reshimu-stored-"));
    store = await openSqliteTrace(join(folder, "trace.db"));
    await filled(store, 10);
    file = new Database(join(folder, "trace.db"));
  });
  afterEach(async () => {
    file.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function flawAfter(sql: string, options?: VerifyOptions): Promise<Partial<Flaw> | undefined> {
    file.exec(sql);
    const { flaw } = await verifyStore(store, options);
    return flaw && { kind: flaw.kind, seq: flaw.seq };
  }

  it.each([
    ["update trace_record set record = replace(record, 'word 4', 'word 9') where seq = 5", "changed", 5],
    ["update trace_record set record = 'no' where seq = 5", "malformed", 5],
    ["update trace_record set record = '[]' where seq = 5", "malformed", 5],
    ["update trace_record set session = 'other' where seq = 5", "misfiled", 5],
    ["update trace_record set root = 'other' where seq = 5", "misfiled", 5],
    ["update trace_record set kind = 'closed' where seq = 10", "misfiled", 10],
    ["update trace_record set tool = 'x' where seq = 5", "misfiled", 5],
    ["update trace_record set seq = 11 where seq = 10", "misfiled", 11],
    ["delete from trace_record where seq = 5", "broken", 5],
    ["delete from trace_record where seq > 8", "truncated", 10],
    ["delete from trace_record", "truncated", 10],
    ["update trace_head set hash = 'sha256:0' where id = 0", "replaced", 10],
  ] as const)("%s: %s at %i", async (sql, kind, seq) => {
    const flaw = await flawAfter(sql);
    // A place that was changed is told as the record itself says it.
    expect(flaw).toEqual({ kind, seq: sql.includes("seq = 11") ? 10 : seq });
  });

  it("cut off with its end is found by what was signed, wherever that is kept", async () => {
    const signed = await keepCheckpoint(store, readPrivateKey(pem), 5_000);
    const cut =
      "delete from trace_record where seq > 8; update trace_head set seq = 8, hash = (select hash from trace_record where seq = 8)";
    expect(await flawAfter(cut, { key })).toEqual({ kind: "truncated", seq: 10 });
    expect(await flawAfter("delete from trace_checkpoint")).toBeUndefined();
    const checkpoints = signed === undefined ? [] : [signed];
    expect(await flawAfter("", { key, checkpoints })).toEqual({ kind: "truncated", seq: 10 });
  });

  it("made anew is found by an anchor, which nobody need have signed", async () => {
    const head = (await store.head()) as Head;
    const anchors = [{ ...head, hash: `sha256:${"0".repeat(64)}` }];
    expect(await flawAfter("", { anchors })).toEqual({ kind: "replaced", seq: 10 });
    expect(await flawAfter("", { anchors: [head] })).toBeUndefined();
    expect(await flawAfter("", { anchors: [head, ...anchors] })).toEqual({ kind: "replaced", seq: 10 });
  });

  it("is signed at an interval", async () => {
    const sign = (now: number, every?: Parameters<typeof keepCheckpoint>[3]) =>
      keepCheckpoint(store, readPrivateKey(pem), now, every);
    expect((await sign(5_000, { records: 100 }))?.seq).toBe(10);
    expect(await sign(9_000)).toBeUndefined();
    await filled(store, 2);
    expect(await sign(9_000, { records: 3 })).toBeUndefined();
    expect(await sign(9_000, { milliseconds: 4_001 })).toBeUndefined();
    expect((await sign(9_000, { milliseconds: 4_000 }))?.seq).toBe(12);
    await filled(store, 3);
    expect((await sign(9_000, { records: 3 }))?.seq).toBe(15);
    // By another key, which has signed nothing yet.
    expect((await keepCheckpoint(store, readPrivateKey(newKey().pem), 9_000, { records: 99 }))?.seq).toBe(15);
    expect((await verifyStore(store)).flaw).toBeUndefined();
    expect((await verifyStore(store, { key })).flaw?.kind).toBe("unsigned");
  });
});

describe("a database of the version before", () => {
  it("gets the indices of this one, and keeps its records", async () => {
    const folder = mkdtempSync(join(tmpdir(), "reshimu-migrate-"));
    const path = join(folder, "trace.db");
    const store = await openSqliteTrace(path);
    await filled(store, 3);
    await store.close();
    const file = new Database(path);
    const added = ["kind", "tool", "at"];
    for (const name of added) file.exec(`drop index trace_record_${name}`);
    file.exec("delete from trace_migration where name = '0002-asking'");
    file.close();
    const again = await openSqliteTrace(path);
    expect((await verifyStore(again)).records).toBe(3);
    await again.close();
    const there = new Database(path);
    const rows = there.prepare("select name from sqlite_master where type = 'index'").all() as {
      name: string;
    }[];
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(added.map((name) => `trace_record_${name}`)),
    );
    there.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
