import { casbin } from "./casbin.js";
import { casl } from "./casl.js";
import { cedar } from "./cedar.js";
import { jsonLogic } from "./json-logic.js";
import { opa } from "./opa.js";

export const others = [jsonLogic, casl, opa, casbin, cedar];
