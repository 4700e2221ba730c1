/**
 * How statements of a tool are laid out, by hand: all tried one after another, or those of a folder found by it. Then three ways to
 * go through them. A loop is written out in each, since a function given to a common one would cost more than what it does.
 */
import { partsOf } from "../conditions.js";
import { closure } from "./closures.js";

/** All of them, one after another. Statements are `{ when, value }`. */
export const oneByOne = (statements) => ({
  always: statements.map(({ when, value }) => ({ value, test: closure(when) })),
  folders: undefined,
});

/** Those without a folder, and those of each folder. `sense` "not": a statement says nothing outside its folder. */
export function byFolder(statements, sense) {
  const always = [];
  const folders = new Map();
  for (const { when, value } of statements) {
    const one = { value, test: closure(when) };
    const folder = sense === "not" ? folderExcused(when) : folderOf(when);
    if (folder === undefined) always.push(one);
    else if (folders.has(folder)) folders.get(folder).push(one);
    else folders.set(folder, [one]);
  }
  return { always, folders: folders.size === 0 ? undefined : folders };
}

const folderOf = (when) => partsOf(when).find(({ op }) => op === "within")?.path;

const folderExcused = (when) =>
  when.op === "any"
    ? when.parts.find(({ op, part }) => op === "not" && part.op === "within")?.part.path
    : undefined;

/** Whether one of them holds. */
export const anyOf =
  ({ always, folders }) =>
  (args, roles) => {
    if (anyHolds(always, args, roles)) return true;
    if (folders === undefined) return false;
    const { path } = args;
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      const here = folders.get(path.slice(0, end));
      if (here !== undefined && anyHolds(here, args, roles)) return true;
    }
    return false;
  };

/** Whether none of them fails. */
export const allOf =
  ({ always, folders }) =>
  (args, roles) => {
    if (!allHold(always, args, roles)) return false;
    if (folders === undefined) return true;
    const { path } = args;
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      const here = folders.get(path.slice(0, end));
      if (here !== undefined && !allHold(here, args, roles)) return false;
    }
    return true;
  };

/** The greatest value of those that hold, or `least`. */
export const greatestOf =
  ({ always, folders }, least) =>
  (args, roles) => {
    let most = greatestHere(always, args, roles, least);
    if (folders === undefined) return most;
    const { path } = args;
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      const here = folders.get(path.slice(0, end));
      if (here !== undefined) most = greatestHere(here, args, roles, most);
    }
    return most;
  };

function anyHolds(tried, args, roles) {
  for (let i = 0; i < tried.length; i += 1) if (tried[i].test(args, roles)) return true;
  return false;
}

function allHold(tried, args, roles) {
  for (let i = 0; i < tried.length; i += 1) if (!tried[i].test(args, roles)) return false;
  return true;
}

function greatestHere(tried, args, roles, least) {
  let most = least;
  for (let i = 0; i < tried.length; i += 1)
    if (tried[i].value > most && tried[i].test(args, roles)) most = tried[i].value;
  return most;
}
