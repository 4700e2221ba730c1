import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putAnchor, readAnchors } from "../../src/trace/anchor.js";
import { makeCheckpoint } from "../../src/trace/checkpoint.js";
import { newKey, readPrivateKey } from "../../src/trace/keys.js";

const head = { seq: 3, hash: `sha256:${"a".repeat(64)}`, at: 1_000 };
const signed = makeCheckpoint(head, 2_000, readPrivateKey(newKey().pem));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reshimu-anchor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("an anchor in a file", () => {
  it("is a line behind those that are there", async () => {
    const file = join(folder, "anchors.jsonl");
    await Promise.all([putAnchor(head, file), putAnchor(signed, file), putAnchor(head, file)]);
    expect(readFileSync(file, "utf8").split("\n")).toHaveLength(4);
    expect(await readAnchors(file)).toEqual(expect.arrayContaining([head, signed]));
  });
  it.each(["no", "{}", '{"seq":0}', `{"at":1,"at":2,"hash":"${head.hash}","seq":1}`])(
    "that is %s is told with its line",
    async (line) => {
      const file = join(folder, "anchors.jsonl");
      writeFileSync(file, `${JSON.stringify(head)}\n\n${line}\n`);
      await expect(readAnchors(file)).rejects.toThrow("line 3 is no checkpoint");
    },
  );
  it("cannot be put where there is no folder", async () => {
    await expect(putAnchor(head, join(folder, "none", "a"))).rejects.toThrow(/ENOENT/);
    await expect(readAnchors(join(folder, "none"))).rejects.toThrow(/ENOENT/);
  });
});

describe("an anchor at an endpoint", () => {
  let server: Server;
  let url: string;
  const got: { method: string | undefined; type: string | undefined; body: string }[] = [];
  beforeEach(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (part) => {
        body += part;
      });
      request.on("end", () => {
        got.push({ method: request.method, type: request.headers["content-type"], body });
        const code = Number(request.url?.slice(1));
        response.writeHead(code, code === 302 ? { location: "/200" } : {}).end("x");
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    got.length = 0;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  it("is sent as JSON", async () => {
    await putAnchor(signed, `${url}/201`);
    expect(got.map(({ method, type }) => [method, type])).toEqual([["POST", "application/json"]]);
    expect(JSON.parse(got[0]?.body ?? "")).toEqual(signed);
  });
  it("is not taken for put where the endpoint says no, or sends elsewhere", async () => {
    await expect(putAnchor(head, `${url}/500`)).rejects.toThrow("it answered 500");
    await expect(putAnchor(head, `${url}/302`)).rejects.toThrow();
    expect(got).toHaveLength(2);
  });
  it("says why nobody answers", async () => {
    await expect(putAnchor(head, "http://127.0.0.1:1/x")).rejects.toThrow(/ECONNREFUSED|bad port/);
  });
});

describe("an anchor in a repository", () => {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
      encoding: "utf8",
    });
  beforeEach(() => {
    git("init", "-q");
    git("config", "user.name", "a");
    git("config", "user.email", "a@b.example");
  });

  it("is a line of the note on what is checked out, and all notes are read back", async () => {
    git("commit", "-q", "--allow-empty", "-m", "one");
    await putAnchor(head, `git:${folder}`);
    await putAnchor(signed, `git:${folder}`);
    git("commit", "-q", "--allow-empty", "-m", "two");
    await putAnchor({ ...head, seq: 4 }, `git:${folder}`);
    expect(git("notes", "--ref=reshimu", "show", "HEAD")).toContain('"seq":4');
    const anchors = await readAnchors(`git:${folder}`);
    expect(anchors).toHaveLength(3);
    expect(anchors).toEqual(expect.arrayContaining([head, signed, { ...head, seq: 4 }]));
  });
  it("says what git says where there is nothing to put it on", async () => {
    await expect(putAnchor(head, `git:${folder}`)).rejects.toThrow(/HEAD/);
    await expect(putAnchor(head, `git:${join(folder, "none")}`)).rejects.toThrow(/none/);
    expect(await readAnchors(`git:${folder}`)).toEqual([]);
  });
});
