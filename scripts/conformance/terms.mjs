// Building blocks of predicates (IR) and of the worlds they are asked in, shared by the generators of cases.

export const arg = (...path) => ({ val: ["arg", ...path] });
export const given = (...path) => ({ val: ["given", ...path] });
export const claim = (...path) => ({ val: ["claim", ...path] });
export const local = (...path) => ({ val: ["local", ...path] });
export const op = (operator, ...operands) => ({ [operator]: operands });

export const UNKNOWN = { unknown: true };
export const ABSENT = { absent: true };
export const toldValue = (value) => (typeof value === "boolean" ? value : { value });

/** An operand of a predicate case: how it is written, what the world has to say for it, and what it is. */
export const literal = (value, told = JSON.stringify(value)) => ({ rule: value, value, told, world: {} });
export const unknown = (type, name = "u") => ({
  rule: given(name),
  value: UNKNOWN,
  told: "an unknown",
  world: { givens: { [name]: { type } } },
});
export const absent = (type, name = "x") => ({
  rule: arg(name),
  value: ABSENT,
  told: "an absent argument",
  world: { params: [{ name, type, optional: true }] },
});
export const argument = (name, type, input, value, told = JSON.stringify(input)) => ({
  rule: arg(name),
  value,
  told,
  world: { params: [{ name, type }], args: { [name]: input } },
});
/** An operation that has no result: it is unknown by itself. */
export const noResult = {
  rule: op("/", 1, 0),
  value: UNKNOWN,
  told: "an operation without a result",
  world: {},
};

export const isOpen = (operand) => operand.value === UNKNOWN || operand.value === ABSENT;

/** Worlds of several operands as one. */
export function worldOf(...operands) {
  const all = operands.map((operand) => operand.world);
  const merged = {};
  const params = all.flatMap((world) => world.params ?? []);
  if (params.length > 0) merged.params = params;
  for (const key of ["args", "givens"]) {
    const parts = all.flatMap((world) => (world[key] === undefined ? [] : [world[key]]));
    if (parts.length > 0) merged[key] = Object.assign({}, ...parts);
  }
  return merged;
}

/** A case of the kind `predicate`. */
export const predicateCase = (name, predicate, value, world = {}) => ({ name, predicate, ...world, value });

/** A file of cases, as it will be written. */
export const file = (path, kind, about, cases, more = {}) => ({ path, kind, about, ...more, cases });

/** Names that are told twice get a number: a name is unique within its file. */
export function numbered(cases) {
  const seen = new Map();
  return cases.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}
