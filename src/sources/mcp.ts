import type { CallToolResult, Client, Tool, Transport } from "@modelcontextprotocol/client";
import type { Json } from "../ir/json.js";
import { readMcpLocator, readMcpLookup } from "../ir/locator.js";
import type { WorldSourceIr } from "../ir/policy.js";
import { answerIn, isRecord, saidIn } from "./answer.js";
import { segmentsOf, valueAt } from "./pointer.js";
import { maxAnswerBytes, type OpenSource, type Query, type Said, Silent } from "./source.js";

/** Bytes of one message; an answer may be as long as any, but the list of the tools comes in one as well. */
const maxMessageBytes = 8 * 1_048_576;
/** Milliseconds a server has to start and to say what it offers. Who asks meanwhile waits no longer than `timeout`. */
const startTimeout = 60_000;
/** Milliseconds after which a server that does not know the question which revision it speaks is held to be an old one. */
const probeTimeout = 5_000;

/**
 * A source of kind `mcp` (language.md, *grounding*): a server of the Model Context Protocol, over Streamable HTTP or as a
 * program of its own, connected to when first asked and again when it ended. A look-up is the name of a tool, which is
 * called with the fact's parameters by name; the server must say of it that it only reads (`readOnlyHint`).
 */
export const openMcp: OpenSource = (source, root) => {
  let connecting: Promise<Connection> | undefined;
  const closing = new AbortController();

  const connection = (): Promise<Connection> => {
    if (connecting !== undefined) return connecting;
    const fresh = connect(source, root, closing.signal, () => {
      if (connecting === fresh) connecting = undefined;
    });
    connecting = fresh;
    return fresh;
  };

  return {
    ask: async (query, signal) => {
      const lookup = readMcpLookup(query.lookup ?? "");
      if (lookup === undefined) throw new Silent("needs the name of a tool as look-up");
      const { client, tools } = await connection();
      if (signal.aborted) throw new Silent("was not asked in time");
      const tool = (await tools()).find((one) => one.name === lookup.tool);
      if (tool === undefined) throw new Silent("its server has no such tool");
      if (tool.annotations?.readOnlyHint !== true)
        throw new Silent("its server does not say that this tool only reads (`readOnlyHint`)");
      const result = await callTool(client, lookup.tool, query, signal);
      return answerOf(result, lookup.pointer);
    },
    close: async () => {
      closing.abort();
      const { client } = (await connecting?.catch(() => undefined)) ?? {};
      await client?.close().catch(() => {});
    },
  };
};

interface Connection {
  readonly client: Client;
  /** What the server offers now; who asks at the same time gets the same answer. */
  tools(): Promise<readonly Tool[]>;
}

async function connect(
  source: WorldSourceIr,
  root: string,
  signal: AbortSignal,
  onEnd: () => void,
): Promise<Connection> {
  let opened: Client | undefined;
  try {
    const sdk = await import("@modelcontextprotocol/client");
    const client = new sdk.Client(
      { name: "reshimu", version: "1" },
      { versionNegotiation: { mode: "auto", probe: { timeoutMs: probeTimeout } } },
    );
    opened = client;
    let listed: Promise<readonly Tool[]> | undefined;
    client.onerror = () => {};
    const options = { timeout: startTimeout, signal };
    const transport = await transportOf(source.locator, root);
    // While the client finds out which revision the server speaks, it hears of no signal.
    const stop = (): void => void transport.close().catch(() => {});
    signal.addEventListener("abort", stop, { once: true });
    client.onclose = () => {
      signal.removeEventListener("abort", stop);
      onEnd();
    };
    await client.connect(transport, options);
    const list = async (): Promise<readonly Tool[]> => {
      try {
        // Afresh: whether a tool only reads is for the server to say at the time, not from memory.
        return (await client.listTools(undefined, { ...options, cacheMode: "refresh" })).tools;
      } catch {
        throw new Silent("its server does not say what tools it has");
      } finally {
        listed = undefined;
      }
    };
    return {
      client,
      tools: () => {
        listed ??= list();
        return listed;
      },
    };
  } catch (error) {
    await opened?.close().catch(() => {});
    onEnd();
    throw error instanceof Silent ? error : new Silent("its server cannot be started or reached");
  }
}

async function transportOf(locator: string, root: string): Promise<Transport> {
  const missing: string[] = [];
  const read = readMcpLocator(locator, (name) => {
    const value = process.env[name];
    if (value === undefined) missing.push(name);
    return value ?? "";
  });
  if ("problem" in read) throw new Silent(`has a locator that ${read.problem}`);
  if (missing[0] !== undefined)
    throw new Silent(`needs the environment variable ${missing[0]}, which is not set`);
  if ("url" in read) {
    const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
    return new StreamableHTTPClientTransport(new URL(read.url), {
      requestInit: { redirect: "error" },
      fetch: fetchBounded,
    });
  }
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  return new StdioClientTransport({
    command: read.command,
    args: [...read.args],
    env: read.env,
    cwd: root,
    stderr: "ignore",
    maxBufferSize: maxMessageBytes,
  });
}

/** A response whose body ends in an error where it gets longer than one message may be. */
async function fetchBounded(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const isStream = /^text\/event-stream/i.test(response.headers.get("content-type") ?? "");
  if (response.body === null || (isStream && init?.method === "GET")) return response;
  let length = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      length += chunk.byteLength;
      if (length > maxMessageBytes) controller.error(new Error("too long"));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bounded), { status, statusText, headers });
}

async function callTool(
  client: Client,
  tool: string,
  query: Query,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const given: { [name: string]: Json } = Object.create(null);
  for (const parameter of query.parameters)
    if (parameter.value !== null) given[parameter.name] = parameter.value;
  // The time is kept by who asks: the signal ends the call, and tells the server.
  const options = { signal, timeout: 2_147_483_647 };
  return await client.callTool({ name: tool, arguments: given }, options).catch(() => {
    throw new Silent("its server did not carry out the call");
  });
}

/** What a result says: its structured content, else its only text, read as JSON. */
function answerOf(result: CallToolResult, pointer: string | undefined): Said {
  if (result.isError === true) throw new Silent("its tool reported an error");
  const answer = answerIn(textOf(result));
  if (pointer !== undefined) return { value: valueAt(answer, segmentsOf(pointer)) };
  return isRecord(answer) ? saidIn(answer) : { value: answer };
}

function textOf({ structuredContent, content }: CallToolResult): string {
  if (structuredContent !== undefined) return JSON.stringify(structuredContent);
  const [only, ...others] = content;
  if (only?.type !== "text" || others.length > 0)
    throw new Silent("gave neither structured content nor a single text");
  if (Buffer.byteLength(only.text) > maxAnswerBytes)
    throw new Silent(`gave more than ${maxAnswerBytes} bytes`);
  return only.text;
}
