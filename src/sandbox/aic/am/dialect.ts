/** How AM speaks: errors, refusals of the root realm, and the gateway's answer to a body that is no JSON (aic §1). */
import { createHash } from "node:crypto";
import { ApiError } from "../../errors.ts";
import type { Call, Dialect } from "../../http.ts";
import { isRealm, type Realm } from "../realms.ts";

export const AM_DIALECT: Dialect = {
  scopes: ["fr:am:*"],
  error: ({ bodyCode, reason, message, detail }) => ({
    code: bodyCode,
    reason,
    message,
    ...(detail !== undefined && { detail }),
  }),
  unparsable: (text) => {
    const body = JSON.stringify({
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload;",
      code: 400,
      reason: "Bad Request",
      message: "The request could not be processed because the provided content is not valid JSON",
      detail: JSON.stringify(text),
    });
    const digest = createHash("sha1").update(body).digest("base64").slice(0, 27);
    return { status: 400, body, headers: { etag: `W/"${Buffer.byteLength(body).toString(16)}-${digest}"` } };
  },
};

/** Base of all configuration of a realm. */
export const REALM_CONFIG = "/am/json/realms/root/realms/:realm/realm-config";

/** The general answer for an object that is not there (aic §1.4). */
export function notFound(): ApiError {
  return new ApiError(404, "Not Found");
}

export function notInCloud(): ApiError {
  return new ApiError(403, "This operation is not available in PingOne Advanced Identity Cloud.");
}

export function invalidAttribute(validAttributes: readonly string[]): ApiError {
  return new ApiError(400, "Invalid attribute specified.", {
    detail: { validAttributes: [...validAttributes].sort() },
  });
}

/** @param attribute the name that the console shows (aic §1.4) */
export function invalidValue(attribute: string): ApiError {
  return new ApiError(400, `Data validation failed for the attribute, ${attribute}`);
}

/** Realm of a call; other realms than a tenant's do not exist. */
export function realmOf({ params }: Pick<Call, "params">): Realm {
  const name = params.realm ?? "";
  if (!isRealm(name)) throw notFound();
  return name;
}

/** `If-Match` and `If-None-Match`, which clients send and nobody recorded (aic §1.5): refused when they do not hold. */
export function checkConditions({ headers }: Call, revision: string | undefined): void {
  const refuse = () => new ApiError(412, "Precondition Failed");
  if (headers.get("if-none-match") === "*" && revision !== undefined) throw refuse();
  const wanted = headers.get("if-match")?.replace(/^"|"$/g, "");
  if (wanted === undefined) return;
  if (revision === undefined || (wanted !== "*" && wanted !== revision)) throw refuse();
}
