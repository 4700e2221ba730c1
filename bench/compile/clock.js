/** Milliseconds of the processor since a start. */
export function spent(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const rounded = (value, digits = 2) => Number(value.toFixed(digits));

/** Times of named steps, over some rounds. */
export class Times {
  #times = new Map();

  /** Does a step of a name and notes how long it took. */
  take(name, step) {
    const start = process.cpuUsage();
    const made = step();
    const ms = spent(start);
    this.#times.set(name, [...(this.#times.get(name) ?? []), ms]);
    return made;
  }

  names() {
    return [...this.#times.keys()];
  }

  median(name) {
    return median(this.#times.get(name));
  }
}
