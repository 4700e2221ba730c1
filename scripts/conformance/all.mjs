// All files of cases.
import { arithmetic } from "./arithmetic.mjs";
import { comparisons } from "./comparisons.mjs";
import { connectives } from "./connectives.mjs";
import { decisionsOfDescent } from "./decisions-descent.mjs";
import { decisionsOfDiscernment } from "./decisions-discernment.mjs";
import { decisionsOfGrounding } from "./decisions-grounding.mjs";
import { decisionsOfReversibility } from "./decisions-reversibility.mjs";
import { decisionsOfScope } from "./decisions-scope.mjs";
import { digests } from "./digests.mjs";
import { facts } from "./facts.mjs";
import { overLayers } from "./layers.mjs";
import { ofLists } from "./lists.mjs";
import { loading } from "./load.mjs";
import { places } from "./places.mjs";
import { readings } from "./readings.mjs";
import { said } from "./said.mjs";
import { texts } from "./texts.mjs";
import { traced } from "./traced.mjs";
import { marked } from "./unchecked.mjs";
import { values } from "./values.mjs";

export const allFiles = () => all().map(marked);

const all = () => [
  ...connectives(),
  ...comparisons(),
  ...arithmetic(),
  ...ofLists(),
  ...texts(),
  ...places(),
  ...readings(),
  ...values(),
  ...digests(),
  ...facts(),
  ...said(),
  ...traced(),
  ...decisionsOfScope(),
  ...decisionsOfGrounding(),
  ...decisionsOfReversibility(),
  ...decisionsOfDiscernment(),
  ...decisionsOfDescent(),
  ...overLayers(),
  ...loading(),
];
