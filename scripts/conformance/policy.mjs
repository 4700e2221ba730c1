// Small policies as IR, for the cases of decisions: whatever a case does not speak of lets everything through.

/** The id of a statement. In a compiled policy its digits are a digest of what it says; to an engine they are a name. */
export const id = (kind, number) => `${kind}/${number.toString(16).padStart(12, "0")}`;

export const permit = (number, when = true, more = {}) => ({
  id: id("permit", number),
  tools: ["act"],
  serving: [],
  when,
  ...more,
});
export const forbid = (number, when = true, more = {}) => ({
  id: id("forbid", number),
  tools: ["act"],
  serving: [],
  when,
  ...more,
});
export const limit = (number, to, more = {}) => ({
  id: id("limit", number),
  tools: ["act"],
  to,
  per: "session",
  ...more,
});
export const ground = (number, condition, more = {}) => ({
  id: id("ground", number),
  tools: ["act"],
  on: "fact",
  condition,
  ...more,
});
export const treat = (number, name, when = true, more = {}) => ({
  id: id("treat", number),
  tools: ["act"],
  class: name,
  when,
  ...more,
});
export const gray = (number, weight, when = true, more = {}) => ({
  id: id("gray", number),
  tools: ["act"],
  weight,
  when,
  ...more,
});
export const threshold = (number, value, more = {}) => ({ id: id("threshold", number), value, ...more });
export const asks = (principal, question = "Is it so?") => ({ asks: { principal, question } });

export const scope = (permits, forbids = [], limits = []) => ({ permits, forbids, limits });
export const grounding = (grounds = [], more = {}) => ({ grounds, ...more });
export const reversibility = (treats = [], otherwise = "free") => ({
  treats,
  ...(otherwise === null ? {} : { otherwise }),
});
export const discernment = (thresholds = [threshold(1, 0.5)], grays = [], more = {}) => ({
  thresholds,
  grays,
  ...more,
});

/** A layer of the commission that lets everything through. */
export const commission = (blocks = {}) => ({
  name: "test",
  commission: true,
  scope: scope([{ ...permit(1), tools: ["*"] }]),
  grounding: grounding([], { unsupported: 1 }),
  reversibility: reversibility(),
  discernment: discernment(),
  ...blocks,
});

/** A layer above it: it has no opinion on what it does not write. */
export const layer = (name, blocks = {}) => ({
  name,
  commission: false,
  scope: null,
  grounding: null,
  reversibility: null,
  discernment: null,
  ...blocks,
});

export const param = (name, type, more = {}) => ({ name, type, ...more });
export const world = (name, trust, more = {}) => ({
  name,
  kind: "json",
  locator: `${name}.json`,
  trust,
  ...more,
});
export const toolSource = (name, tools, trust, more = {}) => ({
  name,
  kind: "tool",
  tools,
  fields: [],
  asText: false,
  when: true,
  trust,
  ...more,
});
export const fact = (name, type, sources, more = {}) => ({
  name,
  optional: false,
  params: [],
  type,
  from: sources.map((source) => ({ source, lookup: `/${name}` })),
  ...more,
});

const bullets = [
  { name: "find", text: "Find what is there." },
  { name: "tell", text: "Tell of it." },
  { name: "keep", text: "Keep all else." },
];

/** A policy of one layer, or of those named. */
export const policy = ({ layers, givens = [], ...more } = {}, blocks = {}) => ({
  format: "reshimu-policy",
  version: 1,
  name: "test",
  zone: "UTC",
  principals: [
    { name: "owner", display: "The owner" },
    { name: "board", display: "The board" },
  ],
  intent: { bullets, givens },
  tools: [
    { name: "act", params: [param("n", "int"), param("who", "string", { optional: true })] },
    { name: "idle", params: [] },
  ],
  sources: [],
  facts: [],
  claims: [],
  classes: [{ name: "free" }],
  escalate: [
    { principal: "owner", within: 14400000 },
    { principal: "board", within: 86400000 },
  ],
  tiers: [],
  boundaries: [],
  layers: layers ?? [commission(blocks)],
  asserts: [],
  tests: [],
  spans: {},
  ...more,
});
