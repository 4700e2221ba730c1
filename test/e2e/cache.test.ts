import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openCache } from "../../src/cache/folder.js";
import { PolicyCache } from "../../src/cache/policies.js";
import { policyText } from "../../src/ir/built.js";
import { loadPolicyFile, type PolicyIr } from "../../src/index.js";
import { commission, compiled } from "../support/policy.js";
import { ensureBuilt, type Ran, reshimu } from "./binary.js";

let folder = "";
let cache = "";
const at = (name: string): string => path.join(folder, name);
const entries = (kind = "policy-"): string[] => readdirSync(cache).filter((name) => name.startsWith(kind));

beforeAll(ensureBuilt);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "reshimu-cache-"));
  cache = at("cache");
  writeFileSync(at("base.reshimu"), base);
  writeFileSync(at("policy.reshimu"), source("/notes"));
  writeFileSync(at("lines.jsonl"), '{"tool":"notes.read","args":{"path":"/notes/1.md"},"confidence":1}\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const base = `policy base
tool notes.read(path: path)
`;
const source = (prefix: string): string => `policy cached extends "base.reshimu"
principal owner "Owner"
intent {
  keep "Keep the notes."
  share "Share what is asked for."
  restrain "Nothing else."
}
scope {
  permit notes.read serving keep when path within "${prefix}"
}
grounding {
  unsupported at most 1
}
reversibility {
  class free
  otherwise free
}
discernment {
  threshold 0.3
  escalate owner within 4h
}
`;

const evaluated = (env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  reshimu(["eval", at("policy.reshimu"), at("lines.jsonl"), "--format", "json"], {
    env: { RESHIMU_CACHE_DIR: cache, ...env },
  });
const decisionOf = ({ out }: Ran): string => (JSON.parse(out) as { decision: string }).decision;

describe("a policy in source is compiled once", () => {
  test("and the second run says the same, byte for byte", async () => {
    const off = await evaluated({ RESHIMU_CACHE_DIR: "off" });
    const [first, second, third] = [await evaluated(), await evaluated(), await evaluated()];
    expect([first, second, third]).toEqual([off, off, off]);
    expect(decisionOf(first)).toBe("authorize");
    expect(entries()).toHaveLength(1);
    expect(entries("code-")).toHaveLength(1);
  });

  test("until a file of it is another one, or one comes that it looked for", async () => {
    await evaluated();
    writeFileSync(at("policy.reshimu"), source("/else"));
    expect(decisionOf(await evaluated())).not.toBe("authorize");
    writeFileSync(at("policy.reshimu"), source("/notes"));
    expect(decisionOf(await evaluated())).toBe("authorize");
    writeFileSync(at("base.reshimu"), base.replace("notes.read", "notes.see"));
    expect((await evaluated()).code).toBe(3);
    writeFileSync(at("base.reshimu"), base);
    writeFileSync(at("reshimu.json"), '{"severity":{"lint/none":"off"}}');
    expect((await evaluated()).err).toContain("no code is called");
  });

  test("and with errors it is none: they are told each time", async () => {
    writeFileSync(at("policy.reshimu"), source("/notes").replace("notes.read", "notes.reed"));
    const [first, second] = [await evaluated(), await evaluated()];
    expect(first).toEqual(second);
    expect(first.err).toContain("notes.reed");
    expect(first.code).toBe(3);
  });

  test("by several at once, each of which gets its answer", async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => evaluated()));
    expect(new Set(all.map(({ out }) => out)).size).toBe(1);
    expect(all.map(({ code, err }) => [code, err])).toEqual(all.map(() => [0, ""]));
    expect(readdirSync(cache).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(await evaluated()).toEqual(all[0]);
  });

  test.each<[string, (file: string) => void]>([
    ["cut off", (file) => truncateSync(file, statSync(file).size - 10)],
    ["empty", (file) => truncateSync(file, 0)],
    [
      "changed in one byte",
      (file) => {
        const bytes = readFileSync(file);
        const place = bytes.lastIndexOf("/notes");
        bytes[place + 1] = (bytes[place + 1] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
    ["text of somebody's", (file) => writeFileSync(file, "process.exit(7)")],
    [
      "a folder",
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])("an entry that is %s is not taken", async (_, spoil) => {
    const first = await evaluated();
    await evaluated();
    for (const name of readdirSync(cache)) spoil(path.join(cache, name));
    expect(await evaluated()).toEqual(first);
    expect(await evaluated()).toEqual(first);
  });

  test("an entry under another's name is not taken", async () => {
    await evaluated();
    const [own = ""] = entries();
    rmSync(path.join(cache, own));
    writeFileSync(at("other.reshimu"), source("/else"));
    await reshimu(["eval", at("other.reshimu"), at("lines.jsonl")], { env: { RESHIMU_CACHE_DIR: cache } });
    const [other = ""] = entries();
    renameSync(path.join(cache, other), path.join(cache, own));
    expect(decisionOf(await evaluated())).toBe("authorize");
  });

  test("code that is no code of this programme is not run", async () => {
    const first = await evaluated();
    await evaluated();
    const [code = ""] = entries("code-");
    const content = Buffer.from("no code");
    openCache({ RESHIMU_CACHE_DIR: cache })?.write(code, content);
    expect(await evaluated()).toEqual(first);
  });

  test("where nothing can be kept, it goes on without", async () => {
    writeFileSync(at("file"), "");
    const first = await evaluated({ RESHIMU_CACHE_DIR: at("file") });
    expect(first).toEqual(await evaluated({ RESHIMU_CACHE_DIR: path.join(at("file"), "below") }));
    expect(decisionOf(first)).toBe("authorize");
  });
});

describe("the cache", () => {
  const bytes = (length: number): Buffer => Buffer.alloc(length, "x");
  const opened = (most?: number) => openCache({ RESHIMU_CACHE_DIR: cache }, most);

  test("gives back what was kept, and nothing else", () => {
    const one = opened();
    expect(one?.read("a")).toBeUndefined();
    one?.write("a", bytes(5));
    expect(one?.read("a")?.equals(bytes(5))).toBe(true);
    expect(openCache({ RESHIMU_CACHE_DIR: "off" })).toBeUndefined();
  });

  test("takes nothing that others may write", () => {
    opened()?.write("a", bytes(5));
    chmodSync(path.join(cache, "a"), 0o666);
    expect(opened()?.read("a")).toBeUndefined();
  });

  test("is bounded: the oldest goes first, and so do drafts that were left", () => {
    const one = opened(1_000);
    for (const [i, name] of ["a", "b", "c", "d", "e"].entries()) {
      one?.write(name, bytes(180));
      if (i < 4) utimesSync(path.join(cache, name), 1_000 + i, 1_000 + i);
    }
    expect(readdirSync(cache).sort()).toEqual(["c", "d", "e"].toSpliced(0, 0, "b"));
    writeFileSync(path.join(cache, "z.1.tmp"), "");
    utimesSync(path.join(cache, "z.1.tmp"), 1_000, 1_000);
    one?.write("f", bytes(1));
    expect(readdirSync(cache)).not.toContain("z.1.tmp");
    one?.write("large", bytes(300));
    expect(one?.read("large")).toBeUndefined();
  });

  test("marks what is used, so that it is not the oldest", () => {
    const one = opened();
    one?.write("a", bytes(1));
    utimesSync(path.join(cache, "a"), 1_000, 1_000);
    one?.read("a");
    expect(statSync(path.join(cache, "a")).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });

  test("keeps a policy as it is, and for one version of the compiler", async () => {
    const policy = compiled(commission({}));
    const kept = new PolicyCache(opened() as NonNullable<ReturnType<typeof opened>>, "1");
    kept.keep("x.reshimu", policy, new Map([[at("gone"), null]]));
    expect(policyText(kept.find("x.reshimu") as PolicyIr)).toBe(policyText(policy));
    expect(kept.find("y.reshimu")).toBeUndefined();
    expect(
      new PolicyCache(opened() as NonNullable<ReturnType<typeof opened>>, "2").find("x.reshimu"),
    ).toBeUndefined();
    writeFileSync(at("gone"), "");
    expect(kept.find("x.reshimu")).toBeUndefined();
  });

  test("is told all files that a policy is made of", async () => {
    const read = new Map<string, string | undefined>();
    await loadPolicyFile(at("policy.reshimu"), { onLooked: (file, text) => read.set(file, text) });
    expect(read.get(at("policy.reshimu"))).toBe(source("/notes"));
    expect(read.get(at("base.reshimu"))).toBe(base);
    expect(read.has(at("reshimu.json"))).toBe(true);
    expect(read.get(path.resolve("/reshimu.json"))).toBeUndefined();
    expect(read.has(path.resolve("/reshimu.json"))).toBe(true);
  });
});
