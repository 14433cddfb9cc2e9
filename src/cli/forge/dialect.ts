/** The errors of GitHub's REST API. */

import { codeOfStatus, type Dialect, type Refused } from "../../admin-api/http/dialect.ts";
import type { AdminApiErrorCode } from "../../admin-api/http/errors.ts";
import { isRecord } from "../../admin-api/http/json.ts";
import { redact } from "../../admin-api/http/redaction.ts";

const REPORT = "run the command again; if it stays, report this with the request id";

export const githubDialect: Dialect = {
  server: "forge",
  transactionHeader: "x-github-request-id",
  addressSetting: "GITHUB_API_URL",
  hints: {
    ERR_API_UNREACHABLE: "check GITHUB_API_URL and the network, then run the job again",
    ERR_API_TIMEOUT: "run the job again",
    ERR_API_OUTAGE: "wait until GitHub answers, then run the job again",
    ERR_API_RATE_LIMITED: "wait, then run the job again",
    ERR_API_UNAUTHENTICATED: `let GITHUB_TOKEN be the token of the job: env: { GITHUB_TOKEN: "\${{ github.token }}" }`,
    ERR_API_FORBIDDEN: "give the job the permission for it: permissions: { issues: write, pull-requests: write }",
    ERR_API_NOT_FOUND: "check GITHUB_REPOSITORY, and that the job's permissions let its token see it",
    ERR_API_VALIDATION: REPORT,
    ERR_API_BAD_REQUEST: REPORT,
    ERR_API_UNEXPECTED: REPORT,
  },
  read: (refused) => {
    const { message, errors } = refused.answer;
    const needed = refused.headers["x-accepted-github-permissions"];
    const details = Array.isArray(errors) ? errors.filter(isRecord).map((one) => JSON.stringify(one)) : [];
    return {
      code: codeOf(refused),
      reason: typeof message === "string" ? redact(message) : "",
      causes: [...details, ...(needed ? [`it needs ${needed}`] : [])].map(redact),
    };
  },
  isOwn404: ({ answer: { message } }) => typeof message === "string",
};

/** A limit is also said with 403: then with how long to wait, or with nothing left of the quota. */
function codeOf({ status, headers }: Refused): AdminApiErrorCode {
  const isLimit = "retry-after" in headers || headers["x-ratelimit-remaining"] === "0";
  return status === 403 && isLimit ? "ERR_API_RATE_LIMITED" : codeOfStatus(status);
}
