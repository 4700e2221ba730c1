/** The picture: what a decision costs against the number of rules, both logarithmic, a line a peer, a panel a way to lay rules out. */

const panel = { width: 380, height: 420, left: 70, top: 60, gap: 330 };

/** Blue is Reshimu, green is written by hand, the rest are others; told apart without colour by their dashes and their labels. */
const looks = {
  reshimu: { colour: "#0b4fbf", width: 3.5 },
  "reshimu-decision": { colour: "#4f8ff0", width: 2.5, dash: "7 3" },
  "hand-indexed-checked": { colour: "#0a7d38", width: 2.5 },
  "hand-checked": { colour: "#0a7d38", width: 2.5, dash: "7 3" },
  "hand-indexed": { colour: "#65a30d", width: 1.5 },
  hand: { colour: "#65a30d", width: 1.5, dash: "7 3" },
  "json-logic": { colour: "#b8860b", width: 1.5 },
  casl: { colour: "#c2410c", width: 1.5 },
  opa: { colour: "#6d28d9", width: 1.5 },
  casbin: { colour: "#be185d", width: 1.5 },
  cedar: { colour: "#475569", width: 1.5 },
};

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Panels of `{ title, lines: [{ peer, title, points: [[rules, microseconds], …] }] }` as one SVG. */
export function chartOf(panels) {
  const values = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points));
  const range = (place) => decades(values.map((point) => point[place]));
  const [rules, costs] = [range(0), range(1)];
  const step = panel.width + panel.gap;
  const width = panel.left + panels.length * step;
  const height = panel.top + panel.height + 60;
  const drawn = panels.map((one, i) => panelOf(one, panel.left + i * step, rules, costs));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#1e293b">`,
    "<title>What a decision costs against the number of rules</title>",
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...drawn.flat(),
    "</svg>",
    "",
  ].join("\n");
}

/** The powers of ten around some values. */
export function decades(values) {
  const exponents = values.map((value) => Math.log10(value));
  return [Math.floor(Math.min(...exponents)), Math.max(Math.ceil(Math.max(...exponents)), 1)];
}

function panelOf({ title, lines }, left, rules, costs) {
  const { width, height, top } = panel;
  const along = (value, [from, to], length) => ((Math.log10(value) - from) / (to - from)) * length;
  const x = (value) => round(left + along(value, rules, width));
  const y = (value) => round(top + height - along(value, costs, height));
  const labels = apart(
    lines.map(({ peer, title: text, points }) => ({
      peer,
      text,
      wanted: y(points.at(-1)[1]),
      x: x(points.at(-1)[0]),
    })),
    { least: 15, from: top + 4, to: top + height },
  );
  return [
    `<text x="${left}" y="${top - 24}" font-size="15" font-weight="bold">${escaped(title)}</text>`,
    ...grid(rules).map((value) =>
      tick(x(value), top, x(value), top + height, label(value), "middle", 0, height + 18),
    ),
    ...grid(costs).map((value) =>
      tick(left, y(value), left + width, y(value), duration(value), "end", -8, 4),
    ),
    `<text x="${left + width / 2}" y="${top + height + 42}" text-anchor="middle">rules in the policy</text>`,
    `<text transform="translate(${left - 56} ${top + height / 2}) rotate(-90)" text-anchor="middle">time a decision (p50)</text>`,
    ...lines.map((line) => lineOf(line, x, y)),
    ...labels.map((one) => labelOf(one, left + width)),
  ];
}

const grid = ([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
const label = (value) => value.toLocaleString("en");
const round = (value) => Math.round(value * 10) / 10;

/** Microseconds, in the unit that suits them. */
export function duration(microseconds) {
  const [value, unit] =
    microseconds < 1
      ? [microseconds * 1_000, "ns"]
      : microseconds < 1_000
        ? [microseconds, "µs"]
        : [microseconds / 1_000, "ms"];
  return `${Number(value.toPrecision(3)).toLocaleString("en")} ${unit}`;
}

const tick = (x1, y1, x2, y2, text, anchor, dx, dy) =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#dbe1e8"/><text x="${x1 + dx}" y="${y1 + dy}" text-anchor="${anchor}">${text}</text>`;

function lineOf({ peer, title, points }, x, y) {
  const { colour, width, dash } = looks[peer];
  const path = points.map(([rules, cost]) => `${x(rules)},${y(cost)}`).join(" ");
  const dots = points.map(([rules, cost]) => {
    const told = `${title}: ${duration(cost)} at ${label(rules)} rules`;
    return `<circle cx="${x(rules)}" cy="${y(cost)}" r="3" fill="${colour}"><title>${escaped(told)}</title></circle>`;
  });
  const dashes = dash === undefined ? "" : ` stroke-dasharray="${dash}"`;
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${width}"${dashes}/>${dots.join("")}`;
}

function labelOf({ peer, text, wanted, x, y }, edge) {
  const { colour } = looks[peer];
  const start = edge + 22;
  return `<polyline points="${x + 5},${wanted} ${start - 4},${round(y - 4)}" fill="none" stroke="${colour}" stroke-width="0.7"/><text x="${start}" y="${round(y)}" fill="${colour}"${peer === "reshimu" ? ' font-weight="bold"' : ""}>${escaped(text)}</text>`;
}

/** Labels in the order of where they want to be, no two nearer than `least`: pushed down, then up from the end. */
export function apart(labels, { least, from, to }) {
  const placed = [...labels]
    .sort((a, b) => a.wanted - b.wanted)
    .map((one) => ({ ...one, y: one.wanted + 4 }));
  let free = from;
  for (const one of placed) {
    one.y = Math.max(one.y, free);
    free = one.y + least;
  }
  let most = to;
  for (const one of placed.reverse()) {
    one.y = Math.min(one.y, most);
    most = one.y - least;
  }
  return placed.reverse();
}

/** Nearly the same as another line. */
const undrawn = new Set(["reshimu-text"]);

/** What of the results goes into the picture: few and many are one panel, heaped is the other. */
export function panelsOf(results) {
  const ways = [
    { title: "ten rules a tool", names: ["few", "many"] },
    { title: "all rules on one tool", names: ["heaped"] },
  ];
  return ways
    .map(({ title, names }) => ({
      title,
      lines: linesOf(results.filter((one) => names.includes(one.workload))),
    }))
    .filter(({ lines }) => lines.length > 0);
}

function linesOf(results) {
  const lines = new Map();
  for (const { size, rows } of results)
    for (const { peer, title, p50 } of rows.filter((row) => !undrawn.has(row.peer))) {
      if (!lines.has(peer)) lines.set(peer, { peer, title, points: [] });
      lines.get(peer).points.push([size, p50]);
    }
  return [...lines.values()];
}
