import { xmlText } from "../reports/xml.js";

/** What a drawing is of; lengths are in pixels. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Attributes of all its text, as `@_font-size`. */
  readonly text: { readonly [attribute: string]: string | number };
  readonly groups: readonly object[];
}

/** A drawing on white, as SVG. */
export const svgText = ({ width, height, title, text, groups }: Drawing): string =>
  xmlText({
    svg: {
      "@_xmlns": "http://www.w3.org/2000/svg",
      "@_viewBox": `0 0 ${width} ${height}`,
      "@_width": width,
      "@_height": height,
      "@_role": "img",
      ...text,
      title,
      rect: { "@_width": width, "@_height": height, "@_fill": "#ffffff" },
      g: groups,
    },
  });
