import { makeCheckpoint } from "../../src/trace/checkpoint.js";
import { Store } from "../../src/session/store.js";
import { exportTrace, readLine } from "../../src/trace/export.js";
import { newKey, readPrivateKey } from "../../src/trace/keys.js";
import { MemoryTrace } from "../../src/trace/memory.js";
import type { TraceRecord } from "../../src/ir/trace.js";
import type { Checkpoint, Head } from "../../src/trace/store.js";
import { engineOf } from "../support/policy.js";

/** An export that nobody touched, and all that it takes to look at a part of it as if it were the whole. */
export interface Exported {
  readonly lines: readonly Buffer[];
  /** What stands before each line: where the chain stands that it must follow. */
  readonly before: readonly (Head | null)[];
  /** Over the last record. */
  readonly checkpoint: Checkpoint;
  readonly key: string;
}

const blocks = {
  reversibility: "class free\n class grave above free confirm owner\n treat act as grave\n otherwise free",
};
/** Letters of every length in UTF-8, escapes, and the character that broken bytes are read as. */
const odd = 'ä € 😀 \u0000 "\\ \u2028 \ufffd __proto__';

/** A trace of so many records: sessions in which all kinds of records are made but delegations. */
export async function exported(count: number): Promise<Exported> {
  const trace = new MemoryTrace();
  let now = Date.UTC(2026, 0, 31, 12);
  const store = new Store(engineOf(blocks), undefined, { trace, clock: () => (now += 1_000) });
  const length = async (): Promise<number> => (await trace.head())?.seq ?? 0;
  while ((await length()) < count) {
    const session = await store.open({ instruction: odd });
    for (let n = 0; n < 6; n += 1) {
      await session.propose({ tool: "act", args: { n, who: odd }, confidence: 1 });
      await session.confirm({ by: "owner", answer: n !== 3 });
      await session.said({ by: "board", text: `${odd} ${n}` });
      if (n !== 3) await session.outcome({ result: "worked", note: odd });
      await session.observe({
        tool: "act",
        args: { n, who: odd },
        output: { [odd]: [n, null, true, 0.1, odd] },
      });
    }
    await session.close("done");
  }
  const all: string[] = [];
  for await (const line of exportTrace(trace)) if (all.length < count) all.push(line);
  const heads = all.map((line): Head => {
    const { seq, hash, at } = readLine(line) as TraceRecord;
    return { seq, hash, at };
  });
  const { pem, key } = newKey();
  const checkpoint = makeCheckpoint(heads.at(-1) as Head, now, readPrivateKey(pem));
  return { lines: all.map((line) => Buffer.from(line)), before: [null, ...heads], checkpoint, key };
}
