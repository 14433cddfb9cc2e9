/** The errors of AM, IDM and the environment API (aic §1.4, §3.5). */
import { type CallFacts, COMMON_HINTS, codeOfStatus, type Dialect, type Refused } from "../http/dialect.ts";
import type { AdminApiErrorCode, PolicyFailure } from "../http/errors.ts";
import { isRecord } from "../http/json.ts";
import { redact } from "../http/redaction.ts";

export const aicDialect: Dialect = {
  transactionHeader: "x-forgerock-transactionid",
  addressSetting: "AIC_TENANT_URL",
  hints: {
    ...COMMON_HINTS,
    ERR_API_UNREACHABLE: "check AIC_TENANT_URL and the network, then run the command again",
    ERR_API_OUTAGE:
      "wait until the tenant answers (a restart takes minutes), check AIC_TENANT_URL, then run the command again",
    ERR_API_UNAUTHENTICATED:
      "check AIC_SERVICE_ACCOUNT_ID and AIC_SERVICE_ACCOUNT_KEY; the account must be active on this tenant",
    ERR_API_FORBIDDEN: "check that the tenant offers this operation and that the service account has the scope for it",
    ERR_API_NOT_FOUND: "check the name and the realm; for an object deleted outside run `pulumi refresh`",
    ERR_API_CONFLICT: "look at the object that exists, then adopt it or choose another id",
    ERR_API_UNEXPECTED:
      "check that AIC_TENANT_URL is the tenant's own address; else report this with the transaction id",
  },
  read: ({ status, answer, call }: Refused) => {
    const policyFailures = policyFailuresOf(answer.detail);
    const message = messageOf(answer);
    return {
      code: codeOf(status, message, policyFailures.length > 0),
      reason: typeof answer.reason === "string" ? redact(answer.reason) : "",
      causes: [
        redact(message),
        ...policyFailures.map(({ property, requirements }) => `${property}: ${requirements.join(", ")}`),
        unknownAttributes(answer.detail, call),
      ],
      policyFailures,
    };
  },
  // The environment server writes no reason (aic §1.1, §1.4).
  isOwn404: ({ answer: { code, reason, message, error }, call: { path } }) => {
    if (path.startsWith("/am/oauth2/")) return typeof error === "string";
    const isOfEnvironment = path.startsWith("/environment/");
    return code === 404 && typeof message === "string" && (isOfEnvironment || typeof reason === "string");
  },
};

function codeOf(status: number, message: string, isPolicyFailure: boolean): AdminApiErrorCode {
  // IDM refuses values with 403, AM some with 500 (aic §1.4, §3.5): the text decides, not the status.
  const isValidation = /Data validation failed|Invalid attribute specified|Invalid config:|must include/.test(message);
  if (isPolicyFailure || (isValidation && [400, 500].includes(status))) return "ERR_API_VALIDATION";
  if (status === 400 && /already exists/.test(message)) return "ERR_API_CONFLICT";
  return codeOfStatus(status);
}

/** AM, IDM and the environment API say `message`, OAuth 2.0 endpoints `error` and `error_description` (RFC 6749 §5.2). */
function messageOf({ message, error, error_description }: Refused["answer"]): string {
  const texts = [message, error, error_description].filter((text) => typeof text === "string");
  return texts.join(": ");
}

/** `detail` can hold the whole request (aic §1.1, unparsable bodies), so only names are taken from it. */
function policyFailuresOf(detail: unknown): PolicyFailure[] {
  if (!isRecord(detail) || !Array.isArray(detail.failedPolicyRequirements)) return [];
  return detail.failedPolicyRequirements.filter(isRecord).map(({ property, policyRequirements }) => ({
    property: redact(String(property)),
    requirements: (Array.isArray(policyRequirements) ? policyRequirements : [])
      .filter(isRecord)
      .map(({ policyRequirement }) => redact(String(policyRequirement))),
  }));
}

/** AM lists what it knows, not what it refused. */
function unknownAttributes(detail: unknown, { sentMembers }: CallFacts): string {
  if (!isRecord(detail) || !Array.isArray(detail.validAttributes)) return "";
  const known = new Set(detail.validAttributes);
  const unknown = sentMembers.filter((name) => !known.has(name) && !["_id", "_type"].includes(name));
  return unknown.length ? `not known to the tenant: ${unknown.join(", ")}` : "";
}
