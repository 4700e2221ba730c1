import type { World } from "./world.js";

/** Who said yes, and who no, to this proposal under this policy; of several words by one principal the latest governs. */
export function wordsOn({ knowledge, digests }: World): { readonly yes: string[]; readonly no: string[] } {
  const latest = new Map(
    knowledge.confirmations
      .filter((one) => one.proposal === digests.proposal && one.policy === digests.policy)
      .map((one) => [one.by, one.answer]),
  );
  const those = (answer: boolean): string[] =>
    [...latest].filter(([, said]) => said === answer).map(([principal]) => principal);
  return { yes: those(true), no: those(false) };
}
