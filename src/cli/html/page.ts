import { html, raw } from "hono/html";
import { visible } from "../../index.js";
import { style } from "./style.js";

/** A piece of a page; text that is put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** Text from a policy, an agent or a source, for a page: nothing in it reorders what is read. */
export const shown = (text: string): string => visible(text);

/** A sentence in which backticks quote. */
export const withCode = (text: string): Html =>
  html`${text.split("`").map((piece, i) => (i % 2 === 0 ? shown(piece) : html`<code>${shown(piece)}</code>`))}`;

/** A page by itself: it loads nothing, runs nothing, and reads in light and dark. */
export async function pageHtml(title: string, body: Html): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${shown(title)}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<main id="main">
${body}
</main>
</body>
</html>
`;
  return page.toString();
}
