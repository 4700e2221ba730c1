import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Json } from "../ir/json.js";
import { readJson } from "../ir/read-json.js";
import type { TypeIr } from "../ir/type.js";
import { createGate } from "./gate.js";
import { maxAnswerBytes, maxRows, type OpenSource, type Parameter, type Query, Silent } from "./source.js";
import type { SqliteReply, SqliteRequest, SqliteValue } from "./sqlite-child.js";
import { createSqliteProcess, type SqliteProcess } from "./sqlite-process.js";

/** Processes for one source; a second one so that a slow question does not keep all others waiting. */
const maxProcesses = 2;

/**
 * A source of kind `sqlite` (language.md, *grounding*): an existing file, read only; a look-up is one SELECT of one
 * column in which `:name` is a parameter, and every parameter is named. Bound are times as RFC 3339 text in UTC, bools
 * as 0 and 1, lists, records and `json` as JSON text. One row gives a value, no row null; for a fact of a list type the
 * rows are the list, or a single computed text (`json_group_array`) is the list as JSON.
 */
export const openSqlite: OpenSource = (source, root) => {
  const path = resolve(root, source.locator);
  const gate = createGate(maxProcesses);
  const all: SqliteProcess[] = [];
  const idle: SqliteProcess[] = [];

  const started = (): SqliteProcess => {
    const fresh = createSqliteProcess();
    all.push(fresh);
    return fresh;
  };

  return {
    ask: async (query, signal) => {
      const request = await requestOf(path, query);
      const reply = await gate(async () => {
        const used = idle.pop() ?? started();
        try {
          return await used.ask(request, signal);
        } finally {
          idle.push(used);
        }
      });
      return { value: answerOf(reply, query.type) };
    },
    close: async () => {
      for (const one of all) one.close();
    },
  };
};

async function requestOf(path: string, { lookup, parameters }: Query): Promise<SqliteRequest> {
  if (lookup === undefined) throw new Silent("needs a SELECT as look-up");
  if (lookup.includes("\0")) throw new Silent("its look-up holds a NUL character");
  const file = await stat(path).catch(() => undefined);
  if (!file?.isFile()) throw new Silent("its file does not exist");
  const values = Object.create(null) as { [name: string]: SqliteValue };
  for (const parameter of parameters) values[parameter.name] = bound(parameter);
  return {
    library: createRequire(import.meta.url).resolve("libsql"),
    database: `${pathToFileURL(path).href}?mode=ro`,
    file: `${file.dev} ${file.ino}`,
    sql: lookup.trimEnd().replace(/;$/, ""),
    values,
    maxRows,
    maxBytes: maxAnswerBytes,
  };
}

/** An int is bound as an integer and a decimal as a real, so that `/` in SQL means what the types say. */
function bound({ type, value }: Parameter): SqliteValue {
  if (value === null) return null;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return type === "int" ? BigInt(value) : value;
  const text = typeof value === "string" && type !== "json" ? value : JSON.stringify(value);
  if (text.includes("\0")) throw new Silent("was asked with a NUL character");
  return text;
}

function answerOf(reply: SqliteReply, type: TypeIr): Json {
  if ("problem" in reply) throw new Silent(reply.problem);
  const isList = typeof type === "object" && "list" in type;
  return isList ? listOf(reply.cells, reply.stored, type.list) : oneOf(reply.cells, type);
}

function oneOf(cells: readonly SqliteValue[], type: TypeIr): Json {
  if (cells.length > 1) throw new Silent(`gave ${cells.length} rows, one was expected`);
  return jsonOf(cells[0] ?? null, type);
}

function listOf(cells: readonly SqliteValue[], stored: boolean, element: TypeIr): Json {
  const [only] = cells;
  if (cells.length === 1 && only === null) return null;
  if (cells.length === 1 && typeof only === "string") {
    const read = readJson(only);
    if (read.ok && Array.isArray(read.value)) {
      // A stored text may have been written by anybody: whether it is one element or the list would be theirs to say.
      if (stored)
        throw new Silent(
          "gave one stored text that is a JSON list; write `json(…)` around the column, or use `json_each`",
        );
      return read.value;
    }
  }
  return cells.map((cell) => jsonOf(cell, element));
}

function jsonOf(cell: SqliteValue, type: TypeIr): Json {
  if (typeof cell === "number" && !Number.isFinite(cell)) throw new Silent("gave a number that is too large");
  if (typeof cell !== "bigint") return cell;
  if (type === "bool" && (cell === 0n || cell === 1n)) return cell === 1n;
  const value = Number(cell);
  if (!Number.isSafeInteger(value)) throw new Silent("gave a whole number that cannot be told exactly");
  return value;
}
