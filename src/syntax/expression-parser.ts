import { CstParser, type CstNode, type IToken, type ParserMethod } from "chevrotain";
import * as t from "./tokens.js";

export type Rule = ParserMethod<[], CstNode>;

const kw = t.keyword;

/** What the parser has of chevrotain's that its types do not tell. */
interface Internals {
  readonly CST_STACK: CstNode[];
  LA(ahead: number): IToken;
}

/**
 * Names, literals and expressions. The production of `grammar.ebnf` stands above each rule; rules that only the shape of
 * the tree asks for say so.
 *
 * INVARIANT: strict LL(3). No decision needs more, and none is greedy.
 */
export abstract class ExpressionParser extends CstParser {
  constructor() {
    // Chevrotain's own recovery is off: `recover.ts` replaces a broken statement as a whole, so that every tree is complete.
    super(t.allTokens, { recoveryEnabled: false, maxLookahead: 3, nodeLocationTracking: "onlyOffset" });
  }

  /**
   * In place of chevrotain's own, which gives each node a dictionary without prototype for its children: for that V8 takes twice the
   * memory and time that reading a text takes besides. Children are called by our rules and tokens, none of which an object has of
   * itself. Were it not called by a later version, its own would do the same, only slower.
   */
  protected cstInvocationStateUpdate(this: Internals, name: string): void {
    const location = { startOffset: this.LA(1).startOffset, endOffset: Number.NaN };
    this.CST_STACK.push({ name, children: {}, location });
  }

  // ---------------------------------------------------------------- names and strings

