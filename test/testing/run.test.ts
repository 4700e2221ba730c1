import { describe, expect, test } from "vitest";
import { compilePolicy, runTests } from "../../src/index.js";

const head = `policy notes.agent zone "Europe/Berlin"

principal owner "Head of Notes" key "ed25519:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqo="

intent {
  read     "Read the notes."
  keep     "Keep a summary."
  restrain "Nothing else."
  given week: int
  given since: duration = 30d
  given folder: path = "/notes"
}

tool notes.read(path: path)
tool notes.write(path: path, body: string, due?: time)

scope {
  permit notes.read serving read when path within given.folder
  permit notes.write serving keep, restrain when given.week > 0
  limit notes.read to 2 per session
}

grounding {
  source box is json "box.json" trust 0.9
  source copy is json "copy.json" trust 0.5
  source seen is tool notes.read trust 0.8
  fact count_of(path: path, from: time): int
    from box "/count/{path}/{from}"
    from copy "/count/{path}/{from}"
  claim lines: int
  ground notes.write on fact claim.lines == count_of(path, now - given.since)
  ground notes.write on situation body traced to [seen, owner]
}

reversibility {
  class light
  class heavy above light confidence 0.8 confirm owner
  treat notes.read as light
  treat notes.write as light when has due and due > now
  otherwise heavy
}

discernment {
  threshold 0.3
  escalate owner within 1d
}
`;

async function results(...tests: readonly string[]) {
  const text = head.replace(/ key "[^"]*"/, "") + tests.join("\n");
  const { policy, diagnostics } = compilePolicy("p.reshimu", { read: () => ({ text }) });
  if (policy === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  const keyed = { ...policy, principals: policy.principals.map((one) => ({ ...one, key: "ed25519:AAAA" })) };
  return runTests(keyed);
}

const passed = async (steps: string) => {
  const [result] = await results(`test "it" {\n${steps}\n}`);
  return {
    passed: result?.passed,
    stoppedBy: result?.expectations.map((one) => one.actual.stoppedBy),
    problem: result?.problem,
  };
};

const write = 'propose notes.write(path: "/a", body: "alpha beta", due: "2026-03-01T10:00")';

describe("a test", () => {
  test("opens with givens unknown that nobody supplies", async () => {
    expect(
      await passed(`now = "2026-01-01T00:00"\nclaim lines = 1\n${write}\nexpect clarify from scope`),
    ).toMatchObject({ passed: true });
  });

  test("gives givens in the form of their types, and takes a default away", async () => {
    expect(
      await passed('given folder = "/other"\npropose notes.read(path: "/other/a")\nexpect authorize'),
    ).toMatchObject({ passed: true });
    expect(await passed('propose notes.read(path: "/notes/a")\nexpect authorize')).toMatchObject({
      passed: true,
    });
    expect(
      await passed('given folder = unknown\npropose notes.read(path: "/notes/a")\nexpect clarify from scope'),
    ).toMatchObject({ passed: true });
  });

  const known =
    'given week = 1\nnow = "2026-01-31T00:00"\nfact count_of("/a", "2026-01-01T00:00") = 7\nsaid owner "alpha beta"';

  test("answers facts as every source of them would", async () => {
    expect(
      await passed(`${known}\nclaim lines = 7\n${write} confidence 0.9\nexpect authorize`),
    ).toMatchObject({ passed: true });
    expect(await passed(`${known}\nclaim lines = 8\n${write}\nexpect return from grounding`)).toMatchObject({
      passed: true,
    });
  });

  test("leaves facts unknown that it does not set, or sets to unknown", async () => {
    const others = known.replace(/fact .*\n/, "");
    expect(await passed(`${others}\nclaim lines = 7\n${write}\nexpect clarify from grounding`)).toMatchObject(
      { passed: true },
    );
    expect(
      await passed(
        `${known}\nfact count_of("/a", "2026-01-01T00:00") = unknown\nclaim lines = 7\n${write}\nexpect clarify from grounding`,
      ),
    ).toMatchObject({ passed: true });
  });

  test("claims for all that is proposed afterwards, as surely as it says", async () => {
    expect(
      await passed(
        `${known}\n${write}\nexpect return from grounding\nclaim lines = 7 confidence 0.9\n${write}\nexpect authorize\n${write}\nexpect authorize`,
      ),
    ).toMatchObject({ passed: true });
  });

  test("observes what counts as an authorized call, and as what was read", async () => {
    const observed = known.replace(
      'said owner "alpha beta"',
      'observe notes.read(path: "/notes/a") returns "alpha beta"',
    );
    expect(await passed(`${observed}\nclaim lines = 7\n${write}\nexpect authorize`)).toMatchObject({
      passed: true,
    });
    expect(
      await passed(
        'observe notes.read(path: "/notes/a") returns ""\npropose notes.read(path: "/notes/a")\nexpect authorize\npropose notes.read(path: "/notes/a")\nexpect return from scope',
      ),
    ).toMatchObject({ passed: true });
  });

  test("confirms for a principal, who need not sign", async () => {
    const late = write.replace("2026-03-01T10:00", "2025-03-01T10:00");
    expect(
      await passed(
        `${known}\nclaim lines = 7\n${late} confidence 0.9\nexpect confirm from reversibility\nconfirmed by owner\nexpect authorize`,
      ),
    ).toMatchObject({ passed: true });
  });

  test("fails where another validator stops it, or another decision comes", async () => {
    expect(await passed('propose notes.read(path: "/x")\nexpect return from grounding')).toEqual({
      passed: false,
      stoppedBy: [["scope"]],
      problem: undefined,
    });
    expect(await passed('propose notes.read(path: "/x")\nexpect authorize')).toMatchObject({ passed: false });
  });

  test("that cannot go on fails with the reason, and the others run", async () => {
    const [first, second] = await results(
      'test "b" {\npropose notes.read(path: "/notes/a")\nconfirmed by owner\nexpect authorize\n}',
      'test "a" {\npropose notes.read(path: "/notes/a")\nexpect authorize\n}',
    );
    expect(first).toMatchObject({
      name: "b",
      passed: false,
      problem: expect.stringContaining("nothing to confirm"),
    });
    expect(second).toMatchObject({ name: "a", passed: true });
  });
});
