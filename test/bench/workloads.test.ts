import { describe, expect, test } from "vitest";
import { load, type Peer, type Shape, type Workload } from "./load.js";

interface Workloads {
  readonly workloads: readonly Shape[];
  workload(shape: Shape, size: number): Workload;
}
const { workloads, workload } = await load<Workloads>("decide/workloads/index.js");
const { ours } = await load<{ readonly ours: readonly Peer[] }>("decide/peers/index.js");
const { decideSlowly } = await load<{ decideSlowly(policy: unknown, request: unknown): unknown }>(
  "decide/oracle.js",
);

const small = workloads.map((shape) => [shape.name, workload(shape, Math.min(...shape.sizes))] as const);
const made = new Map([
  ...small,
  ...workloads
    .filter(({ sizes }) => sizes.includes(100))
    .map((shape) => [`${shape.name} of 100`, workload(shape, 100)] as const),
]);

describe.each([...made])("%s", (_name, one) => {
  const able = ours.filter((peer) => peer.cannot(one) === undefined);
  test.each(able)("$name says what the oracle says", (peer) => {
    const { input, decide, findings } = peer.prepare(one);
    const said = one.requests.map((request) => {
      const found = findings?.(input(request));
      return { word: decide(input(request)), found };
    });
    expect(said.map(({ word }) => word)).toEqual(one.expected.map(({ decision }) => decision));
    if (findings !== undefined) expect(said.map(({ found }) => found)).toEqual(one.expected);
  });
});

test("hand-written code that makes the same checks decides every workload, and so does Reshimu", () => {
  for (const [name, one] of made) {
    const names = ours.filter((peer) => peer.cannot(one) === undefined).map((peer) => peer.name);
    expect(names, name).toEqual(expect.arrayContaining(["hand-checked", "reshimu"]));
  }
});

test("every decision is given, and of the flat requests three of four are authorized", () => {
  const words = (one: Workload | undefined) => one?.expected.map(({ decision }) => decision) ?? [];
  expect(new Set([...made.values()].flatMap(words))).toEqual(
    new Set(["authorize", "confirm", "clarify", "return"]),
  );
  for (const name of ["few", "many", "heaped"]) {
    const authorized = words(made.get(name)).filter((word) => word === "authorize");
    expect([name, authorized.length]).toEqual([name, 450]);
  }
});

test("the same requests every time, at least 500 of them different", () => {
  for (const shape of workloads) {
    const size = Math.min(...shape.sizes);
    const [first, again] = [workload(shape, size), workload(shape, size)];
    expect(again.requests).toEqual(first.requests);
    expect(new Set(first.requests.map((request) => JSON.stringify(request))).size).toBeGreaterThan(500);
  }
});

describe("the oracle", () => {
  const policy = {
    permits: [{ tool: "t", when: { op: "within", arg: "path", path: "/a" } }],
    forbids: [{ tool: "*", when: { op: "within", arg: "path", path: "/a/secret" } }],
    grounds: [{ tool: "t", when: { op: "factAtMost", fact: "count", arg: "path", most: 3 } }],
    treats: [{ tool: "t", as: "grave", when: { op: "atLeast", arg: "amount", least: 10 } }],
    grays: [{ tool: "t", when: { op: "atLeast", arg: "amount", least: 20 }, weight: 0.5 }],
    classes: [{ name: "mild" }, { name: "grave", confidence: 0.8 }],
    otherwise: "mild",
    unsupported: 0.5,
    trust: 0.9,
    threshold: 0.3,
  };
  const decided = (path: string, amount: number, value: number | null) =>
    decideSlowly(policy, {
      tool: "t",
      args: { path, amount },
      roles: [],
      confidence: 1,
      facts: [{ fact: "count", arg: "/a/b", value }],
    });
  const good = {
    decision: "authorize",
    scope: "within",
    grounding: "grounded",
    reversibility: "recoverable",
    discernment: "clear",
  };

  test.each([
    ["all is well", ["/a/x/../b", 1, 3], good],
    ["too high", ["/a/b", 1, 4], { ...good, decision: "return", grounding: "contradicted" }],
    [
      "not known",
      ["/a/b", 1, null],
      { ...good, decision: "clarify", grounding: "unverified", discernment: "ambiguous" },
    ],
    ["supported well enough for a grave one", ["/a/b", 10, 3], good],
    ["gray", ["/a/b", 20, 3], { ...good, decision: "clarify", discernment: "ambiguous" }],
    [
      "outside, and nothing supports it",
      ["/b/a", 10, 3],
      {
        decision: "return",
        scope: "outside",
        grounding: "unverified",
        reversibility: "held",
        discernment: "ambiguous",
      },
    ],
  ] as const)("%s", (_what, [path, amount, value], found) => {
    expect(decided(path, amount, value)).toEqual(found);
  });
});

describe("what is no proposal for the tool", () => {
  const one = made.get("few") as Workload;
  const request = one.requests[0] as Workload["requests"][number];
  const { args } = request;
  const odd: readonly (readonly [string, object])[] = [
    ["an unknown tool", { ...request, tool: "t9" }],
    ["an argument too many", { ...request, args: { ...args, more: 1 } }],
    ["an argument too few", { ...request, args: { path: args.path, amount: 1 } }],
    ["a number as text", { ...request, args: { ...args, amount: "1" } }],
    ["a number that is not whole", { ...request, args: { ...args, amount: 0.5 } }],
    ["a path that climbs above its root", { ...request, args: { ...args, path: "/a/../../b" } }],
    ["a path with a control character", { ...request, args: { ...args, path: "/a\u0000" } }],
    ["an empty path", { ...request, args: { ...args, path: "" } }],
    ["half of a surrogate pair", { ...request, args: { ...args, note: "\ud800" } }],
    ["a confidence above 1", { ...request, confidence: 2 }],
    ["a key that only objects have", { ...request, args: JSON.parse('{"__proto__":1}') as object }],
  ];
  const checking = ours.filter(({ name }) => name === "reshimu" || name.endsWith("-checked"));

  test.each(odd)("%s is outside, by hand and by Reshimu", (_what, sent) => {
    const said = checking.map((peer) => {
      const { input, findings } = peer.prepare(one);
      return { peer: peer.name, found: findings?.(input(sent)) };
    });
    const outside = {
      decision: "return",
      scope: "outside",
      grounding: "unverified",
      reversibility: "indeterminate",
      discernment: "clear",
    };
    expect(said).toEqual(checking.map((peer) => ({ peer: peer.name, found: outside })));
  });
});
