/** What claims of tokens may be called and hold, of applications and of resources alike (pingone §5.5, delegation §3). */
import { unknownRoot } from "../../fields/pingone-expressions.ts";
import { invalid } from "./dialect.ts";

/** Claims that PingOne sets itself. `sub` is there from the start, and is changed rather than made. */
const RESERVED = "acr amr at_hash aud auth_time azp client_id exp iat iss jti nbf nonce org scope sid sub".split(" ");

/** @throws {PingOneError} 400 for the name of a claim that nobody can make */
export function checkClaimName(name: string): void {
  if (RESERVED.includes(name) || name.startsWith("p1.")) throw invalid("name", `${name} is reserved`, "D");
}

/** @throws {PingOneError} 400 for an expression over something that PingOne does not know */
export function checkClaimValue(value: string): void {
  const root = unknownRoot(value);
  if (root !== undefined) throw invalid("value", `${root} is not known to expressions`, "T");
}
