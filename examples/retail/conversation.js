import { join } from "node:path";
import { buildDatabase, openShop } from "./build-database.js";
import { isError } from "./data.js";
import { createShop, isRecorded } from "./world.js";

const authenticates = (/** @type {string} */ tool) => tool.startsWith("find_user_id_by_");

/**
 * The calls of a task. The recorded ones, and where they authenticate nobody, first the call that does.
 *
 * @returns {import("./data.js").Call[]}
 */
export function callsOf(
  /** @type {import("./data.js").Task} */ task,
  /** @type {import("./data.js").World} */ world,
) {
  const calls = task.ground_truth;
  if (calls.some((call) => authenticates(call.function) && !isError(call.gt_output))) return calls;
  const { email } = world.users[task.user_id];
  const gt_output_len = task.user_id.length;
  return [
    { function: "find_user_id_by_email", args: { email }, gt_output: task.user_id, gt_output_len },
    ...calls,
  ];
}

/**
 * The agent's house: the shop as a database, in a folder where the policy finds it, and one store for all conversations.
 * `reshimu` is the library.
 */
export function openHouse(
  /** @type {any} */ reshimu,
  /** @type {any} */ policy,
  /** @type {{ world: import("./data.js").World, folder: string }} */ { world, folder },
) {
  const path = join(folder, "shop.db");
  buildDatabase(world, path);
  const database = openShop(path);
  const sources = reshimu.openSources(policy, { root: folder });
  const store = new reshimu.Store(reshimu.createEngine(policy), sources);

  return {
    /** A conversation with one customer: a session of its own, in a shop that is as it was before anything happened. */
    open: async (/** @type {string} */ id) => openConversation(await store.open({ id }), database, world),
    async close() {
      await sources.close();
      database.close();
    },
  };
}

function openConversation(
  /** @type {any} */ session,
  /** @type {ReturnType<typeof openShop>} */ database,
  /** @type {import("./data.js").World} */ world,
) {
  const now = { orders: { ...world.orders }, users: { ...world.users }, products: world.products };
  const shop = createShop(now);
  /** What differs from the beginning, by id. */
  const orders = new Set();
  const users = new Set();

  const write = (/** @type {import("./world.js").Outcome} */ { written }) => {
    if (written === undefined) return;
    const [userId, user] = written.user;
    users.add(userId);
    if (written.order !== undefined) orders.add(written.order.order_id);
    database.run(() => {
      database.writeUser(userId, user);
      if (written.order !== undefined) database.writeOrder(written.order);
    });
  };

  return {
    /** The shop's data as it is now. */
    now,
    /** Whether a tool changes the shop. */
    changes: shop.changes,
    /** Proposes a call, and no more. */
    propose: (/** @type {{ function: string, args: any }} */ { function: tool, args }) =>
      session.propose({ tool, args }),

    /** Proposes a call, with the customer's yes where it takes one: both decisions. */
    async decide(/** @type {import("./data.js").Call} */ { function: tool, args }) {
      const first = await session.propose({ tool, args });
      const last = first.decision === "confirm" ? await session.confirm({ by: "customer" }) : first;
      return { first, last };
    },

    /** Carries out what was authorized. @returns {Promise<boolean>} whether the shop did what it did when it was recorded */
    async carryOut(/** @type {import("./data.js").Call} */ call) {
      const { function: tool, args, gt_output: output } = call;
      const change = shop.changes(tool) ? shop.change(tool, args) : undefined;
      if (change !== undefined) write(change);
      await session.observe({ tool, args, output, error: isError(output) });
      return change === undefined || isRecorded(change.output, call);
    },

    /** Puts the shop back as it was. */
    close() {
      if (users.size === 0) return;
      database.run(() => {
        for (const id of users) database.writeUser(id, world.users[id]);
        for (const id of orders) database.writeOrder(world.orders[id]);
      });
    },
  };
}
