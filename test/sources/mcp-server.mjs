// A server of the Model Context Protocol with tools for the tests: as a program over stdio, or imported for HTTP.
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

const text = (value) => ({ content: [{ type: "text", text: value }] });
const reads = { annotations: { readOnlyHint: true } };

export function createServer() {
  const server = new McpServer({ name: "tests", version: "1" });
  const tool = (name, inputSchema, run, config = reads) =>
    server.registerTool(name, { inputSchema: z.object(inputSchema), ...config }, run);

  tool("paid", { order: z.string() }, ({ order }) => ({
    ...text("prose"),
    structuredContent: { value: order.length, at: "2026-01-31T09:00:00Z" },
  }));
  tool("record", {}, () => ({ ...text("prose"), structuredContent: { result: { a: [1, 2] }, other: null } }));
  tool("payments", { order: z.string() }, ({ order }) => ({
    ...text("prose"),
    structuredContent: { amount: order === "A2" ? 70 : 40 },
  }));
  tool("text", { body: z.string() }, ({ body }) => text(body));
  tool("echo", { v: z.any() }, ({ v }) => text(JSON.stringify(JSON.stringify(v))));
  tool("environment", { name: z.string() }, ({ name }) => text(JSON.stringify(process.env[name] ?? null)));
  tool("folder", {}, () => text(JSON.stringify(process.cwd())));
  tool("process", {}, () => text(String(process.pid)));
  tool("two", {}, () => ({ content: [...text("1").content, ...text("2").content] }));
  tool("none", {}, () => ({ content: [] }));
  tool("image", {}, () => ({ content: [{ type: "image", data: "AAAA", mimeType: "image/png" }] }));
  tool("error", {}, () => ({ ...text('{"value":1}'), isError: true }));
  tool("throws", {}, () => {
    throw new Error("secret");
  });
  tool("large", { size: z.number() }, ({ size }) => text(`"${"x".repeat(size)}"`));
  tool("hang", {}, () => new Promise(() => {}));
  tool("exit", {}, () => process.exit(1));
  tool("unmarked", {}, () => text("1"), {});
  tool("writes", {}, () => text("1"), { annotations: { readOnlyHint: false } });
  tool("turn", {}, () => {
    server.registerTool("late", { inputSchema: z.object({}), ...reads }, () => text("7"));
    return text("1");
  });
  return server;
}

if (process.argv[2] === "stdio") serveStdio(createServer);
