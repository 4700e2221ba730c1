declare module "pgpass" {
  /** Calls back with the password that the password file of libpq holds for a connection, or undefined. */
  export default function pgpass(
    connection: { host?: string; port?: number; database?: string; user?: string },
    done: (password: string | undefined) => void,
  ): void;
}
