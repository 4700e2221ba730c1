/** Where the time of decisions goes: a CPU profile of V8, summed up by function and by file. */
import { Session } from "node:inspector/promises";

/** Runs something under the profiler of this process; every so many microseconds it looks where it is. */
export async function profiled(run, interval = 100) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval });
  await session.post("Profiler.start");
  run();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return profile;
}

/**
 * What was spent below the function called `root`, and in which functions and files: `self` in it alone, `total` with all that it
 * calls (counted once where it calls itself), as shares of all below the root. `collecting` is garbage collection, as a share of the same: it
 * belongs to nobody, and what others leave behind is in it.
 */
export function summaryOf({ nodes, samples, timeDeltas }, root) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map();
  for (const [i, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + timeDeltas[i]);
  const functions = new Map();
  const files = new Map();
  let spent = 0;
  const walk = (node, inside) => {
    const self = times.get(node.id) ?? 0;
    const name = nameOf(node.callFrame);
    const within = [...inside, name];
    spent += self;
    add(functions, name, "self", self);
    for (const one of new Set(within)) add(functions, one, "total", self);
    add(files, fileOf(node.callFrame), "self", self);
    for (const id of node.children ?? []) walk(byId.get(id), within);
  };
  const isRoot = ({ callFrame }) => callFrame.functionName === root;
  for (const node of outermost(nodes, byId, isRoot)) walk(node, []);
  const collecting = nodes
    .filter(({ callFrame }) => callFrame.functionName === "(garbage collector)")
    .reduce((sum, { id }) => sum + (times.get(id) ?? 0), 0);
  return { functions: shares(functions, spent), files: shares(files, spent), collecting: collecting / spent };
}

/** The nodes of a kind that are below none of it. */
function outermost(nodes, byId, isWanted) {
  const found = [];
  const search = (node) => {
    if (isWanted(node)) found.push(node);
    else for (const id of node.children ?? []) search(byId.get(id));
  };
  search(nodes[0]);
  return found;
}

function add(map, key, kind, time) {
  const entry = map.get(key) ?? { self: 0, total: 0 };
  entry[kind] += time;
  map.set(key, entry);
}

const shares = (map, spent) =>
  [...map]
    .map(([name, { self, total }]) => ({ name, self: self / spent, total: total / spent }))
    .sort((a, b) => b.self - a.self || (a.name < b.name ? -1 : 1));

/** `dist/engine/fit.js` of a module of Reshimu, the package of another's, `v8` of what is in neither. */
function fileOf({ url }) {
  if (url === "") return "v8";
  const path = url.replace(/^file:\/\//u, "");
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(path);
  return inPackage === null ? path.replace(/^.*\/(dist|bench)\//u, "$1/") : inPackage[1];
}

const nameOf = (frame) => {
  const name = frame.functionName === "" ? "(anonymous)" : frame.functionName;
  return frame.url === "" ? name : `${name} ${fileOf(frame)}:${frame.lineNumber + 1}`;
};
