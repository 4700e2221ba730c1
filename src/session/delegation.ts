import { whyNotHanded } from "../engine/holdings.js";
import { delegateTool, type PolicyIr } from "../ir/policy.js";
import { fits } from "../ir/misfit.js";
import type { Proposal } from "../ir/proposal.js";
import type { DelegationSaid } from "../ir/schemas/told.js";
import { formatTime, normaliseFields } from "../ir/value.js";
import type { Member } from "./state.js";

// The contraction (semantics.md, *The Reshimu*): a delegation is the action `delegate`, judged as every action is; what it makes is a
// session that holds what the boundaries on the way and the delegation itself let through, and nothing else.

/** So many delegations may hang on each other, and so long a narrowing may be, in UTF-16 units. */
const deepest = 100;
const longestNarrowing = 100_000;

/** A layer on a policy, as `compileNarrowing` makes it; null where its text has errors. */
export type Narrow = (
  source: { readonly file: string; readonly text: string },
  parent: PolicyIr,
) => {
  readonly policy: PolicyIr | null;
  readonly diagnostics: readonly { readonly severity: string; readonly message: string }[];
};

/** Who delegates. */
interface Giver {
  readonly policy: PolicyIr;
  readonly member: Member;
  readonly narrow: Narrow | undefined;
}

/** A delegation that was proposed: why it cannot be made, or what it would make. */
export interface Delegation {
  readonly brief: string | undefined;
  readonly problems: readonly string[];
  readonly made: Made | undefined;
}

export interface Made {
  readonly said: DelegationSaid;
  readonly tier: string | null;
  /** With the narrowing as one more layer. */
  readonly policy: PolicyIr;
  readonly expires: number | undefined;
  readonly depth: number | undefined;
}

/** Reads a proposal as a delegation; undefined where it is none, or where its arguments do not fit: the engine says so. */
export function delegationOf(proposal: unknown, giver: Giver): Delegation | undefined {
  const { policy, member } = giver;
  const tool = policy.tools.find((one) => one.name === delegateTool);
  // Most policies hand nothing down: their proposals are not read a second time.
  if (tool === undefined) return undefined;
  if (!fits("proposal", proposal)) return undefined;
  const sent = proposal as Proposal;
  if (sent.tool !== delegateTool) return undefined;
  const fitted = normaliseFields(tool.params, sent.args, policy.zone);
  if (!fitted.ok) return undefined;
  if (!fits("delegation", fitted.value))
    return {
      brief: undefined,
      made: undefined,
      problems: [
        "the policy's tool `delegate` has no `brief: string`, or another type than a delegation needs",
      ],
    };
  const said = fitted.value as unknown as DelegationSaid;
  const tier = said.tier ?? nextTier(policy, member.tier);
  const under = narrowedBy(said.narrowing, giver);
  const problems = [
    ...tierProblems(policy, member.tier, tier),
    ...(member.hops.length >= deepest ? [`a commission is handed down no more than ${deepest} times`] : []),
    ...(member.depth === 0 ? ["no further delegation is allowed below this session"] : []),
    ...(typeof under === "string" ? [under] : []),
  ];
  if (problems.length === 0) problems.push(...handProblems(giver, tier, said));
  if (problems.length > 0 || typeof under === "string")
    return { brief: said.brief, problems, made: undefined };
  const depths = [said.depth, member.depth === undefined ? undefined : member.depth - 1];
  return {
    brief: said.brief,
    problems,
    made: {
      said,
      tier,
      policy: under,
      expires: least([said.expires, member.expires]),
      depth: least(depths),
    },
  };
}

const least = (numbers: readonly (number | undefined)[]): number | undefined => {
  const given = numbers.filter((one) => one !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
};

const nextTier = ({ tiers }: PolicyIr, above: string | null): string | null =>
  tiers[tiers.findIndex(({ name }) => name === above) + 1]?.name ?? null;

function tierProblems({ tiers }: PolicyIr, from: string | null, to: string | null): string[] {
  if (tiers.length === 0)
    return to === null ? [] : [`the policy has no tiers, and none called \`${cut(to)}\``];
  if (to === null) return [`\`${from}\` is the lowest tier: there is none to delegate to`];
  const names = tiers.map(({ name }) => name);
  if (!names.includes(to)) return [`no tier is called \`${cut(to)}\``];
  return names.indexOf(to) > names.indexOf(from ?? "")
    ? []
    : [`\`${to}\` is not below \`${from}\`: a delegation goes down`];
}

/** The giver's policy with the narrowing, or why there is none. */
function narrowedBy(text: string | undefined, { policy, member, narrow }: Giver): PolicyIr | string {
  return text === undefined ? policy : narrowed({ file: `${member.id}.narrowing`, text }, policy, narrow);
}

/** A policy with one more layer, or why its text cannot be taken: a sentence. */
export function narrowed(
  source: Parameters<Narrow>[0],
  policy: PolicyIr,
  narrow: Narrow | undefined,
): PolicyIr | string {
  if (narrow === undefined) return "this host takes no narrowings";
  if (source.text.length > longestNarrowing)
    return `the narrowing is longer than ${longestNarrowing} characters`;
  const { policy: made, diagnostics } = narrow(source, policy);
  if (made !== null) return made;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const first = errors.slice(0, 3).map(({ message }) => message);
  return `the narrowing cannot be taken: ${first.join("; ")}`;
}

/** What is named to be handed down and cannot be: nothing that was asked for may be missing in silence. */
function handProblems({ policy, member }: Giver, tier: string | null, said: DelegationSaid): string[] {
  return [...(said.tools ?? []), ...(said.carries ?? [])]
    .flatMap((item) => {
      const why = whyNotHanded(policy, member, { tier, item });
      return why === undefined ? [] : [`\`${cut(item)}\` cannot be handed down: ${why}`];
    })
    .slice(0, 5);
}

const cut = (text: string): string => text.slice(0, 100);

/** Why a session that has come to its end proposes nothing more. */
export const ended = (member: Member, now: number): string[] =>
  member.expires === undefined || now < member.expires
    ? []
    : [`this session ended at ${formatTime(member.expires) ?? member.expires}`];
