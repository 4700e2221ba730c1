// The six tiers, as scripted agents: each knows what its context says and nothing else, and hands down a part of it.

/** What each tier writes to the one below it. The design tier's first brief leaves out what it thought went without saying. */
export const briefs = {
  strategy: {
    brief:
      "Find the customer accounts of the region with no login for the agreed time, and summarise the inactive accounts for the account team. Change nothing: no account is modified, closed or contacted.",
  },
  council: {
    brief:
      "Audit: find the inactive customer accounts of the region, those with no login for the agreed time, and summarise them for the account team. No account is modified, closed or contacted.",
  },
  design: {
    brief:
      "Design the audit: which customer accounts of the region had no login for the agreed time, and a summary of these inactive accounts for the team. Nothing is changed.",
  },
  workflow: {
    brief: "Pull the dormant customers and write them up for the team, without changing any account.",
    carries: ["intent.*", "given.region"],
  },
  implementation: { brief: "Query the CRM for dormant customer accounts of the region." },
};

/** The second attempt of the design tier: nothing is left out. */
export const repaired = {
  brief:
    "Find the customer accounts of the region with no login for the agreed time, and summarise the inactive accounts for the account team. Change no account.",
};

/** What the worker asks the database, `days` back. */
export const query = (/** @type {Date} */ now, /** @type {number} */ days) => ({
  tool: "crm.inactive",
  args: { region: "EU", before: new Date(now.getTime() - days * 86_400_000).toISOString() },
  confidence: 0.9,
  message: "Find the customer accounts of the region with no login.",
});

/** What the workflow tier writes, once it has been told how many there are. */
export const report = (/** @type {number} */ inactive) => ({
  tool: "report.write",
  args: { path: "/reports/audit/2026-q1.md", body: `${inactive} accounts are inactive.` },
  confidence: 0.9,
  claims: { inactive: { value: inactive, confidence: 0.9 } },
  message: "Summarise the inactive accounts for the account team.",
});
