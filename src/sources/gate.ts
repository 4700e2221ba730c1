/** Lets at most `width` tasks be under way at once; the others wait in the order they came. */
export function createGate(width: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = width;

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };

  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await task();
    } finally {
      leave();
    }
  };
}
