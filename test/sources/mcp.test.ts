import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { createMcpHandler, type McpServer } from "@modelcontextprotocol/server";
import { Hono } from "hono";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Json } from "../../src/ir/json.js";
import { openMcp } from "../../src/sources/mcp.js";
import { type Query, type Said, Silent, type WorldSource } from "../../src/sources/source.js";
import { askF, fact, onlyAnswer, silenceOf, source, withSources } from "./policy.js";

const program = resolve("test/sources/mcp-server.mjs");
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let root: string;
let http: ServerType;
let base: string;
const requests = { elsewhere: 0 };

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "reshimu-mcp-"));
  const { createServer } = (await import(program)) as { createServer: () => McpServer };
  const handler = createMcpHandler(createServer);
  const app = new Hono();
  app.all("/mcp", (c) => handler.fetch(c.req.raw));
  app.all("/redirect", (c) => c.redirect("/elsewhere", 307));
  app.all("/elsewhere", (c) => {
    requests.elsewhere++;
    return handler.fetch(c.req.raw);
  });
  await new Promise<void>((ready) => {
    http = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, () => ready());
  });
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterAll(async () => {
  if ("closeAllConnections" in http) http.closeAllConnections();
  await new Promise((done) => http.close(done));
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

type Args = { readonly [name: string]: Json };

const queryOf = (lookup: string, args: Args): Query => ({
  fact: "f",
  type: "int",
  lookup,
  parameters: Object.entries(args).map(([name, value]) => ({ name, type: "json", value })),
});

interface Asked {
  said(lookup: string, args?: Args): Promise<Said>;
  value(lookup: string, args?: Args): Promise<Json>;
  silence(lookup: string, args?: Args): Promise<string>;
}

async function withServer<T>(locator: string, use: (asked: Asked) => Promise<T>, folder = root): Promise<T> {
  const opened: WorldSource = openMcp(source("mcp", locator), folder);
  const said = (lookup: string, args: Args = {}): Promise<Said> =>
    opened.ask(queryOf(lookup, args), AbortSignal.timeout(20_000));
  try {
    return await use({
      said,
      value: async (...asked) => (await said(...asked)).value,
      silence: async (...asked) =>
        await said(...asked).then(
          (answer) => {
            throw new Error(`a value came: ${JSON.stringify(answer)}`);
          },
          (error: unknown) => {
            if (error instanceof Silent) return error.message;
            throw error;
          },
        ),
    });
  } finally {
    await opened.close();
  }
}

const stdio = (): string => `"${process.execPath}" ${program} stdio`;

describe.each([
  ["a program", stdio],
  ["an HTTP server", () => `${base}/mcp`],
])("%s", (_, locator) => {
  test("answers with its structured content, or with its only text as JSON", async () => {
    await withServer(locator(), async ({ said, value }) => {
      expect(await said("paid", { order: "A1" })).toEqual({ value: 2, at: Date.UTC(2026, 0, 31, 9) });
      expect(await said("text", { body: '{"value":[1,2]}' })).toEqual({ value: [1, 2] });
      expect(await said("text", { body: "1.5" })).toEqual({ value: 1.5 });
      expect(await value("text", { body: '["a"]' })).toEqual(["a"]);
      expect(await value("text", { body: "null" })).toBeNull();
      expect(await value("record /result/a/1")).toBe(2);
      expect(await value("record /other")).toBeNull();
      expect(await value("record /toString")).toBeNull();
      expect(await value("paid /value", { order: "A1" })).toBe(2);
      for (const v of ["x", 5, true, ["a"], { a: 1 }])
        expect(await value("echo", { v })).toBe(JSON.stringify(v));
    });
  });

  test("is silent, with the reason", async () => {
    await withServer(locator(), async ({ silence }) => {
      const readOnly = "its server does not say that this tool only reads (`readOnlyHint`)";
      expect(await silence("unmarked")).toBe(readOnly);
      expect(await silence("writes")).toBe(readOnly);
      expect(await silence("nothing")).toBe("its server has no such tool");
      expect(await silence("toString")).toBe("its server has no such tool");
      expect(await silence("record")).toBe("gave an object without `value`");
      expect(await silence("text", { body: "prose" })).toContain("gave an answer that");
      expect(await silence("text", { body: '{"value":1,"value":2}' })).toContain("twice");
      expect(await silence("text", { body: '{"value":1,"at":"yesterday"}' })).toContain("no RFC 3339 time");
      expect(await silence("text", { body: "9007199254740993" })).toContain("cannot be told exactly");
      expect(await silence("text", { wrong: "x" })).toBe("its tool reported an error");
      for (const lookup of ["two", "none", "image"])
        expect(await silence(lookup)).toBe("gave neither structured content nor a single text");
      for (const lookup of ["error", "throws"])
        expect(await silence(lookup)).toBe("its tool reported an error");
      expect(await silence("large", { size: 1_100_000 })).toContain("1048576 bytes");
      for (const lookup of ["", "two words", "record result", "record /~2"])
        expect(await silence(lookup)).toBe("needs the name of a tool as look-up");
    });
  });

  test("that gives far too much is not read to the end, and can be asked again", async () => {
    await withServer(locator(), async ({ silence, value }) => {
      expect(await silence("large", { size: 20_000_000 })).toBe("its server did not carry out the call");
      await expect.poll(() => value("text", { body: "1" }).catch(() => undefined)).toBe(1);
    });
  });

  test("that is late is silent, and keeps nobody else waiting", async () => {
    const policy = {
      sources: [
        source("mcp", locator(), { timeout: 15_000 }),
        source("mcp", locator(), { name: "hasty", timeout: 50 }),
      ],
      facts: [
        fact("string", [{ name: "body", type: "string" }], "text"),
        { ...fact("int", [], "hang"), name: "hang" },
        { ...fact("int", [], "hang", "hasty"), name: "hasty" },
      ],
    };
    await withSources(policy, root, async (sources) => {
      const hanging = sources.ask([{ fact: "hang", args: [] }]);
      const [answer, hasty] = await sources.ask([
        { fact: "f", args: ['"a"'] },
        { fact: "hasty", args: [] },
      ]);
      expect(onlyAnswer(answer)).toEqual({ source: "s", value: "a" });
      expect(silenceOf(onlyAnswer(hasty))).toBe("gave no answer within 50ms");
      await sources.close();
      expect(silenceOf(onlyAnswer((await hanging)[0]))).toBe("was closed");
    });
  });

  test("may come to offer more", async () => {
    await withServer(locator(), async ({ value, silence }) => {
      expect(await silence("late")).toBe("its server has no such tool");
      expect(await value("turn")).toBe(1);
      // Over HTTP each request has a server of its own here, so that the tool is gone again.
      if (locator === stdio) expect(await value("late")).toBe(7);
    });
  });
});

describe("a program", () => {
  test("is started once, where the policy is, with little of this environment, and ended", async () => {
    vi.stubEnv("RESHIMU_TEST_TOKEN", "a b|c");
    vi.stubEnv("RESHIMU_TEST_HIDDEN", "hidden");
    const pid = await withServer(`TOKEN=$RESHIMU_TEST_TOKEN ${stdio()}`, async ({ value }) => {
      const answers = await Promise.all([value("process"), value("process"), value("process")]);
      expect(new Set(answers).size).toBe(1);
      expect(await value("environment", { name: "TOKEN" })).toBe("a b|c");
      expect(await value("environment", { name: "RESHIMU_TEST_HIDDEN" })).toBeNull();
      expect(await value("folder")).toBe(root);
      return Number(answers[0]);
    });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("that ended is started again", async () => {
    await withServer(stdio(), async ({ value, silence }) => {
      const first = await value("process");
      expect(await silence("exit")).toBe("its server did not carry out the call");
      expect(await value("process")).not.toBe(first);
    });
  });

  test("that never says anything is ended with the sources", async () => {
    writeFileSync(
      join(root, "mute.mjs"),
      'import { writeFileSync } from "node:fs"; writeFileSync("mute", String(process.pid)); setInterval(() => {}, 1000);',
    );
    const policy = {
      sources: [source("mcp", "node mute.mjs", { timeout: 500 })],
      facts: [fact("int", [], "f")],
    };
    expect(silenceOf(await askF(policy, root, []))).toBe("gave no answer within 500ms");
    await expect
      .poll(() => isAlive(Number(readFileSync(join(root, "mute"), "utf8"))), { timeout: 10_000 })
      .toBe(false);
  });

  test("that cannot be started", async () => {
    for (const locator of ["no-such-program", "false", "."])
      await withServer(locator, async ({ silence }) => {
        expect(await silence("f")).toBe("its server cannot be started or reached");
      });
    await withServer("x --token=$RESHIMU_TEST_NOT_SET", async ({ silence }) => {
      expect(await silence("f")).toBe(
        "needs the environment variable RESHIMU_TEST_NOT_SET, which is not set",
      );
    });
    await withServer("a | b", async ({ silence }) => {
      expect(await silence("f")).toBe("has a locator that has `|`, which only a shell would carry out");
    });
  });
});

test("redirects are not followed, and nothing listens elsewhere", async () => {
  for (const locator of [`${base}/redirect`, "http://127.0.0.1:1/mcp", `${base}/none`])
    await withServer(locator, async ({ silence }) => {
      expect(await silence("paid", { order: "A1" })).toBe("its server cannot be started or reached");
    });
  expect(requests.elsewhere).toBe(0);
});

describe("the reference server", () => {
  const everything = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-everything/dist/index.js",
  );
  const answers = async ({ value, silence }: Asked): Promise<void> => {
    expect(await value("get-structured-content /temperature", { location: "New York" })).toBe(33);
    expect(await value("get-structured-content /conditions", { location: "Chicago" })).toContain("rain");
    expect(await silence("get-structured-content", { location: "Chicago" })).toBe(
      "gave an object without `value`",
    );
    expect(await silence("get-sum", { a: 1, b: 2 })).toContain("gave an answer that");
    expect(await silence("toggle-simulated-logging")).toContain("readOnlyHint");
  };

  test("over stdio", () => withServer(`node ${everything} stdio`, answers));

  describe("over HTTP", () => {
    let child: ChildProcess;
    let port: number;
    beforeAll(async () => {
      const probe = createNetServer().listen(0, "127.0.0.1");
      await once(probe, "listening");
      port = (probe.address() as AddressInfo).port;
      probe.close();
      child = spawn(process.execPath, [everything, "streamableHttp"], {
        env: { ...process.env, PORT: String(port) },
        stdio: "ignore",
      });
      await vi.waitUntil(
        () =>
          fetch(`http://127.0.0.1:${port}/`).then(
            () => true,
            () => false,
          ),
        30_000,
      );
    });
    afterAll(async () => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    });

    test("with a session", () => withServer(`http://127.0.0.1:${port}/mcp`, answers));
  });
});
