/** The width where there is no terminal that has one. */
export const defaultWidth = 100;

type Environment = Readonly<Record<string, string | undefined>>;

/** `FORCE_COLOR` decides, else `NO_COLOR`, else whether it is a terminal that can show colours. */
export function wantsColor(isTerminal: boolean, environment: Environment): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = environment;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return isTerminal && term !== "dumb";
}
