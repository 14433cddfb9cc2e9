/** The errors of PingOne's management API, its token service and the gateway before them (pingone §3.3, §3.6). */
import { COMMON_HINTS, codeOfStatus, type Dialect, type Refused } from "../http/dialect.ts";
import type { AdminApiErrorCode } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { redact } from "../http/redaction.ts";

export const pingOneDialect: Dialect = {
  transactionHeader: "correlation-id",
  addressSetting: "PINGONE_API_URL",
  hints: {
    ...COMMON_HINTS,
    ERR_API_UNREACHABLE:
      "check PINGONE_REGION_CODE (or PINGONE_API_URL and PINGONE_AUTH_URL) and the network, then run the command again",
    ERR_API_OUTAGE: "wait until PingOne answers, check PINGONE_REGION_CODE, then run the command again",
    ERR_API_UNAUTHENTICATED:
      "check PINGONE_CLIENT_ID and PINGONE_CLIENT_SECRET; the worker application must be enabled in PINGONE_ENVIRONMENT_ID",
    ERR_API_FORBIDDEN:
      "give the worker application the role for it on the environment: Client Application Developer, or Environment Admin",
    ERR_API_UNKNOWN_ENDPOINT:
      "this is no permission problem: the environment's API has no such endpoint; check PINGONE_API_URL, else report this",
    ERR_API_NOT_FOUND: "check the name and PINGONE_ENVIRONMENT_ID; for an object deleted outside run `pulumi refresh`",
    ERR_API_CONFLICT:
      "look at the object that has the same value of this property, then adopt it or choose another value",
    ERR_API_BAD_REQUEST: "look up the correlation id in the environment's audit, and report this",
    ERR_API_UNEXPECTED: "run the command again; if it stays, report this with the correlation id",
  },
  read: (refused) => {
    const { answer } = refused;
    const failures = failuresOf(answer.details);
    const texts = [answer.message, answer.error, answer.error_description].filter((text) => typeof text === "string");
    return {
      code: codeOf(refused),
      reason: typeof answer.code === "string" ? redact(answer.code) : "",
      causes: [redact(texts.join(": ")), ...failures.map(({ text }) => text)],
      policyFailures: failures.map(({ target, code }) => ({ property: target, requirements: [code] })),
    };
  },
  // A failure of the service passes (pingone §3.4).
  transient: [500],
  isOwn404: ({ answer: { id, code } }) => typeof id === "string" && typeof code === "string",
};

function codeOf({ status, headers, answer }: Refused): AdminApiErrorCode {
  // The gateway answers an unknown path or method in PingOne's stead, so nothing says which request this was.
  const isGateway = !("correlation-id" in headers) && answer.id === undefined && answer.code === undefined;
  if (status === 403 && isGateway) return "ERR_API_UNKNOWN_ENDPOINT";
  const details = Array.isArray(answer.details) ? answer.details.filter(isRecord) : [];
  if (details.some(({ code }) => code === "UNIQUENESS_VIOLATION")) return "ERR_API_CONFLICT";
  // The exact status within 4xx is not guaranteed (pingone §3.3); these codes are.
  if (["INVALID_DATA", "INVALID_VALUE", "CONSTRAINT_VIOLATION"].includes(String(answer.code))) {
    return "ERR_API_VALIDATION";
  }
  return codeOfStatus(status);
}

/** What `details[]` says, field by field: the code, the text and the limits that were broken. */
function failuresOf(details: unknown) {
  if (!Array.isArray(details)) return [];
  return details.filter(isRecord).map(({ code, target, message, innerError }) => {
    const said = typeof message === "string" ? message : "";
    const limits = isRecord(innerError) ? ` ${JSON.stringify(innerError)}` : "";
    const field = typeof target === "string" ? target : "";
    return {
      code: redact(String(code)),
      target: redact(field),
      text: redact(`${field ? `${field}: ` : ""}${String(code)} ${said}${limits}`.trim()),
    };
  });
}
