import { type ColumnType, type Kysely, type Migration, type MigrationProvider, Migrator } from "kysely";

/** A whole number that PostgreSQL hands back as text. */
type BigInteger = ColumnType<number | string, number, number>;

/** A record, as its canonical JSON; the other columns repeat what is searched by. */
export interface RecordTable {
  seq: BigInteger;
  at: BigInteger;
  kind: string;
  root: string;
  session: string;
  policy: string;
  tool: string | null;
  hash: string;
  cause: string | null;
  record: string;
}

export interface Tables {
  trace_record: RecordTable;
  /** One row: the end of the chain. Who appends holds its lock. */
  trace_head: { id: number; seq: BigInteger; hash: string; at: BigInteger };
  /** At most one row: the last record that was removed for its age, on which the chain that is kept stands. */
  trace_base: { id: number; seq: BigInteger; hash: string; at: BigInteger };
  trace_policy: { digest: string; policy: string };
  trace_salt: { root: string; salt: string };
  trace_checkpoint: { seq: BigInteger; hash: string; at: BigInteger; key: string; signature: string };
}

/** The column types are those that SQLite, PostgreSQL and what speaks its protocol have in common. */
const first: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable("trace_record")
      .addColumn("seq", "bigint", (c) => c.primaryKey())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("root", "text", (c) => c.notNull())
      .addColumn("session", "text", (c) => c.notNull())
      .addColumn("policy", "text", (c) => c.notNull())
      .addColumn("tool", "text")
      .addColumn("hash", "text", (c) => c.notNull().unique())
      .addColumn("cause", "text")
      .addColumn("record", "text", (c) => c.notNull())
      .execute();
    for (const [name, columns] of [
      ["root", ["root", "seq"]],
      ["session", ["session", "seq"]],
      ["policy", ["policy", "kind", "at"]],
      ["cause", ["cause"]],
    ] as const)
      await schema
        .createIndex(`trace_record_${name}`)
        .on("trace_record")
        .columns([...columns])
        .execute();
    for (const name of ["trace_head", "trace_base"])
      await schema
        .createTable(name)
        .addColumn("id", "integer", (c) => c.primaryKey())
        .addColumn("seq", "bigint", (c) => c.notNull())
        .addColumn("hash", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .execute();
    await schema
      .createTable("trace_policy")
      .addColumn("digest", "text", (c) => c.primaryKey())
      .addColumn("policy", "text", (c) => c.notNull())
      .execute();
    await schema
      .createTable("trace_salt")
      .addColumn("root", "text", (c) => c.primaryKey())
      .addColumn("salt", "text", (c) => c.notNull())
      .execute();
    await schema
      .createTable("trace_checkpoint")
      .addColumn("seq", "bigint", (c) => c.notNull())
      .addColumn("hash", "text", (c) => c.notNull())
      .addColumn("at", "bigint", (c) => c.notNull())
      .addColumn("key", "text", (c) => c.notNull())
      .addColumn("signature", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("trace_checkpoint_key", ["seq", "key"])
      .execute();
    await (db as Kysely<Tables>)
      .insertInto("trace_head")
      .values({ id: 0, seq: 0, hash: "", at: 0 })
      .execute();
  },
};

/** For who asks the trace: by kind, by tool and by time. */
const asking: Migration = {
  async up({ schema }: Kysely<unknown>) {
    for (const [name, columns] of [
      ["kind", ["kind", "seq"]],
      ["tool", ["tool", "seq"]],
      ["at", ["at", "seq"]],
    ] as const)
      await schema
        .createIndex(`trace_record_${name}`)
        .on("trace_record")
        .columns([...columns])
        .execute();
  },
};

/** In order of their names; a migration that was released is never changed. */
const migrations: MigrationProvider = {
  getMigrations: async () => ({ "0001-records": first, "0002-asking": asking }),
};

/** Brings the tables to this version; does nothing where they are. Throws where they are of a later one. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: migrations,
    migrationTableName: "trace_migration",
    migrationLockTableName: "trace_migration_lock",
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
