import type { Json } from "../ir/json.js";
import { factKey } from "./facts.js";
import { isScalar, type Scalar } from "./value.js";

/** What is known of questions to the world, by fact and arguments. Most have one scalar, which is its own key. */
export class FactTable<T> {
  #single: Map<string, Map<Scalar, T>> | undefined;
  #others: Map<string, T> | undefined;

  get(fact: string, args: readonly Json[]): T | undefined {
    const [only] = args;
    return args.length === 1 && isScalar(only)
      ? this.#single?.get(fact)?.get(only)
      : this.#others?.get(factKey({ fact, args }));
  }

  set(fact: string, args: readonly Json[], value: T): void {
    const [only] = args;
    if (args.length !== 1 || !isScalar(only)) {
      this.#others ??= new Map();
      this.#others.set(factKey({ fact, args }), value);
      return;
    }
    this.#single ??= new Map();
    const those = this.#single.get(fact) ?? new Map<Scalar, T>();
    this.#single.set(fact, those);
    those.set(only, value);
  }
}
