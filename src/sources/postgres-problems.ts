/*
 * Reasons for the silence of a database, by SQLSTATE (PostgreSQL, appendix A). A message of the server is told only where it
 * speaks of the look-up: others hold values, names of users and hosts.
 */

interface PgError {
  readonly code?: unknown;
  readonly message?: unknown;
}

const isState = (code: unknown): code is string => typeof code === "string" && /^[0-9A-Z]{5}$/.test(code);

/** Why no connection came about. */
export function problemOfConnection(error: unknown): string {
  const { code, message } = error as PgError;
  const text = `${String(code)} ${String(message)}`;
  if (isState(code)) {
    if (code.startsWith("28")) return "its database does not let us in: check user, password and database";
    if (code === "3D000") return "its database does not exist";
    if (code.startsWith("53")) return "its database has no connection free";
    if (code.startsWith("57P")) return "its database is starting up or shutting down";
    return `its database refused the connection (SQLSTATE ${code})`;
  }
  if (/password/i.test(text)) return "its database asks for a password, and none is set";
  if (/CERT|TLS|SSL|altname/i.test(text))
    return "its database cannot be reached over TLS: check `sslmode` and the certificate";
  if (/timeout|timed out/i.test(text)) return "its database did not let us in within the time for that";
  return "its database cannot be reached";
}

/** Why a look-up gave nothing. */
export function problemOfQuery(error: unknown): string {
  const { code, message } = error as PgError;
  if (!isState(code) || code.startsWith("57P") || code.startsWith("08"))
    return "its database broke off the connection";
  if (code === "57014") return "gave no answer before it was cancelled";
  if (code === "25006") return "its look-up writes";
  if (code === "42501") return "its database does not let this user read what the look-up names";
  if (code === "42P18" || code === "42P08")
    return "its look-up does not tell the type of a parameter: write a cast, as in `:name::text`";
  if (code.startsWith("42") || code === "0A000")
    return `its look-up cannot be run as one SELECT of one column: ${String(message).slice(0, 200)}`;
  if (code.startsWith("22")) return `its look-up cannot be run with these values (SQLSTATE ${code})`;
  return `its look-up failed (SQLSTATE ${code})`;
}
