import { contract } from "./contract.js";
import { memory, sqlite } from "./stores.js";

contract(memory);
contract(sqlite);
