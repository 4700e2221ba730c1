import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  compilePolicy,
  createEngine,
  diskFiles,
  Store,
  loadPolicyFile,
  renderDiagnostics,
  runTests,
} from "../../src/index.js";
import { policyOf } from "../compiler/support.js";

const folder = fileURLToPath(new URL("../../policies/", import.meta.url));
const policies = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".reshimu"))
  .sort();
const tests = policies.filter((file) => file.endsWith(".test.reshimu") || file.startsWith("templates/"));
const bases = policies.filter((file) => file.startsWith("std/") && !tests.includes(file));

const load = async (file: string) => {
  const { policy, diagnostics, sources } = await loadPolicyFile(`${folder}${file}`);
  expect(renderDiagnostics(diagnostics, (name) => sources.get(name), { color: false })).toBe("");
  if (policy === null) throw new Error(`${file} does not compile`);
  return policy;
};

test.each(policies)("%s checks without a word", async (file) => {
  await load(file);
});

test.each(tests)("%s passes its tests", async (file) => {
  const results = await runTests(await load(file));
  expect(results.length).toBeGreaterThan(1);
  expect(results.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([]);
});

test("the page's example passes its tests", async () => {
  const [, text = ""] = /^```reshimu\n(.*?)^```/ms.exec(readFileSync(`${folder}README.md`, "utf8")) ?? [];
  const policy = policyOf(
    compilePolicy("page.reshimu", {
      read: (file) => (file === "page.reshimu" ? { text } : diskFiles.read(file)),
    }),
  );
  expect((await runTests(policy)).map(({ passed }) => passed)).toEqual([true]);
});

test.each([
  ["email", 50, { tool: "email.send", args: { to: ["max@acme.example"], subject: "a", body: "b" } }],
  [
    "payments",
    20,
    { tool: "payment.pay", args: { account: "DE89370400440532013000", amount: 1, currency: "EUR" } },
  ],
])("std/%s lets through %d a day", async (name, most, proposal) => {
  const session = await new Store(createEngine(await load(`std/${name}.test.reshimu`)), undefined).open();
  for (let done = 1; done < most; done += 1) await session.observe({ ...proposal, output: "done" });
  expect((await session.propose(proposal)).stoppedBy).not.toContain("scope");
  await session.observe({ ...proposal, output: "done" });
  expect((await session.propose(proposal)).stoppedBy).toContain("scope");
});

describe("a standard policy", () => {
  const written = (file: string) =>
    policyOf(compilePolicy(`std/${file.slice("std/".length)}`, diskFiles)).layers.at(-1);

  test.each(bases.filter((file) => file !== "std/classes.reshimu"))("%s only narrows", (file) => {
    const layer = written(file);
    // One permit for everything takes nothing in that the extending policy does not permit.
    expect(layer?.scope?.permits.map(({ tools, when }) => [tools, when])).toEqual([[["*"], true]]);
    // These speak of tools that are not the base's.
    expect(layer?.reversibility?.otherwise).toBeUndefined();
    expect(layer?.grounding?.unsupported).toBeUndefined();
    expect(layer?.discernment?.thresholds.filter((one) => one.for === undefined) ?? []).toEqual([]);
    expect(layer?.discernment?.fidelity).toBeUndefined();
    expect(
      layer?.scope?.forbids.filter(({ when }) => when === true).map(({ tools }) => tools) ?? [],
    ).not.toContainEqual(["*"]);
  });

  test.each(bases.filter((file) => file !== "std/classes.reshimu"))(
    "%s has tests, a line, and stands in all",
    (file) => {
      const name = file.slice("std/".length, -".reshimu".length);
      expect(tests).toContain(`std/${name}.test.reshimu`);
      const page = readFileSync(`${folder}README.md`, "utf8");
      expect(page).toContain(`[\`std/${name}.reshimu\`](std/${name}.reshimu)`);
      expect(readFileSync(`${folder}std/all.test.reshimu`, "utf8")).toContain(`"./${name}.reshimu"`);
    },
  );
});
