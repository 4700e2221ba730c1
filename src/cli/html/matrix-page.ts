import { html } from "hono/html";
import { type Matrix, type MatrixCell, type MatrixRule, validatorNames } from "../../index.js";
import { headings } from "../decision/page.js";
import { cellRules, rulesText } from "../coverage/matrix-text.js";
import { type Html, pageHtml, shown, withCode } from "./page.js";

/** The completeness matrix as a page. */
export function matrixPage(matrix: Matrix): Promise<string> {
  const { policy, tools, bullets, holes } = matrix;
  return pageHtml(
    `Completeness of ${policy}`,
    html`<h1>Completeness of ${shown(policy)}</h1>
<p class="soft">What each validator has to say of each tool, and what serves each bullet. Open a cell to read its rules.</p>
<p><span class="badge rules">rules</span> speak of the tool; <span class="badge default">default</span>: only what holds for all tools;
<span class="badge hole">hole</span>: nothing does.</p>
${
  holes.length === 0
    ? html`<p><b>No holes.</b></p>`
    : html`<h2>${holes.length === 1 ? "1 hole" : `${holes.length} holes`}</h2><ul class="todo">${holes.map((hole) => html`<li>${withCode(hole)}</li>`)}</ul>`
}
<h2>Tools</h2>
<div class="scroll"><table class="grid">
<thead><tr><th scope="col">Tool</th>${validatorNames.map((name) => html`<th scope="col">${headings[name]}</th>`)}</tr></thead>
<tbody>${tools.map(
      ({ tool, at, cells }) =>
        html`<tr><th scope="row"><code title="${shown(at ?? "")}">${shown(tool)}</code></th>${validatorNames.map((name) => cellHtml(cells[name]))}</tr>`,
    )}</tbody>
</table></div>
${bullets.length === 0 ? html`<h2>Bullets</h2><p>This policy has no intent, and so no bullets.</p>` : bulletsHtml(matrix)}`,
  );
}

function cellHtml(cell: MatrixCell): Html {
  const { state, rules, note } = cell;
  const told = note === undefined ? "" : html`<span class="note">${withCode(note)}</span>`;
  const listed =
    rules.length === 0
      ? ""
      : html`<details><summary>${shown(cellRules(cell))}</summary><ul>${rules.map((rule) => html`<li>${ruleHtml(rule)}</li>`)}</ul></details>`;
  return html`<td class="cell ${state}">${state === "hole" ? html`<b>hole</b>` : ""}${listed}${told}</td>`;
}

const ruleHtml = ({ at, text, id, effect, tools }: MatrixRule): Html =>
  html`<span class="place">${shown(at ?? id)}</span><code>${shown(text ?? `${effect} ${tools.join(", ")}`)}</code>`;

/** Rules in rows, bullets in columns. */
function bulletsHtml({ bullets, unserving }: Matrix): Html {
  const rules = [
    ...new Map([...bullets.flatMap((one) => one.rules), ...unserving].map((one) => [one.id, one])).values(),
  ];
  return html`<h2>Bullets</h2>
<div class="scroll"><table class="grid">
<thead><tr><th scope="col">Rule</th>${bullets.map(({ name, text }) => html`<th scope="col">${shown(name)}<br><span class="soft">${shown(text)}</span></th>`)}</tr></thead>
<tbody>${rules.map(
    (rule) =>
      html`<tr><th scope="row">${ruleHtml(rule)}</th>${bullets.map(({ name }) =>
        rule.serving.includes(name)
          ? html`<td class="yes">✓<span class="skip">serves</span></td>`
          : html`<td class="no">·</td>`,
      )}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">Served by</th>${bullets.map((bullet) =>
    bullet.rules.length === 0
      ? html`<td class="cell hole"><b>hole</b>nothing serves it</td>`
      : html`<td>${shown(rulesText(bullet.rules))}</td>`,
  )}</tr></tfoot>
</table></div>`;
}
