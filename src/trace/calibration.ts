import type { Json } from "../ir/json.js";
import { compareText } from "../ir/order.js";
import type { TraceBody, TraceRecord } from "../ir/trace.js";
import { type Pair, type Reliability, reliabilityOf } from "./reliability.js";

/** What a reliability is of. */
export interface Group {
  readonly by: "all" | "tool" | "tier" | "claim";
  /** Of all actions the empty text. */
  readonly name: string;
  readonly reliability: Reliability;
}

/** How agents' confidence tracked what was found later, of actions and of claims. */
export interface Calibration {
  readonly groups: readonly Group[];
  /** Outcomes of actions for which no confidence was stated: they count in no group of actions. */
  readonly unstated: number;
}

/** What was said of an action when it was proposed. */
interface Stated {
  readonly tool: string;
  readonly tier: string;
  readonly confidence: number | undefined;
  readonly claims: ReadonlyMap<string, number>;
}

/** What was found of it: the last that was said counts. */
interface Found {
  readonly stated: Stated;
  worked?: boolean;
  readonly claims: Map<string, boolean>;
}

/**
 * Holds confidence against outcomes (semantics.md, *grounding*): of an action, whether it worked; of a claim, whether it was found
 * true. An action that was undone keeps what was found of it before. Pure; keeps what was proposed in memory, and no more.
 */
export async function calibrationOf(
  records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>,
): Promise<Calibration> {
  const tiers = new Map<string, string>();
  const stated = new Map<string, Stated>();
  const found = new Map<string, Found>();
  for await (const record of records) {
    if (record.kind === "opened") tiers.set(record.session, record.body.tier ?? "");
    else if (record.kind === "delegated") tiers.set(record.session, record.body.hop.to ?? "");
    else if (record.kind === "proposed") keep(stated, record.hash, statedIn(record, tiers));
    else if (record.kind === "decided") keep(stated, record.hash, stated.get(record.cause ?? ""));
    else if (record.kind === "outcome") take(found, stated, record);
  }
  return told([...found.values()]);
}

function keep(stated: Map<string, Stated>, hash: string, one: Stated | undefined): void {
  if (one !== undefined) stated.set(hash, one);
}

function statedIn(
  { body, session }: TraceRecord<"proposed">,
  tiers: ReadonlyMap<string, string>,
): Stated | undefined {
  const { tool, confidence, claims } = objectOf(body.proposal);
  if (typeof tool !== "string") return undefined;
  return {
    tool,
    tier: tiers.get(session) ?? "",
    confidence: degreeOf(confidence),
    // A claim for which no confidence is stated is made with 1.
    claims: new Map(
      Object.entries(objectOf(claims)).map(([name, claim]) => [
        name,
        degreeOf(objectOf(claim).confidence) ?? 1,
      ]),
    ),
  };
}

function take(
  all: Map<string, Found>,
  stated: ReadonlyMap<string, Stated>,
  { body, cause }: TraceRecord<"outcome">,
): void {
  const of = stated.get(cause ?? "");
  if (of === undefined || cause === null) return;
  const found: Found = all.get(cause) ?? { stated: of, claims: new Map() };
  all.set(cause, found);
  if (body.result !== "undone") found.worked = body.result === "worked";
  for (const [name, truth] of Object.entries(claimsOf(body))) found.claims.set(name, truth);
}

const claimsOf = (body: TraceBody<"outcome">): { readonly [name: string]: boolean } => body.claims ?? {};

function told(all: readonly Found[]): Calibration {
  const actions = all.flatMap(({ stated, worked }) =>
    worked === undefined ? [] : [{ ...stated, right: worked }],
  );
  const sure = actions.flatMap(({ confidence, ...rest }) =>
    confidence === undefined ? [] : [{ ...rest, confidence }],
  );
  const claims = all.flatMap(({ stated, claims: truths }) =>
    [...truths].flatMap(([name, right]) => {
      const confidence = stated.claims.get(name);
      return confidence === undefined ? [] : [{ name, confidence, right }];
    }),
  );
  return {
    groups: [
      { by: "all", name: "", reliability: reliabilityOf(sure) },
      ...grouped("tool", sure, ({ tool }) => tool),
      ...grouped(
        "tier",
        sure.filter(({ tier }) => tier !== ""),
        ({ tier }) => tier,
      ),
      ...grouped("claim", claims, ({ name }) => name),
    ],
    unstated: actions.length - sure.length,
  };
}

function grouped<P extends Pair>(by: Group["by"], pairs: readonly P[], nameOf: (pair: P) => string): Group[] {
  const groups = new Map<string, P[]>();
  for (const pair of pairs) {
    const group = groups.get(nameOf(pair)) ?? [];
    groups.set(nameOf(pair), group);
    group.push(pair);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, own]) => ({ by, name, reliability: reliabilityOf(own) }));
}

const degreeOf = (value: Json | undefined): number | undefined =>
  typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;

const objectOf = (value: Json | undefined): { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
