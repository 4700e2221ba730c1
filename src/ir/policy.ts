export type {
  Asks,
  ClassIr,
  DiscernmentIr,
  FactIr,
  GivenIr,
  GrayIr,
  GroundIr,
  GroundingIr,
  LayerIr,
  LimitIr,
  Mark,
  PermitIr,
  Place,
  PolicyIr,
  ReversibilityIr,
  RuleRefIr,
  ScopeIr,
  SourceIr,
  SubjectIr,
  TestIr,
  TestStepIr,
  ToolIr,
  ToolSourceIr,
  TreatIr,
  WindowIr,
  WorldSourceIr,
  Written,
} from "./schemas/policy.js";

/** The version of the IR this engine reads and writes; any other is a load error. */
export const irVersion = 1;

/** The action by which a session hands its commission down, where a policy declares a tool of this name. */
export const delegateTool = "delegate";
