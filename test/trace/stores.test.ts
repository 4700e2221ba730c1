import { afterAll } from "vitest";
import { contract } from "./contract.js";
import { memory, postgres, sqlite } from "./stores.js";

const server = await postgres();
afterAll(() => server.stop());

contract(memory);
contract(sqlite);
contract(server);
