import type { Rule } from "./expression-parser.js";
import { StatementParser } from "./statement-parser.js";
import * as t from "./tokens.js";

const kw = t.keyword;

/** The steps of a test. */
export abstract class StepParser extends StatementParser {
  // step = "tier" NAME | "given" NAME "=" value | "now" "=" STRING | "fact" NAME "(" [ literals ] ")" "=" value
  //      | "said" NAME str | "observe" example "returns" literal | "claim" NAME "=" literal [ "confidence" NUMBER ]
  //      | "propose" example [ "confidence" NUMBER ] | "confirmed" "by" NAME | "expect" … ;
  readonly step: Rule = this.RULE("step", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.tierStep) },
      { ALT: () => this.SUBRULE(this.givenStep) },
      { ALT: () => this.SUBRULE(this.nowStep) },
      { ALT: () => this.SUBRULE(this.factStep) },
      { ALT: () => this.SUBRULE(this.saidStep) },
      { ALT: () => this.SUBRULE(this.observeStep) },
      { ALT: () => this.SUBRULE(this.claimStep) },
      { ALT: () => this.SUBRULE(this.proposeStep) },
      { ALT: () => this.SUBRULE(this.confirmedStep) },
      { ALT: () => this.SUBRULE(this.expectStep) },
      { ALT: () => this.CONSUME(t.Broken) },
    ]);
  });

  // (part of step) "tier" NAME
  readonly tierStep: Rule = this.RULE("tierStep", () => {
    this.CONSUME(kw("tier"));
    this.CONSUME(t.Name);
  });

  // (part of step) "given" NAME "=" value
  readonly givenStep: Rule = this.RULE("givenStep", () => {
    this.CONSUME(kw("given"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  // (part of step) "now" "=" STRING
  readonly nowStep: Rule = this.RULE("nowStep", () => {
    this.CONSUME(kw("now"));
    this.CONSUME(t.Equals);
    this.CONSUME(t.Text);
  });

  // (part of step) "fact" NAME "(" [ literals ] ")" "=" value
  readonly factStep: Rule = this.RULE("factStep", () => {
    this.CONSUME(kw("fact"));
    this.CONSUME(t.Name);
    this.CONSUME(t.LParen);
    this.SUBRULE(this.literals);
    this.CONSUME(t.RParen);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  // (part of step) "said" NAME str
  readonly saidStep: Rule = this.RULE("saidStep", () => {
    this.CONSUME(kw("said"));
    this.CONSUME(t.Name);
    this.SUBRULE(this.str);
  });

  // (part of step) "observe" example "returns" literal
  readonly observeStep: Rule = this.RULE("observeStep", () => {
    this.CONSUME(kw("observe"));
    this.SUBRULE(this.example);
    this.CONSUME(kw("returns"));
    this.SUBRULE(this.literal);
  });

  // (part of step) "claim" NAME "=" literal [ "confidence" NUMBER ]
  readonly claimStep: Rule = this.RULE("claimStep", () => {
    this.CONSUME(kw("claim"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.literal);
    this.OPTION(() => {
      this.CONSUME(kw("confidence"));
      this.CONSUME(t.NumberToken);
    });
  });

  // (part of step) "propose" example [ "confidence" NUMBER ]
  readonly proposeStep: Rule = this.RULE("proposeStep", () => {
    this.CONSUME(kw("propose"));
    this.SUBRULE(this.example);
    this.OPTION(() => {
      this.CONSUME(kw("confidence"));
      this.CONSUME(t.NumberToken);
    });
  });

  // (part of step) "confirmed" "by" NAME
  readonly confirmedStep: Rule = this.RULE("confirmedStep", () => {
    this.CONSUME(kw("confirmed"));
    this.CONSUME(kw("by"));
    this.CONSUME(t.Name);
  });

  // (part of step) "expect" ( "authorize" | "confirm" | "clarify" | "return" ) [ "from" names ]
  readonly expectStep: Rule = this.RULE("expectStep", () => {
    this.CONSUME(kw("expect"));
    this.OR([
      { ALT: () => this.CONSUME(kw("authorize"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("confirm"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("clarify"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("return"), { LABEL: "decision" }) },
    ]);
    this.OPTION(() => {
      this.CONSUME(kw("from"));
      this.SUBRULE(this.names);
    });
  });

  // example = dotted "(" [ NAME ":" literal { "," NAME ":" literal } ] ")" ;
  readonly example: Rule = this.RULE("example", () => {
    this.SUBRULE(this.dotted);
    this.CONSUME(t.LParen);
    this.SUBRULE(this.fields);
    this.CONSUME(t.RParen);
  });
}
