/** What no published JSON Web Key may hold. */

import { z } from "zod";

/** Members that hold private key material, or make a key symmetric (RFC 7518 §6). */
export const PRIVATE_MEMBERS: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** Refuses a JWK with private members, before a schema looks at the rest of it. For `z.preprocess`. */
export function refusePrivateMembers(value: unknown, { addIssue }: z.RefinementCtx): unknown {
  const found = typeof value === "object" && value !== null ? PRIVATE_MEMBERS.filter((member) => member in value) : [];
  if (found.length === 0) return value;
  addIssue({ code: "custom", message: `private member ${found.join(", ")}: publish the public key only` });
  return z.NEVER;
}
