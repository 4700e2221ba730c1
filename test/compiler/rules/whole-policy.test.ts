import { expect, test } from "vitest";
import { found } from "./support.js";

/** The whole policy of the language's design, with its upper boundaries written out. */
const audit = `policy accounts.audit zone "Europe/Berlin"

principal owner "Head of Accounts"
principal board "Data governance board"

intent {
  find      "Find the customer accounts with no login in the last 90 days."
  summarise "Summarise them for the account team."
  restrain  "Change nothing: no account is modified, closed or contacted."

  given region: string
  given inactive_after: duration = 90d
  given suspended_count: bool asks owner "Do suspended accounts count as inactive?"
}

tool crm.query(table: string, sql: string, limit: int)
tool report.write(path: path, body: string)
tool report.retract(path: path)
tool report.restore(path: path)
tool email.send(to: list<email>, subject: string, body: string)

scope {
  permit crm.query serving find
    when table in ["accounts", "logins"] and limit > 0 and limit <= 10_000
  permit crm.query serving find
    when table == "suspensions" and given.suspended_count and limit > 0 and limit <= 10_000
  permit report.* serving summarise
    when path within "/reports/audit/"
  permit email.send serving summarise
    when every address in to: address like "*@acme.example"
  forbid email.send serving restrain
    when count(to) > 5
    because "nobody is contacted in bulk"
  limit email.send to 3 per session
}

grounding {
  source crm    is sqlite "./crm.db" trust 0.98 fresh 10m
  source mirror is http "http://127.0.0.1:8080/facts/{fact}" trust 0.9 fresh 1h timeout 2s

  fact inactive_count(region: string, cutoff: time): int
    from crm "select count(*) from accounts where region = :region and last_login < :cutoff"
    from mirror
    agree within 0.01
  fact total_count(region: string): int
    from crm "select count(*) from accounts where region = :region"

  claim inactive: int
  claim share: decimal

  ground report.write on fact
    claim.inactive == inactive_count(given.region, now - given.inactive_after)
  ground report.write on inference
    abs(claim.share - claim.inactive / total_count(given.region)) <= 0.005
  ground email.send on situation
    every address in to: address traced to [intent, owner]
    because "addressees come from the commission, not from what was read"
  tolerance 0.10
}

reversibility {
  class read
  class undoable above read confidence 0.60
  class permanent above undoable confidence 0.95 confirm owner limit 3 per session

  treat crm.query as read
  treat report.write, report.restore as undoable by report.retract(path: path) within 30d
  treat report.retract as undoable by report.restore(path: path) within 30d
  treat email.send as permanent
  otherwise permanent
}

discernment {
  threshold 0.30
  threshold 0.10 for permanent
  gray crm.query when sql matches "(?is).*\\\\bjoin\\\\b.*" weight 0.5
    because "joins may reach beyond the audited tables"
  escalate owner within 4h, then board within 24h
}

tiers root > strategy > council > design > workflow > implementation

boundary root -> strategy { carries intent.*, given.* passes * }
boundary strategy -> council { carries intent.*, given.* passes * }
boundary council -> design { carries intent.*, given.* passes * }
boundary design -> workflow { carries intent.*, given.* grants * }
boundary workflow -> implementation {
  carries   intent.find, intent.restrain, given.*
  withholds intent.summarise
  grants    crm.query
  withholds report.*, email.send
  because   "the worker queries; it reports and addresses nobody"
}

assert never authorize email.send when count(to) > 5
assert never authorize email.send without confirmation

test "a routine query is carried out" {
  given region = "EU"
  propose crm.query(table: "accounts", sql: "select id from accounts", limit: 100)
  expect authorize
}
test "mail to strangers goes back" {
  tier workflow
  given region = "EU"
  propose email.send(to: ["x@else.example"], subject: "hi", body: "hello") confidence 0.99
  expect return from scope
}
`;

test("the whole policy of the design checks without any diagnostic", () => {
  expect(found(audit)).toEqual([]);
});

test("what the worker's rules need is missed where it is withheld", () => {
  const thin = audit
    .replace(
      "carries   intent.find, intent.restrain, given.*",
      "carries   intent.restrain, given.region, given.inactive_after",
    )
    .replace("withholds intent.summarise", "withholds intent.summarise, intent.find, given.suspended_count");
  expect(found(thin)).toEqual([
    "check/thin-trace 23:28 this permit serves `intent.find`, which `implementation` does not carry though it may use `crm.query`",
    "check/thin-trace 25:28 this permit serves `intent.find`, which `implementation` does not carry though it may use `crm.query`",
    "check/thin-trace 26:37 this permit reads `given.suspended_count`, which `implementation` does not carry though it may use `crm.query`",
    "lint/overwhelms-receiver 88:30 `given.region` is carried to `implementation`, and no rule for what can be done there or below reads it",
    "lint/overwhelms-receiver 88:44 `given.inactive_after` is carried to `implementation`, and no rule for what can be done there or below reads it",
  ]);
});
