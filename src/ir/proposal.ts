export type { Proposal } from "./schemas/proposal.js";
