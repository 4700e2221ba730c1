import { bareLexer } from "./bare-lexer.js";
import { rounded, Times } from "./clock.js";
import { compileInStages, compileWhole, eachRule, format } from "./stages.js";

/** So many of the dearest rules are told. */
const dearest = 10;

/** Each stage on each text, and the rules that take longest; texts by name, the smallest first. */
export function stages(texts, rounds) {
  const steps = new Map([...texts.keys()].map((name) => [name, new Times()]));
  const rules = new Map([...texts.keys()].map((name) => [name, new Times()]));
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, text] of texts) {
      const [stage, rule] = round === 0 ? [new Times(), new Times()] : [steps.get(name), rules.get(name)];
      stage.take("chevrotain alone", () => bareLexer.tokenize(text));
      compileInStages(text, (of, work) => stage.take(of, work));
      stage.take("compilePolicy", () => compileWhole(text));
      const formatted = stage.take("formatting", () => format(text));
      stage.take("formatting again", () => format(formatted));
      eachRule(text, (code, work) => rule.take(code, work));
    }
  return { stages: rowsOf(texts, steps), rules: rowsOf(texts, rules).slice(0, dearest) };
}

/** A row for each step, the longest first; `growth` is the time for a unit of the longest text beside that of the smallest. */
function rowsOf(texts, timesOf) {
  const names = [...texts.keys()];
  const longest = names.reduce((a, b) => (texts.get(b).length > texts.get(a).length ? b : a));
  const ms = (step, name) => timesOf.get(name).median(step);
  const perUnit = (step, name) => ms(step, name) / texts.get(name).length;
  return timesOf
    .get(longest)
    .names()
    .sort((a, b) => ms(b, longest) - ms(a, longest))
    .map((step) => ({
      step,
      ...Object.fromEntries(names.map((name) => [`${name}, ms`, rounded(ms(step, name), 1)])),
      "MB/s": rounded(0.001 / perUnit(step, longest)),
      growth: rounded(perUnit(step, longest) / perUnit(step, names[0])),
    }));
}
