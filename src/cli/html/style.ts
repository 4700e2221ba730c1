/** The style of all pages. Nothing is told by colour alone: what is missing is also dashed, and said. */
export const style = `
:root {
  color-scheme: light dark;
  --ink: #1c2128; --soft: #57606a; --paper: #ffffff; --raised: #f6f8fa; --line: #d0d7de; --link: #0550ae;
  --good: #116329; --good-paper: #dafbe1; --bad: #a40e26; --bad-paper: #ffebe9; --part: #7a4a00; --part-paper: #fff4ce;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6edf3; --soft: #9198a1; --paper: #0d1117; --raised: #161b22; --line: #343b44; --link: #79c0ff;
    --good: #56d364; --good-paper: #12351f; --bad: #ff8f87; --bad-paper: #471a1c; --part: #e3b341; --part-paper: #3b2d08;
  }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 84rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; max-width: 50rem; }
.soft { color: var(--soft); }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .25rem .5rem; background: var(--paper); }
code, pre, .src { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
.grid { width: 100%; border: 1px solid var(--line); }
.grid th, .grid td { padding: .4rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
.grid thead th { background: var(--raised); }
.grid tbody th, .grid thead th .soft { font-weight: normal; }
.place { display: block; font-size: 12.5px; color: var(--soft); }
.grid td.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.grid tfoot th, .grid tfoot td { font-weight: 600; background: var(--raised); }
.bar { display: inline-block; width: 8rem; height: .6rem; border: 1px solid var(--line); border-radius: .3rem; overflow: hidden;
  background: repeating-linear-gradient(135deg, var(--bad-paper) 0 4px, var(--paper) 4px 8px); vertical-align: middle; }
.bar > span { display: block; height: 100%; background: var(--good); }
.src { width: 100%; margin-top: .75rem; border: 1px solid var(--line); line-height: 1.55; }
.src td, .src th { padding: 0 .6rem; vertical-align: top; font-weight: normal; }
.src th { width: 1%; text-align: right; white-space: nowrap; background: var(--raised); }
.src th a { color: var(--soft); text-decoration: none; }
.src th a:hover { text-decoration: underline; }
.src td.times { width: 1%; text-align: right; white-space: nowrap; border-right: 3px solid transparent; color: var(--soft); background: var(--raised); }
.src td.code { white-space: pre-wrap; overflow-wrap: anywhere; }
.src tr.hit td.times { color: var(--good); border-right-color: var(--good); }
.src tr.part td.times { color: var(--part); border-right: 3px dashed var(--part); }
.src tr.miss td.times { color: var(--bad); border-right: 3px double var(--bad); font-weight: 700; }
.src tr.miss td.code { background: var(--bad-paper); }
.src tr:target td, .src tr:target th { box-shadow: inset 0 1px var(--link), inset 0 -1px var(--link); }
.cond { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 4px; text-decoration-color: var(--good); }
.cond.part { text-decoration-style: dashed; text-decoration-color: var(--part); }
.cond.miss { text-decoration-style: double; text-decoration-color: var(--bad); }
.marks { white-space: nowrap; font-size: 11px; line-height: 1; margin: 0 .15em 0 .4em; user-select: none; }
.mark { display: inline-block; padding: .12rem .3rem; margin-left: 2px; border: 1px solid var(--good); border-radius: .25rem;
  color: var(--good); background: var(--good-paper); }
.mark.never { color: var(--bad); background: var(--paper); border: 1px dashed var(--bad); }
.label { font: 12px system-ui, sans-serif; color: var(--soft); margin-left: .8em; white-space: nowrap; }
.cell ul, .todo { margin: .2rem 0 0; padding-left: 1.1rem; }
.cell li { margin: .15rem 0; overflow-wrap: anywhere; }
.cell summary { cursor: pointer; }
.cell.rules summary { color: var(--good); }
.cell.default { color: var(--part); background: var(--part-paper); }
.cell.hole { color: var(--bad); background: repeating-linear-gradient(135deg, var(--bad-paper) 0 6px, var(--paper) 6px 12px); }
.cell.hole b { display: block; }
.cell .note { display: block; font-size: 12.5px; color: inherit; }
.cell.rules .note { color: var(--soft); }
.yes { color: var(--good); font-weight: 700; text-align: center !important; }
.no { color: var(--soft); text-align: center !important; }
.todo { columns: 2 26rem; }
.todo li { break-inside: avoid; }
.badge { display: inline-block; padding: 0 .45rem; border-radius: .8rem; font-size: 12.5px; }
.badge.rules { color: var(--good); background: var(--good-paper); }
.badge.default { color: var(--part); background: var(--part-paper); }
.badge.hole { color: var(--bad); background: var(--bad-paper); }
@media print { .skip { display: none; } }
`;
