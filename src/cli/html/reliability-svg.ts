import { type Group, type Reliability, visible } from "../../index.js";
import { svgText } from "./svg.js";
import { shortened } from "../decision/call.js";

const size = 260;
const margin = { left: 52, top: 40, right: 24, below: 64 };
const panel = { width: margin.left + size + margin.right, height: margin.top + size + margin.below };
const perRow = 3;
const ink = "#3b4252";
const line = "#2f6f9f";

/** Diagrams of confidence against what was found, one a group: on the diagonal they agree. Lengths are in pixels. */
export function reliabilitySvg(groups: readonly Group[]): string {
  const columns = Math.max(1, Math.min(perRow, groups.length));
  const width = columns * panel.width;
  const height = Math.max(1, Math.ceil(groups.length / perRow)) * panel.height;
  return svgText({
    width,
    height,
    title: "How confidence tracked what was found",
    text: {
      "@_font-family": "system-ui, 'DejaVu Sans', sans-serif",
      "@_font-size": 11,
      "@_fill": ink,
    },
    groups: groups.map((group, place) => panelOf(group, place)),
  });
}

export const groupName = ({ by, name }: Group): string =>
  by === "all" ? "all actions" : `${by} ${visible(name)}`;

const x = (confidence: number): number => margin.left + confidence * size;
const y = (rate: number): number => margin.top + (1 - rate) * size;

function panelOf(group: Group, place: number): object {
  const { reliability } = group;
  const left = (place % perRow) * panel.width;
  const top = Math.floor(place / perRow) * panel.height;
  return {
    "@_transform": `translate(${left} ${top})`,
    text: [
      label(margin.left, 18, shortened(groupName(group), 40), { "@_font-size": 13, "@_font-weight": "bold" }),
      label(margin.left, 33, figures(reliability)),
      ...[0, 0.5, 1].flatMap((tick) => [
        label(x(tick), margin.top + size + 16, String(tick), { "@_text-anchor": "middle" }),
        label(margin.left - 8, y(tick) + 4, String(tick), { "@_text-anchor": "end" }),
      ]),
      label(x(0.5), margin.top + size + 34, "confidence", { "@_text-anchor": "middle" }),
      label(0, 0, "found right", {
        "@_text-anchor": "middle",
        "@_transform": `translate(16 ${y(0.5)}) rotate(-90)`,
      }),
      ...(reliability.enough
        ? []
        : [label(x(0.5), y(0.5), "not enough data", { "@_text-anchor": "middle", "@_fill": "#8a94a3" })]),
    ],
    rect: {
      "@_x": margin.left,
      "@_y": margin.top,
      "@_width": size,
      "@_height": size,
      "@_fill": "none",
      "@_stroke": "#c8ced8",
    },
    line: { ...between(x(0), y(0), x(1), y(1)), "@_stroke": "#8a94a3", "@_stroke-dasharray": "4 4" },
    ...(reliability.enough ? { g: marks(reliability) } : {}),
  };
}

const label = (left: number, top: number, text: string, more: object = {}): object => ({
  "@_x": left,
  "@_y": top,
  ...more,
  "#text": text,
});

const between = (x1: number, y1: number, x2: number, y2: number): object => ({
  "@_x1": x1,
  "@_y1": y1,
  "@_x2": x2,
  "@_y2": y2,
});

function figures({ n, brier, error }: Reliability): string {
  if (brier === null || error === null) return `n ${n}`;
  return `n ${n}, Brier ${brier.value.toFixed(3)}, calibration error ${error.value.toFixed(3)}`;
}

/** A point a bin, as large as it holds many, with its interval. */
function marks({ n, bins }: Reliability): object[] {
  return bins.flatMap(({ n: own, confidence, rate, interval }) =>
    confidence === null || rate === null || interval === null
      ? []
      : [
          {
            title: `${own} of ${n}: confidence ${confidence}, right ${rate}, ${interval[0]} to ${interval[1]}`,
            line: {
              ...between(x(confidence), y(interval[0]), x(confidence), y(interval[1])),
              "@_stroke": line,
              "@_stroke-width": 1.5,
            },
            circle: {
              "@_cx": x(confidence),
              "@_cy": y(rate),
              "@_r": Math.round((3 + 9 * Math.sqrt(own / n)) * 10) / 10,
              "@_fill": line,
              "@_fill-opacity": 0.75,
            },
          },
        ],
  );
}
