// The shop at work: what the seven changing tools do to it. What they do is checked against what was recorded.

/**
 * @typedef {{ output: string, written?: { order?: any, user: [id: string, user: any] } }} Outcome
 *   what a change answers, and the order and the user that it wrote
 */

const isGiftCard = (/** @type {any} */ method) => method.source === "gift_card";
const cents = (/** @type {number} */ amount) => Math.round(amount * 100) / 100;

/** The shop, open for business. Orders and users of the world that is handed in are replaced as they change, never written to. */
export function createShop(/** @type {import("./data.js").World} */ world) {
  const variantOf = (/** @type {any} */ item, /** @type {string} */ id) =>
    world.products[item.product_id].variants[id];

  /** The items of an order that are named, each as often as it is named; undefined where it has fewer. */
  const itemsNamed = (/** @type {any} */ order, /** @type {string[]} */ ids) => {
    const many = (/** @type {string[]} */ list, /** @type {string} */ id) =>
      list.filter((other) => other === id).length;
    const held = order.items.map((/** @type {any} */ item) => item.item_id);
    if (ids.some((id) => many(ids, id) > many(held, id))) return undefined;
    return ids.map((id) => order.items.find((/** @type {any} */ item) => item.item_id === id));
  };

  /** What the new items cost over the old ones, or why they cannot replace them. */
  const differenceOf = (
    /** @type {any} */ order,
    /** @type {any} */ { item_ids, new_item_ids, payment_method_id },
  ) => {
    const items = itemsNamed(order, item_ids);
    if (items === undefined) return "Error: some item not found";
    if (item_ids.length !== new_item_ids.length)
      return "Error: the number of items to be exchanged should match";
    let difference = 0;
    for (const [i, item] of items.entries()) {
      const variant = variantOf(item, new_item_ids[i]);
      if (!variant?.available) return `Error: new item ${new_item_ids[i]} not found or available`;
      difference += variant.price - item.price;
    }
    const method = world.users[order.user_id].payment_methods[payment_method_id];
    if (method === undefined) return "Error: payment method not found";
    if (isGiftCard(method) && method.balance < cents(difference))
      return "Error: insufficient gift card balance to pay for the price difference";
    return difference;
  };

  const pay = (/** @type {any} */ user, /** @type {string} */ id, /** @type {number} */ amount) => {
    const method = user.payment_methods[id];
    if (isGiftCard(method)) method.balance = cents(method.balance - amount);
  };

  const addressOf = (/** @type {any} */ { address1, address2, city, state, country, zip }) => ({
    address1,
    address2,
    city,
    state,
    country,
    zip,
  });

  /** @type {Record<string, (order: any, user: any, args: any) => string | undefined>} What went wrong, if anything. */
  const onOrder = {
    cancel_pending_order(order, user, { reason }) {
      if (order.status !== "pending") return "Error: non-pending order cannot be cancelled";
      const refunds = order.payment_history.map((/** @type {any} */ payment) => ({
        transaction_type: "refund",
        amount: payment.amount,
        payment_method_id: payment.payment_method_id,
      }));
      for (const { payment_method_id, amount } of refunds) pay(user, payment_method_id, -amount);
      order.status = "cancelled";
      order.cancel_reason = reason;
      order.payment_history.push(...refunds);
      return undefined;
    },
    modify_pending_order_address(order, _, args) {
      if (order.status !== "pending") return "Error: non-pending order cannot be modified";
      order.address = addressOf(args);
      return undefined;
    },
    modify_pending_order_payment(order, user, { payment_method_id }) {
      if (order.status !== "pending") return "Error: non-pending order cannot be modified";
      const { amount, payment_method_id: before } = order.payment_history[0];
      pay(user, payment_method_id, amount);
      pay(user, before, -amount);
      order.payment_history.push(
        { transaction_type: "payment", amount, payment_method_id },
        { transaction_type: "refund", amount, payment_method_id: before },
      );
      return undefined;
    },
    modify_pending_order_items(order, user, args) {
      if (order.status !== "pending") return "Error: non-pending order cannot be modified";
      const difference = differenceOf(order, args);
      if (typeof difference === "string") return difference;
      const { item_ids, new_item_ids, payment_method_id } = args;
      const transaction_type = difference > 0 ? "payment" : "refund";
      order.payment_history.push({ transaction_type, amount: Math.abs(difference), payment_method_id });
      pay(user, payment_method_id, difference);
      for (const [i, id] of item_ids.entries()) {
        const item = order.items.find((/** @type {any} */ one) => one.item_id === id);
        const { item_id, price, options } = variantOf(item, new_item_ids[i]);
        Object.assign(item, { item_id, price, options });
      }
      order.status = "pending (item modified)";
      return undefined;
    },
    return_delivered_order_items(order, user, { item_ids, payment_method_id }) {
      if (order.status !== "delivered") return "Error: non-delivered order cannot be returned";
      const method = user.payment_methods[payment_method_id];
      if (method === undefined) return "Error: payment method not found";
      if (payment_method_id !== order.payment_history[0].payment_method_id && !isGiftCard(method))
        return "Error: payment method should be either the original payment method or a gift card";
      if (itemsNamed(order, item_ids) === undefined) return "Error: some item not found";
      order.status = "return requested";
      order.return_items = [...item_ids].sort();
      order.return_payment_method_id = payment_method_id;
      return undefined;
    },
    exchange_delivered_order_items(order, _, args) {
      if (order.status !== "delivered") return "Error: non-delivered order cannot be exchanged";
      const difference = differenceOf(order, args);
      if (typeof difference === "string") return difference;
      order.status = "exchange requested";
      order.exchange_items = [...args.item_ids].sort();
      order.exchange_new_items = [...args.new_item_ids].sort();
      order.exchange_payment_method_id = args.payment_method_id;
      order.exchange_price_difference = cents(difference);
      return undefined;
    },
  };

  return {
    /** Whether a tool changes the shop. */
    changes: (/** @type {string} */ tool) => tool === "modify_user_address" || Object.hasOwn(onOrder, tool),

    /** Makes a change, or says why it cannot be made. @returns {Outcome} */
    change(/** @type {string} */ tool, /** @type {any} */ args) {
      const { order_id, user_id } = args;
      if (tool === "modify_user_address") {
        if (world.users[user_id] === undefined) return { output: "Error: user not found" };
        const user = { ...world.users[user_id], address: addressOf(args) };
        world.users[user_id] = user;
        return { output: JSON.stringify(user), written: { user: [user_id, user] } };
      }
      if (world.orders[order_id] === undefined) return { output: "Error: order not found" };
      const order = structuredClone(world.orders[order_id]);
      const user = structuredClone(world.users[order.user_id]);
      const problem = onOrder[tool]?.(order, user, args);
      if (problem !== undefined) return { output: problem };
      world.orders[order_id] = order;
      world.users[order.user_id] = user;
      return { output: JSON.stringify(order), written: { order, user: [order.user_id, user] } };
    },
  };
}

/**
 * Whether an output is the recorded one. The record separates with spaces, writes whole decimals with a fraction and
 * may be cut short.
 */
export function isRecorded(/** @type {string} */ output, /** @type {import("./data.js").Call} */ call) {
  const bare = (/** @type {string} */ text) =>
    text
      .replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/([,:]) /g, "$1")
      .replace(/(\d)\.0(?=[,}\]])/g, "$1");
  const recorded = bare(call.gt_output);
  if (call.gt_output.length === call.gt_output_len) return bare(output) === recorded;
  return bare(output).startsWith(recorded.slice(0, -4));
}