  // dotted = NAME { "." NAME } ;
  readonly dotted: Rule = this.RULE("dotted", () => {
    this.CONSUME(t.Name);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.CONSUME2(t.Name);
    });
  });

  // names = NAME { "," NAME } ;
  readonly names: Rule = this.RULE("names", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
  });

  // strings = STRING { "," STRING } ;
  readonly strings: Rule = this.RULE("strings", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Text) });
  });

  // str = STRING { STRING } ;
  readonly str: Rule = this.RULE("str", () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.Text));
  });

  // ---------------------------------------------------------------- tools

  // tools = toolref { "," toolref } ;
  readonly tools: Rule = this.RULE("tools", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.toolref) });
  });

  // toolref = "*" | NAME { "." NAME } [ [ "." ] "*" ] ;
  readonly toolref: Rule = this.RULE("toolref", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Star) },
      {
        ALT: () => {
          this.CONSUME(t.Name);
          this.MANY(() => {
            this.CONSUME(t.Dot);
            this.CONSUME2(t.Name);
          });
          this.OPTION(() => {
            this.OPTION2(() => this.CONSUME2(t.Dot));
            this.CONSUME2(t.Star);
          });
        },
      },
    ]);
  });

  // ---------------------------------------------------------------- expressions

  // expr = open | tally | chain ;
  readonly expr: Rule = this.RULE("expr", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.open) },
      { ALT: () => this.SUBRULE(this.tally) },
      { ALT: () => this.SUBRULE(this.chain) },
    ]);
  });

  // open = "if" expr "then" expr "else" expr | ( "every" | "some" | "no" ) over ;
  readonly open: Rule = this.RULE("open", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(kw("if"));
          this.SUBRULE(this.expr);
          this.CONSUME(kw("then"));
          this.SUBRULE2(this.expr);
          this.CONSUME(kw("else"));
          this.SUBRULE3(this.expr);
        },
      },
      {
        ALT: () => {
          this.OR2([
            { ALT: () => this.CONSUME(kw("every"), { LABEL: "word" }) },
            { ALT: () => this.CONSUME(kw("some"), { LABEL: "word" }) },
            { ALT: () => this.CONSUME(kw("no"), { LABEL: "word" }) },
          ]);
          this.SUBRULE(this.over);
        },
      },
    ]);
  });

  // tally = ( "count" | "sum" ) over ;
  readonly tally: Rule = this.RULE("tally", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("count"), { LABEL: "word" }) },
      { ALT: () => this.CONSUME(kw("sum"), { LABEL: "word" }) },
    ]);
    this.SUBRULE(this.over);
  });

  // over = NAME "in" primary { "," primary } ":" expr ;
  readonly over: Rule = this.RULE("over", () => {
    this.CONSUME(t.Name);
    this.CONSUME(kw("in"));
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.primary) });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expr);
  });

  // chain = neg { ( "and" | "or" ) neg } [ ( "and" | "or" ) open ] ;
  readonly chain: Rule = this.RULE("chain", () => {
    this.SUBRULE(this.neg, { LABEL: "operand" });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(kw("and"), { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(kw("or"), { LABEL: "operator" }) },
      ]);
      this.SUBRULE2(this.neg, { LABEL: "operand" });
    });
    this.OPTION(() => {
      this.OR2([
        { ALT: () => this.CONSUME2(kw("and"), { LABEL: "operator" }) },
        { ALT: () => this.CONSUME2(kw("or"), { LABEL: "operator" }) },
      ]);
      this.SUBRULE(this.open, { LABEL: "operand" });
    });
  });

  // neg = "not" neg | compare ;
  readonly neg: Rule = this.RULE("neg", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(kw("not"));
          this.SUBRULE(this.neg);
        },
      },
      { ALT: () => this.SUBRULE(this.compare) },
    ]);
  });

  // compare = add [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) add | [ "not" ] "in" add | "within" add
  //         | ( "like" | "matches" ) str | "traced" "to" ( NAME | "[" names "]" ) ] ;
  readonly compare: Rule = this.RULE("compare", () => {
    this.SUBRULE(this.add);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.relation) },
        { ALT: () => this.SUBRULE(this.match) },
        { ALT: () => this.SUBRULE(this.traced) },
      ]);
    });
  });

  // (part of compare) ( "==" | "!=" | "<" | "<=" | ">" | ">=" | [ "not" ] "in" | "within" ) add
  readonly relation: Rule = this.RULE("relation", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.EqualEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.NotEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Less, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.LessEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Greater, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.GreaterEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(kw("within"), { LABEL: "operator" }) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(kw("not"), { LABEL: "operator" }));
          this.CONSUME(kw("in"), { LABEL: "operator" });
        },
      },
    ]);
    this.SUBRULE(this.add);
  });

  // (part of compare) ( "like" | "matches" ) str
  readonly match: Rule = this.RULE("match", () => {
    this.OR([
      { ALT: () => this.CONSUME(kw("like"), { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(kw("matches"), { LABEL: "operator" }) },
    ]);
    this.SUBRULE(this.str);
  });

  // (part of compare) "traced" "to" ( NAME | "[" names "]" )
  readonly traced: Rule = this.RULE("traced", () => {
    this.CONSUME(kw("traced"));
    this.CONSUME(kw("to"));
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      {
        ALT: () => {
          this.CONSUME(t.LSquare);
          this.SUBRULE(this.names);
          this.CONSUME(t.RSquare);
        },
      },
    ]);
  });

  // add = mul { ( "+" | "-" ) mul } ;
  readonly add: Rule = this.RULE("add", () => {
    this.SUBRULE(this.mul, { LABEL: "operand" });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
      ]);
      this.SUBRULE2(this.mul, { LABEL: "operand" });
    });
  });

  // mul = unary { ( "*" | "/" ) unary } ;
  readonly mul: Rule = this.RULE("mul", () => {
    this.SUBRULE(this.unary, { LABEL: "operand" });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Star, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Slash, { LABEL: "operator" }) },
      ]);
      this.SUBRULE2(this.unary, { LABEL: "operand" });
    });
  });

  // unary = "-" unary | "has" ref | primary ;
  readonly unary: Rule = this.RULE("unary", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Minus);
          this.SUBRULE(this.unary);
        },
      },
      {
        ALT: () => {
          this.CONSUME(kw("has"));
          this.SUBRULE(this.ref);
        },
      },
      { ALT: () => this.SUBRULE(this.primary) },
    ]);
  });

  // ref = ( ( "given" | "claim" | "actor" | "session" ) "." NAME | NAME [ "(" [ expr { "," expr } ] ")" ] ) { "." NAME } ;
  readonly ref: Rule = this.RULE("ref", () => {
    this.OR([
      {
        ALT: () => {
          this.OR2([
            { ALT: () => this.CONSUME(kw("given"), { LABEL: "root" }) },
            { ALT: () => this.CONSUME(kw("claim"), { LABEL: "root" }) },
            { ALT: () => this.CONSUME(kw("actor"), { LABEL: "root" }) },
            { ALT: () => this.CONSUME(kw("session"), { LABEL: "root" }) },
          ]);
          this.CONSUME(t.Dot);
          this.CONSUME(t.Name);
        },
      },
      {
        ALT: () => {
          this.CONSUME2(t.Name);
          this.OPTION(() => {
            this.CONSUME(t.LParen);
            this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expr) });
            this.CONSUME(t.RParen);
          });
        },
      },
    ]);
    this.MANY(() => {
      this.CONSUME2(t.Dot);
      this.CONSUME3(t.Name, { LABEL: "field" });
    });
  });

  // primary = calls | ref | NUMBER | DURATION | str | "true" | "false" | "now" | "[" [ expr { "," expr } ] "]" | "(" expr ")" ;
  readonly primary: Rule = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.calls) },
      { ALT: () => this.SUBRULE(this.ref) },
      { ALT: () => this.CONSUME(t.NumberToken) },
      { ALT: () => this.CONSUME(t.Duration) },
      { ALT: () => this.SUBRULE(this.str) },
      { ALT: () => this.CONSUME(kw("true")) },
      { ALT: () => this.CONSUME(kw("false")) },
      { ALT: () => this.CONSUME(kw("now")) },
      { ALT: () => this.SUBRULE(this.listing) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
  });

  // (part of primary) "[" [ expr { "," expr } ] "]"
  readonly listing: Rule = this.RULE("listing", () => {
    this.CONSUME(t.LSquare);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expr) });
    this.CONSUME(t.RSquare);
  });

  // (part of primary) "(" expr ")"
  readonly group: Rule = this.RULE("group", () => {
    this.CONSUME(t.LParen);
    this.SUBRULE(this.expr);
    this.CONSUME(t.RParen);
  });

  // (part of primary) "calls" "(" toolref { "," ( named | toolref | DURATION ) } ")"
  readonly calls: Rule = this.RULE("calls", () => {
    this.CONSUME(kw("calls"));
    this.CONSUME(t.LParen);
    this.SUBRULE(this.toolref);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.OR([
        { ALT: () => this.SUBRULE(this.named) },
        { ALT: () => this.SUBRULE2(this.toolref) },
        { ALT: () => this.CONSUME(t.Duration) },
      ]);
    });
    this.CONSUME(t.RParen);
  });

  // named = NAME ":" expr ;
  readonly named: Rule = this.RULE("named", () => {
    this.CONSUME(t.Name);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expr);
  });

  // ---------------------------------------------------------------- clauses that many statements share

  // when = "when" expr ;
  readonly when: Rule = this.RULE("when", () => {
    this.CONSUME(kw("when"));
    this.SUBRULE(this.expr);
  });

  // because = "because" str ;
  readonly because: Rule = this.RULE("because", () => {
    this.CONSUME(kw("because"));
    this.SUBRULE(this.str);
  });

  // asks = "asks" NAME str ;
  readonly asks: Rule = this.RULE("asks", () => {
    this.CONSUME(kw("asks"));
    this.CONSUME(t.Name);
    this.SUBRULE(this.str);
  });

  // window = "per" ( "session" | DURATION ) ;
  readonly window: Rule = this.RULE("window", () => {
    this.CONSUME(kw("per"));
    this.OR([{ ALT: () => this.CONSUME(kw("session")) }, { ALT: () => this.CONSUME(t.Duration) }]);
  });
}
