/** What both verifiers share with whoever runs them: options, credentials, reports and how they are shown. */
export type { AssertedRequest, AssertionPlan } from "./assertions.ts";
export {
  type Credentials,
  clientIdVariable,
  jwkVariable,
  type KeyedCredentials,
  passwordVariable,
  secretVariable,
} from "./credentials.ts";
export type { Target } from "./judge.ts";
export type { RunOptions } from "./options.ts";
export { FORMATS, type Format, render } from "./report/render.ts";
export { exitCode, type Report, type Row, summary } from "./report/report.ts";
export type { Settings } from "./widened.ts";
