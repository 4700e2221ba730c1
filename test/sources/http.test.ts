import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/ir/json.js";
import type { FactIr } from "../../src/ir/policy.js";
import { askF, fact, onlyAnswer, silenceOf, source, withSources } from "./policy.js";

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const counts = { redirected: 0, slow: 0, underWay: 0, most: 0 };

const app = new Hono();
app.get("/facts/echo", (c) => c.json({ value: new URL(c.req.url).search }));
app.get("/facts/f", (c) => c.json({ value: "named by the fact" }));
app.get("/raw/:name", (c) => c.json({ value: c.req.param("name") }));
app.get("/body", (c) => c.body(c.req.query("text") ?? ""));
app.get("/status/:code", (c) => c.body('{"value":1}', Number(c.req.param("code")) as 200));
app.get("/redirect", (c) => c.redirect("/target"));
app.get("/target", (c) => {
  counts.redirected++;
  return c.json({ value: 1 });
});
app.get("/hang", () => new Promise<Response>(() => {}));
app.get("/slow", async (c) => {
  counts.slow++;
  counts.underWay++;
  counts.most = Math.max(counts.most, counts.underWay);
  await wait(200);
  counts.underWay--;
  return c.json({ value: 1 });
});
app.get("/drip", (c) =>
  stream(c, async (out) => {
    for (let i = 0; i < 600 && !out.aborted; i++) {
      await out.write(" ");
      await wait(50);
    }
  }),
);
app.get("/large", (c) => c.body(`{"value":"${"x".repeat(5_000_000)}"}`));
app.get("/latin", (c) => c.body(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])));

let server: ServerType;
let base: string;

beforeAll(async () => {
  await new Promise<void>((ready) => {
    server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, () => ready());
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const at = (path: string, facts: FactIr = fact("int", []), timeout = 3_000) => ({
  sources: [source("http", `${base}${path}`, { timeout })],
  facts: [facts],
});

const body = (text: string) => askF(at(`/body?text=${encodeURIComponent(text)}`), ".", []);

describe("an answer", () => {
  test("a value, and how old it is", async () => {
    expect(await body('{"value":412}')).toEqual({ source: "s", value: 412 });
    expect(await body('{"value":null,"at":"2026-01-31T10:00:00+01:00","more":1}')).toEqual({
      source: "s",
      value: null,
      at: Date.UTC(2026, 0, 31, 9),
    });
  });

  test.each([
    ["nothing", "", "lacks a value"],
    ["no object", "[1]", "something else than an object"],
    ["no value", '{"at":"2026-01-31T10:00:00Z"}', "without `value`"],
    ["a value twice", '{"value":1,"value":2}', "twice"],
    ["an unsafe integer", '{"value":9007199254740993}', "told exactly"],
    ["a value in the prototype's place", '{"__proto__":{"value":1}}', "without `value`"],
    ["half a surrogate pair", '{"value":"\\ud83d"}', "surrogate"],
    ["a deep value", `{"value":${"[".repeat(300)}${"]".repeat(300)}}`, "200 deep"],
    ["a time without an offset", '{"value":1,"at":"2026-01-31T10:00:00"}', "RFC 3339"],
    ["a time that is a number", '{"value":1,"at":1}', "RFC 3339"],
    ["no time", '{"value":1,"at":"yesterdayZ"}', "RFC 3339"],
  ])("%s: silent", async (_, text, reason) => {
    expect(silenceOf(await body(text))).toContain(reason);
  });

  test("any other status: silent", async () => {
    for (const code of [201, 404, 500])
      expect(silenceOf(await askF(at(`/status/${code}`), ".", []))).toBe(`answered with status ${code}`);
  });

  test("too long, and not UTF-8: silent", async () => {
    expect(silenceOf(await askF(at("/large"), ".", []))).toBe("answered with more than 1048576 bytes");
    expect(silenceOf(await askF(at("/latin"), ".", []))).toContain("UTF-8");
  });

  test("a redirect is not followed", async () => {
    expect(silenceOf(await askF(at("/redirect"), ".", []))).toContain("redirects");
    expect(counts.redirected).toBe(0);
  });
});

describe("the request", () => {
  test("parameters are the query", async () => {
    const params: FactIr["params"] = [
      { name: "a b", type: "string" },
      { name: "n", type: "decimal" },
      { name: "yes", type: "bool" },
      { name: "when", type: "time" },
      { name: "all", type: { list: "time" } },
    ];
    const args: Json[] = ["x&y=ü/..", 1.5, true, 0, [0]];
    const answer = await askF(at("/facts/{fact}?fixed=1", fact("string", params, "echo")), ".", args);
    const query = new URLSearchParams(String("value" in answer && answer.value));
    expect([...query]).toEqual([
      ["fixed", "1"],
      ["a b", "x&y=ü/.."],
      ["n", "1.5"],
      ["yes", "true"],
      ["when", "1970-01-01T00:00:00.000Z"],
      ["all", '["1970-01-01T00:00:00.000Z"]'],
    ]);
  });

  test("the look-up, or the fact's name, is one path segment", async () => {
    expect(await askF(at("/facts/{fact}"), ".", [])).toEqual({ source: "s", value: "named by the fact" });
    const lookup = fact("string", [], "a/b?c#$&");
    expect(await askF(at("/raw/{fact}", lookup), ".", [])).toEqual({ source: "s", value: "a/b?c#$&" });
  });

  test("only http", async () => {
    for (const locator of ["file:///etc/hostname", 'data:application/json,{"value":1}', "no url"]) {
      const policy = { sources: [source("http", locator)], facts: [fact("int", [])] };
      expect(silenceOf(await askF(policy, ".", []))).toMatch(/is not an? (http )?url/);
    }
  });

  test("reasons tell no secrets", async () => {
    for (const locator of ["http://user:secret@127.0.0.1:1/", "http://127.0.0.1:1/?key=secret"]) {
      const policy = { sources: [source("http", locator)], facts: [fact("int", [])] };
      const reason = silenceOf(await askF(policy, ".", []));
      expect(reason).toContain("could not be reached");
      expect(reason).not.toContain("secret");
    }
  });
});

describe("time", () => {
  test("a server that hangs, and one that drips", async () => {
    for (const path of ["/hang", "/drip"])
      expect(silenceOf(await askF(at(path, undefined, 300), ".", []))).toBe("gave no answer within 300ms");
  });

  test("questions are asked side by side, equal ones once, and no more than 64 at once", async () => {
    const policy = at("/slow", fact("int", [{ name: "n", type: "int" }]));
    await withSources(policy, ".", async (sources) => {
      const started = Date.now();
      const ten = Array.from({ length: 10 }, (_, n) => ({ fact: "f", args: [n] }));
      const answers = await sources.ask([...ten, ...ten]);
      expect(Date.now() - started).toBeLessThan(2_000);
      expect(answers).toHaveLength(20);
      expect(answers.map(({ args }) => args[0])).toEqual([...ten, ...ten].map(({ args }) => args[0]));
      expect(counts.slow).toBe(10);

      const many = Array.from({ length: 150 }, (_, n) => ({ fact: "f", args: [n] }));
      expect((await sources.ask(many)).every((answer) => "value" in onlyAnswer(answer))).toBe(true);
      expect(counts.most).toBeLessThanOrEqual(64);
      expect(counts.most).toBeGreaterThan(10);
    });
  });
});
