/** How PingOne's management API answers: errors with details, a correlation id, and how each refusal is known. */
import { randomUUID } from "node:crypto";
import { ApiError, Gap } from "../errors.ts";
import type { Dialect } from "../http.ts";

/** Scope that tells a worker's token from those of AIC's service accounts; PingOne itself knows roles, not scopes. */
export const WORKER = "pingone:worker";

/**
 * How a behaviour is known: D documentation, S published client, T third party on a tenant, I inferred, U unknown and so
 * refused (pingone §0); V Ping's reference repository on a tenant, N a design note that a third party kept (delegation §0).
 */
export type Evidence = "D" | "S" | "T" | "I" | "U" | "V" | "N";

/** One entry of `details[]` (pingone §3.3). */
export type Detail = {
  readonly code: string;
  readonly target: string;
  readonly message: string;
  readonly innerError?: Readonly<Record<string, unknown>>;
};

/** An error of the management API. */
export class PingOneError extends ApiError {
  readonly errorCode: string;
  readonly details: readonly Detail[];

  constructor(status: number, errorCode: string, message: string, evidence: Evidence, details: readonly Detail[] = []) {
    super(status, message, { headers: { "x-sandbox-evidence": evidence } });
    this.errorCode = errorCode;
    this.details = details;
  }
}

/** 400 `INVALID_DATA` with all that is wrong. */
export function invalidData(evidence: Evidence, details: readonly Detail[]): PingOneError {
  return new PingOneError(400, "INVALID_DATA", "The request could not be completed.", evidence, details);
}

/** 400 `INVALID_DATA` about one property. */
export function invalid(target: string, message: string, evidence: Evidence, code = "INVALID_VALUE"): PingOneError {
  return invalidData(evidence, [{ code, target, message }]);
}

/** A name that must be unique is taken. The code is an example, not confirmed (pingone §8 G5). */
export function taken(target: string): PingOneError {
  return invalid(target, `must be unique: ${target}`, "I", "UNIQUENESS_VIOLATION");
}

export function absent(what: string): PingOneError {
  return new PingOneError(404, "NOT_FOUND", `There is no such ${what}.`, "D");
}

const CODES: Readonly<Record<number, string>> = { 400: "INVALID_REQUEST", 401: "ACCESS_FAILED", 403: "ACCESS_FAILED" };

export const dialect: Dialect = {
  scopes: [WORKER],
  error: (error) => ({
    id: randomUUID(),
    code: codeOf(error),
    message: error.message,
    ...(error instanceof PingOneError && error.details.length > 0 && { details: error.details }),
  }),
  unparsable: () => new PingOneError(400, "INVALID_REQUEST", "The request body is not JSON.", "I"),
};

function codeOf(error: ApiError): string {
  if (error instanceof PingOneError) return error.errorCode;
  return error instanceof Gap ? "NOT_SERVED" : (CODES[error.status] ?? "UNEXPECTED_ERROR");
}
