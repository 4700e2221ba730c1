import Table from "cli-table3";
import type { Property } from "../support/property.js";

/** What has been tried of one property. */
interface Score {
  readonly property: Property;
  runs: number;
  comparisons: number;
  /** Of processor time. */
  seconds: number;
  failed: boolean;
}

/** What a hunt has come to so far. */
export class Tally {
  readonly #scores: Map<string, Score>;
  readonly #start = Date.now();

  constructor(properties: readonly Property[]) {
    this.#scores = new Map(
      properties.map((property) => [
        property.id,
        { property, runs: 0, comparisons: 0, seconds: 0, failed: false },
      ]),
    );
  }

  add(
    id: string,
    tried: { readonly runs: number; readonly comparisons: number; readonly seconds: number },
  ): void {
    const score = this.#scores.get(id) as Score;
    score.runs += tried.runs;
    score.comparisons += tried.comparisons;
    score.seconds += tried.seconds;
  }

  fail(id: string): void {
    (this.#scores.get(id) as Score).failed = true;
  }

  get failed(): readonly string[] {
    return this.#all.filter((score) => score.failed).map((score) => score.property.id);
  }

  /** The property that had the least time so far, of those that have not failed and are not in hand. */
  next(inHand: ReadonlySet<string>): string | undefined {
    return this.#all
      .filter((score) => !score.failed)
      .sort(
        (a, b) =>
          Number(inHand.has(a.property.id)) - Number(inHand.has(b.property.id)) || a.seconds - b.seconds,
      )[0]?.property.id;
  }

  get #all(): Score[] {
    return [...this.#scores.values()];
  }

  #sum(of: "runs" | "comparisons" | "seconds"): number {
    return this.#all.reduce((sum, score) => sum + score[of], 0);
  }

  get #elapsed(): number {
    return (Date.now() - this.#start) / 1_000;
  }

  line(): string {
    const rate = count(this.#sum("comparisons") / Math.max(this.#elapsed, 0.001));
    return `${clock(this.#elapsed)}  ${count(this.#sum("runs"))} policies, ${count(this.#sum("comparisons"))} comparisons (${rate} a second), ${this.failed.length} of ${this.#all.length} properties failed`;
  }

  table(): string {
    const table = new Table({
      head: ["property", "policies", "comparisons", "CPU s", ""],
      colAligns: ["left", "right", "right", "right", "left"],
      style: { head: [], border: [] },
    });
    for (const { property, runs, comparisons, seconds, failed } of this.#all)
      table.push([
        property.id,
        count(runs),
        count(comparisons),
        seconds.toFixed(0),
        failed ? "FAILED" : runs === 0 ? "not tried" : "held",
      ]);
    table.push([
      "in all",
      count(this.#sum("runs")),
      count(this.#sum("comparisons")),
      this.#sum("seconds").toFixed(0),
      "",
    ]);
    return table.toString();
  }
}

const count = (value: number): string => Math.round(value).toLocaleString("en-US");

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
