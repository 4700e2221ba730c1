// The shop as a SQLite database, which the policy's facts are asked of.
// Usage: node examples/retail/build-database.js FOLDER    writes FOLDER/shop.db

import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { hasData, howToGetIt, readWorld } from "./data.js";

const tables = `
  create table users (user_id text primary key, first_name text, last_name text, email text, zip text);
  create table payment_methods (id text primary key, user_id text, kind text, balance real);
  create table variants (item_id text primary key, product_id text, available integer, price real);
  create table orders (order_id text primary key, user_id text, status text);
  create table order_items (order_id text, item_id text, product_id text, price real);
  create index items_of_order on order_items (order_id);
  create table payments (order_id text, position integer, kind text, amount real, payment_method_id text);
  create index payments_of_order on payments (order_id);
`;

/** Writes a new database of the world to a path. */
export function buildDatabase(/** @type {import("./data.js").World} */ world, /** @type {string} */ path) {
  rmSync(path, { force: true });
  const shop = openShop(path);
  shop.run(() => {
    for (const statement of tables.split(";").filter((part) => part.trim() !== "")) shop.execute(statement);
    for (const [id, user] of Object.entries(world.users)) shop.writeUser(id, user);
    for (const product of Object.values(world.products)) shop.writeProduct(product);
    for (const order of Object.values(world.orders)) shop.writeOrder(order);
  });
  shop.close();
}

/** A database that was built, open for writing what changes in the world. */
export function openShop(/** @type {string} */ path) {
  const database = new Database(path);
  // A scratch file: it need not survive a loss of power, and is written often.
  database.pragma("synchronous = off");
  /** @type {Map<string, any>} */
  const prepared = new Map();

  const execute = (/** @type {string} */ sql, /** @type {unknown[]} */ ...values) => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    statement.run(...values);
  };

  const writeUser = (/** @type {string} */ id, /** @type {any} */ user) => {
    const { first_name, last_name } = user.name;
    execute(
      "insert or replace into users values (?, ?, ?, ?, ?)",
      id,
      first_name,
      last_name,
      user.email,
      user.address.zip,
    );
    for (const method of Object.values(user.payment_methods)) {
      const { id: method_id, source, balance = null } = /** @type {any} */ (method);
      execute("insert or replace into payment_methods values (?, ?, ?, ?)", method_id, id, source, balance);
    }
  };

  const writeProduct = (/** @type {any} */ product) => {
    for (const variant of Object.values(product.variants)) {
      const { item_id, available, price } = /** @type {any} */ (variant);
      execute(
        "insert into variants values (?, ?, ?, ?)",
        item_id,
        product.product_id,
        available ? 1 : 0,
        price,
      );
    }
  };

  const writeOrder = (/** @type {any} */ order) => {
    const { order_id, user_id, status, items, payment_history } = order;
    execute("insert or replace into orders values (?, ?, ?)", order_id, user_id, status);
    execute("delete from order_items where order_id = ?", order_id);
    for (const { item_id, product_id, price } of items)
      execute("insert into order_items values (?, ?, ?, ?)", order_id, item_id, product_id, price);
    execute("delete from payments where order_id = ?", order_id);
    for (const [position, payment] of payment_history.entries()) {
      const { transaction_type, amount, payment_method_id } = payment;
      execute(
        "insert into payments values (?, ?, ?, ?, ?)",
        order_id,
        position,
        transaction_type,
        amount,
        payment_method_id,
      );
    }
  };

  /** All that is written meanwhile, at once. */
  const run = (/** @type {() => void} */ writing) => database.transaction(writing)();

  return { execute, writeUser, writeProduct, writeOrder, run, close: () => database.close() };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2];
  if (folder === undefined || !hasData) {
    console.error(folder === undefined ? "usage: node examples/retail/build-database.js FOLDER" : howToGetIt);
    process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  const path = resolve(join(folder, "shop.db"));
  buildDatabase(readWorld(), path);
  console.log(path);
}
