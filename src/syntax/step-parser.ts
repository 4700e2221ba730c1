import type { Rule } from "./expression-parser.js";
import { StatementParser } from "./statement-parser.js";
import * as t from "./tokens.js";

const kw = t.keyword;

/** The steps of a test, but for its expectations. */
export abstract class StepParser extends StatementParser {
  // step = "for" "each" column { "," column } "in" row { "," row } | "tier" NAME | ( "actor" | "session" ) "." NAME "=" literal
  //      | "given" NAME "=" value | "now" "=" literal | "fact" NAME "(" [ literals ] ")" [ "from" NAME ] "=" value
  //      | "said" NAME str | "observe" example ( "returns" | "fails" ) literal | "claim" NAME "=" literal [ confidence ]
  //      | "propose" example [ confidence ] [ "message" str ] | ( "confirmed" | "refused" ) "by" NAME
  //      | "answered" "by" NAME "about" subject "=" literal | expect ;
  readonly step: Rule = this.RULE("step", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.rowsStep) },
      { ALT: () => this.SUBRULE(this.tierStep) },
      { ALT: () => this.SUBRULE(this.circumstanceStep) },
      { ALT: () => this.SUBRULE(this.givenStep) },
      { ALT: () => this.SUBRULE(this.nowStep) },
      { ALT: () => this.SUBRULE(this.factStep) },
      { ALT: () => this.SUBRULE(this.saidStep) },
      { ALT: () => this.SUBRULE(this.observeStep) },
      { ALT: () => this.SUBRULE(this.claimStep) },
      { ALT: () => this.SUBRULE(this.proposeStep) },
      { ALT: () => this.SUBRULE(this.wordStep) },
      { ALT: () => this.SUBRULE(this.answeredStep) },
      { ALT: () => this.SUBRULE(this.expectStep) },
      { ALT: () => this.CONSUME(t.Broken) },
    ]);
  });

  // (part of step) "for" "each" column { "," column } "in" row { "," row }
  readonly rowsStep: Rule = this.RULE("rowsStep", () => {
    this.CONSUME(kw("for"));
    this.CONSUME(kw("each"));
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.column) });
    this.CONSUME(kw("in"));
    this.AT_LEAST_ONE_SEP2({ SEP: t.Comma, DEF: () => this.SUBRULE(this.row) });
  });

  // row = "[" cell { "," cell } "]" ;
  readonly row: Rule = this.RULE("row", () => {
    this.CONSUME(t.LSquare);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.cell) });
    this.CONSUME(t.RSquare);
  });

  // cell = literal | "unknown" | "absent" | "authorize" | "confirm" | "clarify" | "return"
  //      | "scope" | "grounding" | "reversibility" | "discernment" | "within" ;
  readonly cell: Rule = this.RULE("cell", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.literal) },
      { ALT: () => this.CONSUME(kw("unknown"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("absent"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("authorize"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("confirm"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("clarify"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("return"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("scope"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("grounding"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("reversibility"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("discernment"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("within"), { LABEL: "word" }) },
    ]);
  });

  // (part of step) "tier" NAME
  readonly tierStep: Rule = this.RULE("tierStep", () => {
    this.CONSUME(kw("tier"));
    this.CONSUME(t.Name);
  });

  // (part of step) ( "actor" | "session" ) "." NAME "=" literal
  readonly circumstanceStep: Rule = this.RULE("circumstanceStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("actor"), { LABEL: "root" }) },
      { ALT: () => this.CONSUME(kw("session"), { LABEL: "root" }) },
    ]);
    this.CONSUME(t.Dot);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.literal);
  });

  // (part of step) "given" NAME "=" value
  readonly givenStep: Rule = this.RULE("givenStep", () => {
    this.CONSUME(kw("given"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  // (part of step) "now" "=" literal
  readonly nowStep: Rule = this.RULE("nowStep", () => {
    this.CONSUME(kw("now"));
    this.CONSUME(t.Equals);
    this.SUBRULE(this.literal);
  });

  // (part of step) "fact" NAME "(" [ literals ] ")" [ "from" NAME ] "=" value
  readonly factStep: Rule = this.RULE("factStep", () => {
    this.CONSUME(kw("fact"));
    this.CONSUME(t.Name);
    this.CONSUME(t.LParen);
    this.SUBRULE(this.literals);
    this.CONSUME(t.RParen);
    this.OPTION(() => {
      this.CONSUME(kw("from"));
      this.CONSUME2(t.Name, { LABEL: "source" });
    });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.value);
  });

  // (part of step) "said" NAME str
  readonly saidStep: Rule = this.RULE("saidStep", () => {
    this.CONSUME(kw("said"));
    this.CONSUME(t.Name);
    this.SUBRULE(this.str);
  });

  // (part of step) "observe" example ( "returns" | "fails" ) literal
  readonly observeStep: Rule = this.RULE("observeStep", () => {
    this.CONSUME(kw("observe"));
    this.SUBRULE(this.example);
    this.OR([
      { ALT: () => this.CONSUME(kw("returns"), { LABEL: "end" }) },
      { ALT: () => this.CONSUME(kw("fails"), { LABEL: "end" }) },
    ]);
    this.SUBRULE(this.literal);
  });

  // (part of step) "claim" NAME "=" literal [ confidence ]
  readonly claimStep: Rule = this.RULE("claimStep", () => {
    this.CONSUME(kw("claim"));
    this.CONSUME(t.Name);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.literal);
    this.OPTION(() => this.SUBRULE(this.confidence));
  });

  // (part of step) "propose" example [ confidence ] [ "message" str ]
  readonly proposeStep: Rule = this.RULE("proposeStep", () => {
    this.CONSUME(kw("propose"));
    this.SUBRULE(this.example);
    this.OPTION(() => this.SUBRULE(this.confidence));
    this.OPTION2(() => {
      this.CONSUME(kw("message"));
      this.SUBRULE(this.str);
    });
  });

  // value = "unknown" | "absent" | literal ;
  readonly value: Rule = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("unknown")) },
      { ALT: () => this.CONSUME(kw("absent")) },
      { ALT: () => this.SUBRULE(this.literal) },
    ]);
  });

  // confidence = "confidence" degree ;
  readonly confidence: Rule = this.RULE("confidence", () => {
    this.CONSUME(kw("confidence"));
    this.SUBRULE(this.degree);
  });

  // degree = NUMBER | column ;
  readonly degree: Rule = this.RULE("degree", () => {
    this.OR([{ ALT: () => this.CONSUME(t.NumberToken) }, { ALT: () => this.SUBRULE(this.column) }]);
  });

  // (part of step) ( "confirmed" | "refused" ) "by" NAME
  readonly wordStep: Rule = this.RULE("wordStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("confirmed"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("refused"), { LABEL: "word" }) },
    ]);
    this.CONSUME(kw("by"));
    this.CONSUME(t.Name);
  });

  // (part of step) "answered" "by" NAME "about" subject "=" literal
  readonly answeredStep: Rule = this.RULE("answeredStep", () => {
    this.CONSUME(kw("answered"));
    this.CONSUME(kw("by"));
    this.CONSUME(t.Name);
    this.CONSUME(kw("about"));
    this.SUBRULE(this.subject);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.literal);
  });

  // expect = "expect" ( outcome [ "from" names ] [ by ] | validator ( NAME | "within" ) | "class" NAME
  //        | "confidence" [ "at" ( "least" | "most" ) ] degree | "remedy" NAME [ "-" NAME ] [ by ]
  //        | "asks" NAME [ "about" subject ] ) ;
  readonly expectStep: Rule = this.RULE("expectStep", () => {
    this.CONSUME(kw("expect"));
    this.OR([
      { ALT: () => this.SUBRULE(this.expectDecision) },
      { ALT: () => this.SUBRULE(this.expectFinding) },
      { ALT: () => this.SUBRULE(this.expectClass) },
      { ALT: () => this.SUBRULE(this.expectConfidence) },
      { ALT: () => this.SUBRULE(this.expectRemedy) },
      { ALT: () => this.SUBRULE(this.expectAsks) },
    ]);
  });

  // (part of expect) outcome [ "from" names ] [ by ] where outcome = "authorize" | "confirm" | "clarify" | "return" | column
  readonly expectDecision: Rule = this.RULE("expectDecision", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("authorize"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("confirm"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("clarify"), { LABEL: "decision" }) },
      { ALT: () => this.CONSUME(kw("return"), { LABEL: "decision" }) },
      { ALT: () => this.SUBRULE(this.column) },
    ]);
    this.OPTION(() => {
      this.CONSUME(kw("from"));
      this.SUBRULE(this.names);
    });
    this.OPTION2(() => this.SUBRULE(this.by));
  });

  // (part of expect) validator ( NAME | "within" ) where validator = "scope" | "grounding" | "reversibility" | "discernment"
  readonly expectFinding: Rule = this.RULE("expectFinding", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("scope"), { LABEL: "validator" }) },
      { ALT: () => this.CONSUME(kw("grounding"), { LABEL: "validator" }) },
      { ALT: () => this.CONSUME(kw("reversibility"), { LABEL: "validator" }) },
      { ALT: () => this.CONSUME(kw("discernment"), { LABEL: "validator" }) },
    ]);
    this.OR2([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(kw("within"), { LABEL: "within" }) },
    ]);
  });

  // (part of expect) "class" NAME
  readonly expectClass: Rule = this.RULE("expectClass", () => {
    this.CONSUME(kw("class"));
    this.CONSUME(t.Name);
  });

  // (part of expect) "confidence" [ "at" ( "least" | "most" ) ] degree
  readonly expectConfidence: Rule = this.RULE("expectConfidence", () => {
    this.CONSUME(kw("confidence"));
    this.OPTION(() => {
      this.CONSUME(kw("at"));
      this.OR([
        { ALT: () => this.CONSUME(kw("least"), { LABEL: "bound" }) },
        { ALT: () => this.CONSUME(kw("most"), { LABEL: "bound" }) },
      ]);
    });
    this.SUBRULE(this.degree);
  });

  // (part of expect) "remedy" NAME [ "-" NAME ] [ by ]
  readonly expectRemedy: Rule = this.RULE("expectRemedy", () => {
    this.CONSUME(kw("remedy"));
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.Minus);
      this.CONSUME2(t.Name);
    });
    this.OPTION2(() => this.SUBRULE(this.by));
  });

  // (part of expect) "asks" NAME [ "about" subject ]
  readonly expectAsks: Rule = this.RULE("expectAsks", () => {
    this.CONSUME(kw("asks"));
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(kw("about"));
      this.SUBRULE(this.subject);
    });
  });

  // subject = "given" "." NAME | rule ;
  readonly subject: Rule = this.RULE("subject", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(kw("given"));
          this.CONSUME(t.Dot);
          this.CONSUME(t.Name);
        },
      },
      { ALT: () => this.SUBRULE(this.rule) },
    ]);
  });

  // by = "by" rule ;
  readonly by: Rule = this.RULE("by", () => {
    this.CONSUME(kw("by"));
    this.SUBRULE(this.rule);
  });

  // rule = ( "permit" | "forbid" | "limit" | "ground" | "treat" | "gray" | "fidelity" ) [ "serving" NAME ] [ because ] ;
  readonly rule: Rule = this.RULE("rule", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("permit"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("forbid"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("limit"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("ground"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("treat"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("gray"), { LABEL: "rule" }) },
      { ALT: () => this.CONSUME(kw("fidelity"), { LABEL: "rule" }) },
    ]);
    this.OPTION(() => {
      this.CONSUME(kw("serving"));
      this.CONSUME(t.Name);
    });
    this.OPTION2(() => this.SUBRULE(this.because));
  });

  // example = dotted "(" [ NAME ":" literal { "," NAME ":" literal } ] ")" ;
  readonly example: Rule = this.RULE("example", () => {
    this.SUBRULE(this.dotted);
    this.CONSUME(t.LParen);
    this.SUBRULE(this.fields);
    this.CONSUME(t.RParen);
  });
}
