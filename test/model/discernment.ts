import type { Finding } from "../../src/ir/decision.js";
import type { DiscernmentIr, LayerIr } from "../../src/ir/policy.js";
import { wordsOn } from "./confirmations.js";
import { covers } from "./history.js";
import { answerTo, judged } from "./rulings.js";
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
  const weights = lines.map(weightOf);
  const ambiguity = Math.max(0, heard.isOpen ? 1 : 0, ...weights);
  const threshold = thresholdOf(world, heard);
  const refusedBy = [
    ...new Set([
      ...wordsOn(world).no,
      ...lines.filter((one) => one.answer === false && one.applies).map((one) => one.asked ?? ""),
      ...lapsed(world),
    ]),
  ];
  const finding = refusedBy.length > 0 ? "refused" : ambiguity > threshold ? "ambiguous" : "clear";
  return { finding, ambiguity, threshold, refusedBy };
}

/** Something that a principal can accept or refuse. */
interface Line {
  readonly weight: number;
  /** False: it is not known whether it does. */
  readonly applies: boolean;
  readonly asked: string | undefined;
  readonly answer: boolean | undefined;
}

/** A no to a line of which it is not known whether it applies is no refusal yet, and nothing that can be waved through. */
function weightOf({ weight, applies, answer }: Line): number {
  if (answer === undefined) return weight;
  return answer ? 0 : applies ? weight : 1;
}

/** The gray lines about the tool that are true or unknown. */
function grayLines(world: World, { grays }: DiscernmentIr): Line[] {
  return grays.flatMap((gray): Line[] => {
    const truth = covers(gray.tools, world.tool.name) ? truthOf(judged(world, gray.when)) : "false";
    const asked = gray.asks?.principal ?? world.policy.escalate[0]?.principal;
    const answer = answerTo(world, gray.id, asked);
    return truth === "false" ? [] : [{ weight: gray.weight, applies: truth === "true", asked, answer }];
  });
}

/** Given a floor, a message missing or below it. */
function floor(world: World, { fidelity }: DiscernmentIr): Line[] {
  const score = world.knowledge.fidelity;
  if (fidelity === undefined || (score !== undefined && score >= fidelity.atLeast)) return [];
  const asked = world.policy.escalate[0]?.principal;
  return [{ weight: 1, applies: true, asked, answer: answerTo(world, fidelity.id, asked) }];
}

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
  return ofCommission.length === 0 ? 0 : Math.min(...upTo(gravest, policy.layers));
}
