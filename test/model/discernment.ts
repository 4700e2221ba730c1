import type { Finding } from "../../src/ir/decision.js";
import type { DiscernmentIr, GrayIr, LayerIr } from "../../src/ir/policy.js";
import { wordsOn } from "./confirmations.js";
import { asItReached } from "./descent.js";
import { degree } from "./facts.js";
import { covers } from "./history.js";
import { readings } from "./readings.js";
import { answerTo, judged, rulingOn } from "./rulings.js";
import { truthOf } from "./term.js";
import type { World } from "./world.js";

export interface Discernment {
  readonly finding: Finding<"discernment">;
  readonly ambiguity: number;
  readonly threshold: number;
  readonly refusedBy: readonly string[];
}

/** What the other three leave open, and the range of classes (semantics.md, *discernment*). */
export interface Heard {
  readonly isOpen: boolean;
  readonly mildest: number;
  readonly gravest: number;
}

export function discernmentOf(world: World, heard: Heard): Discernment {
  const blocks = world.policy.layers.flatMap(({ discernment }) => discernment ?? []);
  const lines = blocks.flatMap((block) => [...grayLines(world, block), ...floor(world, block)]);
  const weights = lines.filter((one) => weighs(one)).map((one) => one.weight);
  const ambiguity = degree(Math.max(0, heard.isOpen ? 1 : 0, ...weights));
  const threshold = thresholdOf(world, heard);
  const refusedBy = [
    ...new Set([
      ...wordsOn(world).no,
      ...lines.filter((one) => one.answer === "refused").map((one) => one.asked),
      ...lapsed(world),
    ]),
  ];
  const finding = refusedBy.length > 0 ? "refused" : ambiguity > threshold ? "ambiguous" : "clear";
  return { finding, ambiguity, threshold, refusedBy };
}

/** All but what a ruling accepted. */
const weighs = ({ answer }: Line): boolean =>
  answer === "none" || (answer === "refused" && readings.refusedLinesWeigh);

/** Something that a principal can accept or refuse. */
interface Line {
  readonly weight: number;
  readonly asked: string;
  readonly answer: "accepted" | "refused" | "none";
}

/** The gray lines about the tool that may apply, and those by which somebody refused. */
const grayLines = (world: World, { grays }: DiscernmentIr): Line[] =>
  grays.filter((gray) => covers(gray.tools, world.tool.name)).flatMap((gray) => grayLine(world, gray));

function grayLine(world: World, gray: GrayIr): Line[] {
  const isKnown = truthOf(judged(world, gray.when)) === "true";
  const truth = isKnown ? "true" : truthOf(judged(asItReached(world), gray.when));
  const asked = gray.asks?.principal ?? firstAsked(world);
  const ruling = rulingOn(world, gray.id, asked);
  const saidNo = ruling?.answer === false;
  // A no to this very proposal is a refusal, whatever comes to be known of the line; one for the session, if the line applies.
  const isRefused = saidNo && (truth === "true" || ruling.proposal !== undefined);
  if (truth === "false" && !isRefused) return [];
  // Not known whether a no for the session applies: nothing that can be waved through.
  const weight = saidNo && !isRefused ? 1 : gray.weight;
  return [{ weight, asked, answer: isRefused ? "refused" : ruling?.answer === true ? "accepted" : "none" }];
}

/** Given a floor, a message missing or below it. */
function floor(world: World, { fidelity }: DiscernmentIr): Line[] {
  const score = world.knowledge.fidelity;
  if (fidelity === undefined || (score !== undefined && score >= fidelity.atLeast)) return [];
  const asked = firstAsked(world);
  const said = answerTo(world, fidelity.id, asked);
  return [{ weight: 1, asked, answer: said === undefined ? "none" : said ? "accepted" : "refused" }];
}

const firstAsked = ({ policy }: World): string => policy.escalate[0]?.principal ?? "";

const lapsed = ({ policy, knowledge }: World): string[] =>
  knowledge.lapsed === true ? [policy.escalate.at(-1)?.principal ?? ""] : [];

/** The least of those written for no class, for the gravest possible class and for milder ones; none in the commission: 0. */
function thresholdOf({ policy }: World, { mildest, gravest }: Heard): number {
  const upTo = (most: number, layers: readonly LayerIr[]): number[] =>
    layers
      .flatMap(({ discernment }) => discernment?.thresholds ?? [])
      .filter(
        (one) => one.for === undefined || policy.classes.findIndex(({ name }) => name === one.for) <= most,
      )
      .map((one) => one.value);
  const ofCommission = upTo(
    mildest,
    policy.layers.filter((layer) => layer.commission),
  );
  return ofCommission.length === 0 ? 0 : degree(Math.min(...upTo(gravest, policy.layers)));
}
