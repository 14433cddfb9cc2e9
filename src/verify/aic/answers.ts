/** Answers of AM that several rules give alike (oauth-flows §8). */
import type { Exact } from "../expectation.ts";

export const badRequest = (description?: RegExp): Exact => ({
  status: 400,
  error: "invalid_request",
  ...(description && { description }),
});
export const invalidClient = (status: number): Exact => ({
  status,
  error: "invalid_client",
  description: /^Client authentication failed$/,
});
export const INVALID_SCOPE: Exact = {
  status: 400,
  error: "invalid_scope",
  description: /^Unknown\/invalid scope\(s\): \[.+\]$/,
};
export const INVALID_GRANT: Exact = {
  status: 400,
  error: "invalid_grant",
  description: /^The provided access grant is invalid, expired, or revoked\.$/,
};
export const NO_EXCHANGE = badRequest(/^Invalid token exchange\.$/);
export const NO_AUDIENCE = badRequest(/^Invalid audience requested\.$/);
export const AUDIENCE_NOT_ACCEPTED = badRequest(/^Audience parameters aren't accepted for this client/);
export const BAD_SIGNATURE = badRequest(/^JWT signature is invalid$/);
