export type { ProjectFile } from "./schemas/project.js";

/** How much the reports of a code weigh in a project; `off` leaves them out. */
export const severityLevels = ["off", "hint", "warning", "error"] as const;
export type SeverityLevel = (typeof severityLevels)[number];
