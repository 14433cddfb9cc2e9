/** What both verifiers share with whoever runs them: reports and how they are shown, credentials, and what goes wrong. */
export {
  type Credentials,
  clientIdVariable,
  jwkVariable,
  type KeyedCredentials,
  passwordVariable,
  secretVariable,
} from "./credentials.ts";
export { VerifyError } from "./errors.ts";
export type { Target } from "./judge.ts";
export type { RunOptions } from "./options.ts";
export { FORMATS, type Format, render } from "./report/render.ts";
export { exitCode, type Report, type Row, summary } from "./report/report.ts";
