/** A workload's policy in the language: a file a layer, the first the commission. */

const quoted = (value) => JSON.stringify(value);
const listOf = (values) => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;

/** A condition as an author writes it. */
export function conditionText(condition) {
  const { op, arg } = condition;
  const inner = (part) => {
    const text = conditionText(part);
    return ["all", "any", "not", "either", "every", "some", "anyRole"].includes(part.op) ? `(${text})` : text;
  };
  switch (op) {
    case "within":
      return `${arg} within ${quoted(condition.path)}`;
    case "atMost":
      return `${arg} <= ${condition.most}`;
    case "atLeast":
      return `${arg} >= ${condition.least}`;
    case "is":
      return `${arg} == ${JSON.stringify(condition.value)}`;
    case "oneOf":
      return `${arg} in ${listOf(condition.values)}`;
    case "short":
      return `length(${arg}) <= ${condition.most}`;
    case "anyRole":
      return `some role in actor.roles: role in ${listOf(condition.roles)}`;
    case "every":
    case "some":
      return `${op} one in ${arg}: one in ${listOf(condition.values)}`;
    case "factAtMost":
      return `${condition.fact}(${arg}) <= ${condition.most}`;
    case "all":
      return condition.parts.map(inner).join(" and ");
    case "any":
      return condition.parts.map(inner).join(" or ");
    case "not":
      return `not (${conditionText(condition.part)})`;
    case "either":
      return `if ${inner(condition.when)} then ${inner(condition.then)} else ${inner(condition.otherwise)}`;
    default:
      throw new Error(`no condition is called ${op}`);
  }
}

const when = (condition) => (condition === undefined ? "" : ` when ${conditionText(condition)}`);
const block = (name, lines) => [`${name} {`, ...lines.map((line) => `  ${line}`), "}"];

/** The files by name; `policy.reshimu` is the one to be compiled. */
export function policyFiles(policy) {
  const above = policy.above ?? [];
  const nameOf = (place) => (place === above.length ? "policy.reshimu" : `layer-${place}.reshimu`);
  const files = { [nameOf(0)]: commissionText(policy) };
  above.forEach((layer, i) => {
    files[nameOf(i + 1)] = layerText(layer, `./${nameOf(i)}`, i + 1);
  });
  return files;
}

function layerText(layer, base, place) {
  return joined([
    `policy layer${place} extends ${quoted(base)}`,
    ...block("scope", [
      "permit * serving restrain",
      ...layer.forbids.map(ruleText("forbid", () => "restrain")),
    ]),
  ]);
}

function commissionText(policy) {
  const bullets = ["find", "write", "restrain"];
  return joined([
    "policy bench",
    'principal owner "Owner"',
    ...block("intent", ['find "Find."', 'write "Write."', 'restrain "Nothing else."']),
    ...policy.tools.map(
      ({ name, params }) => `tool ${name}(${params.map(([param, type]) => `${param}: ${type}`).join(", ")})`,
    ),
    ...block("scope", [
      ...policy.permits.map(ruleText("permit", (i) => bullets[i % bullets.length])),
      ...(policy.forbids ?? []).map(ruleText("forbid", () => "restrain")),
      ...(policy.limits ?? []).map(
        ({ tool, sum, to }) => `limit ${tool}${sum ? ` sum ${sum}` : ""} to ${to} per session`,
      ),
    ]),
    ...block("grounding", groundingLines(policy)),
    ...block("reversibility", reversibilityLines(policy)),
    ...block("discernment", [
      `threshold ${policy.threshold}`,
      ...(policy.grays ?? []).map((gray) => `gray ${gray.tool}${when(gray.when)} weight ${gray.weight}`),
      "escalate owner within 1h",
    ]),
  ]);
}

const ruleText = (effect, serving) => (rule, i) =>
  `${effect} ${rule.tool} serving ${serving(i)}${when(rule.when)}`;

function groundingLines({ facts = [], grounds = [], unsupported, trust }) {
  return [
    ...(facts.length === 0 ? [] : [`source desk is json "./desk.json" trust ${trust}`]),
    ...facts.map(({ name, param }) => `fact ${name}(of: ${param}): int from desk "/${name}/{of}"`),
    ...grounds.map(
      (ground) =>
        `ground ${ground.tool} on ${facts.length === 0 ? "effect" : "fact"} ${conditionText(ground.when)}`,
    ),
    `unsupported at most ${unsupported}`,
  ];
}

function reversibilityLines({ classes, treats = [], otherwise }) {
  const classLine = ({ name, confidence, confirm }, i) =>
    `class ${name}${i === 0 ? "" : ` above ${classes[i - 1].name}`}${confidence ? ` confidence ${confidence}` : ""}${confirm ? " confirm owner" : ""}`;
  return [
    ...classes.map(classLine),
    ...treats.map((treat) => `treat ${treat.tool} as ${treat.as}${when(treat.when)}`),
    `otherwise ${otherwise}`,
  ];
}

const joined = (lines) => `${lines.join("\n")}\n`;
