import { type Hop, visible } from "../../index.js";

/** What a delegation carried and lost, in a few lines. */
export function hopText(hop: Hop): string[] {
  const { carried, withheld } = hop;
  return [
    figuresText(hop),
    ...(carried.length === 0 ? [] : [`carried ${carried.map(visible).join(", ")}`]),
    ...withheld.map(({ thing, by, at }) => `lost ${visible(thing)} at ${visible(at)}, by the ${by}`),
  ];
}

/** `retention 0.83, fidelity 0.9`. */
export const figuresText = ({ retention, fidelity }: Pick<Hop, "retention" | "fidelity">): string =>
  `retention ${rounded(retention)}${fidelity === undefined ? "" : `, fidelity ${rounded(fidelity)}`}`;

const rounded = (figure: number): number => Math.round(figure * 1_000) / 1_000;
