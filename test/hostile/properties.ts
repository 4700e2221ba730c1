import fc from "fast-check";
import { type Json, type Knowledge, loadPolicy } from "../../src/index.js";
import { bases, layeredText, valuesText } from "./bases.js";
import { isDecision, knowing, liveThrough, proposalsFor } from "./drive.js";
import {
  byteChanges,
  type ByteChange,
  type Change,
  changed,
  changes,
  spoiltBytes,
  spoiltText,
  tokenChanges,
  type TokenChange,
} from "./mutate.js";
import type { TargetName } from "./recipes/fill.js";
import { type Property, property } from "../properties/support/property.js";
import { isSentence, targets } from "./targets.js";

const given = (target: TargetName, bytes: Uint8Array): Promise<void> =>
  targets[target]({ name: "mutant", bytes });

const texts = [valuesText, layeredText.replace(/extends "[^"]*"/, "")];
const narrowing =
  'scope {\n  forbid mail.send when count(to) > 1\n  limit file.write to 1 per 1h\n}\n\nreversibility {\n  treat file.write as grave when path within "/a"\n  otherwise grave\n}\n\ndiscernment {\n  threshold 0.1\n}\n';
const proposals: readonly Json[] = [
  { tool: "file.read", args: { path: "/a/b" }, confidence: 1 },
  {
    tool: "file.write",
    args: { path: "/a/b", body: "x", at: "2026-01-01T00:00:00Z" },
    confidence: 0.9,
    claims: { guess: { value: 1, confidence: 0.5 } },
    message: "m",
  },
  {
    tool: "mail.send",
    args: { to: ["y@b.example", "z@b.example"], body: "urgent" },
    confidence: 0.9,
    session: "s",
    actor: "agent",
  },
];
const observation: Json = {
  content: [{ type: "text", text: "a: [1, /a/b]\nb: y@b.example" }],
  structuredContent: { a: [{ b: "/a" }] },
};
const toolList: Json = {
  tools: [
    {
      name: "t",
      inputSchema: {
        type: "object",
        properties: {
          a: { anyOf: [{ type: "string" }, { type: "null" }] },
          b: { $ref: "#/$defs/d" },
          c: { type: "array", items: { enum: ["x", "y"] } },
        },
        required: ["a"],
        $defs: { d: { type: "object", properties: { e: { type: "integer" } } } },
      },
    },
  ],
};

/** A mutant costs what a fraction of a generated policy does, but that of a built policy is lived through. */
const share = 0.3;
const totality = (of: string): string => `totality of ${of}: no throw, and a reason that points somewhere`;

interface Picked<C> {
  readonly of: number;
  readonly changes: C[];
}
const picked = <C>(all: fc.Arbitrary<C[]>): fc.Arbitrary<Picked<C>> =>
  fc.record({ of: fc.nat(11), changes: all });
const from = <T>(list: readonly T[], { of }: { readonly of: number }): T => list[of % list.length] as T;
const bytesOf = (value: Json): Uint8Array => Buffer.from(JSON.stringify(value));
/** Places are only told; what says anything is elsewhere. */
const places = new Set(["spans", "format", "version"]);

function byChange(
  says: string,
  target: TargetName,
  originals: () => readonly Json[],
  skip?: ReadonlySet<string>,
): Property {
  return property<Picked<Change>>({
    id: `T1.${target}.nodes`,
    says: totality(says),
    share,
    of: picked(changes(4)),
    check: (one) => given(target, bytesOf(changed(from(originals(), one), one.changes, skip))),
  });
}

function byByte(says: string, target: TargetName, originals: () => readonly Uint8Array[]): Property {
  return property<Picked<ByteChange>>({
    id: `T1.${target}.bytes`,
    says: totality(says),
    share,
    of: picked(byteChanges),
    check: (one) => given(target, spoiltBytes(from(originals(), one), one.changes)),
  });
}

function byToken(says: string, target: TargetName, originals: readonly string[]): Property {
  return property<Picked<TokenChange>>({
    id: `T1.${target}.tokens`,
    says: totality(says),
    share,
    of: picked(tokenChanges),
    check: (one) => given(target, Buffer.from(spoiltText(from(originals, one), one.changes))),
  });
}

const built = (): readonly Json[] => bases().map((engine) => engine.policy as unknown as Json);
const known = (): readonly Knowledge[] => bases().map((engine) => knowing(engine.policy));

/** T1 of input that was made to do harm: it is taken, or refused with a reason that points somewhere. */
export const hostile: readonly Property[] = [
  byToken("policies with tokens and lines changed", "policies", texts),
  byByte("policies with bytes changed", "policies", () => texts.map((text) => Buffer.from(text))),
  byToken("narrowings with tokens and lines changed", "narrowings", [narrowing]),
  byChange("built policies with nodes changed", "ir", built, places),
  byByte("built policies with bytes changed", "ir", () => built().map(bytesOf)),
  property<Picked<Change>>({
    id: "T1.ir.conditions",
    says: totality("built policies with conditions changed"),
    share,
    of: picked(changes(2)),
    check: async (one) => {
      const policy = structuredClone(from(bases(), one).policy) as unknown as { layers: Json };
      const keep = new Set(["id", "tools", "serving", "name", "commission", "because", "class", "on"]);
      policy.layers = changed(policy.layers, one.changes, keep);
      const loaded = loadPolicy(JSON.stringify(policy));
      if (loaded.ok) await liveThrough(loaded.policy);
      else isSentence(loaded.problem);
    },
  }),
  byChange("proposals with nodes changed", "proposals", () => proposals),
  byByte("proposals with bytes changed", "proposals", () => proposals.map(bytesOf)),
  byChange("outputs with nodes changed", "outputs", () => [observation]),
  byByte("outputs with bytes changed", "outputs", () => [
    Buffer.from("a: &a\n  - /a/b\n  - y@b.example\nb: *a\n"),
  ]),
  byChange("lists of tools with nodes changed", "tools", () => [toolList]),
  property<Picked<Change>>({
    id: "T1.knowledge.nodes",
    says: totality("values of what is known changed"),
    share,
    of: picked(changes(3)),
    check: async (one) => {
      const engine = from(bases(), one);
      const knowledge = from(known(), one);
      // The shape is the store's; what principals, sources and tools put into it is anybody's.
      const { givens, said, history, observations, session, actor } = knowledge;
      const loose = {
        givens,
        args: history[0]?.args ?? {},
        texts: said.map((word) => word.text),
        leaves: ["/a", "y@b.example"],
      };
      const odd = changed(loose as unknown as Json, one.changes) as unknown as Partial<typeof loose> | null;
      const record = (value: unknown): { [key: string]: Json } =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? (value as { [key: string]: Json })
          : {};
      const strings = (value: unknown): string[] =>
        Array.isArray(value)
          ? value.map((item) => (typeof item === "string" ? item : JSON.stringify(item)))
          : [];
      const told: Knowledge = {
        ...knowledge,
        session,
        actor,
        givens: record(odd?.givens),
        history: history.map((action) => ({ ...action, args: record(odd?.args) })),
        said: strings(odd?.texts).map((text) => ({ by: "owner", text })),
        observations: [
          ...observations,
          {
            tool: "file.read",
            sources: ["read"],
            after: 1,
            leaves: strings(odd?.leaves).map((text) => ({ path: ["a"], text })),
          },
        ],
      };
      for (const proposal of proposalsFor(engine.policy)) isDecision(engine.decide(proposal, told).decision);
    },
  }),
];
