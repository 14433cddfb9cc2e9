/** The published keys of a CIBA client against the private key at hand (oauth-flows §7). */

import { calculateJwkThumbprint, type JWK } from "jose";
import { called, type Finding } from "../finding.ts";
import { isObject } from "../http.ts";
import { isEnabled, type Plan } from "./plan.ts";
import type { Snapshot } from "./snapshot.ts";

/** Members of a JWK that nobody but its owner may see (RFC 7518 §6). */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** The keys of a JWK set's text; a single JWK is a set of one (aic §5.3). */
export function publishedKeys(jwkSet: string | undefined): JWK[] {
  try {
    const parsed: unknown = JSON.parse(jwkSet ?? "");
    const keys = isObject(parsed) && Array.isArray(parsed.keys) ? parsed.keys : [parsed];
    return keys.filter(isObject) as JWK[];
  } catch {
    return [];
  }
}

/** What is wrong with a published set: private members (K01), and keys that nobody can tell apart or verify with (K02). */
export async function keyProblems(keys: readonly JWK[]): Promise<{ leaked: string[]; unfit: string[] }> {
  const members = PRIVATE_MEMBERS.filter((member) => keys.some((key) => member in key));
  const unfit: string[] = [];
  for (const key of keys) {
    const { kid = "(none)", kty, crv, use = "sig" } = key;
    if (kid !== (await thumbprint(key))) unfit.push(`the kid ${kid} is not the key's RFC 7638 thumbprint`);
    if (kty !== "EC" || crv !== "P-256" || use !== "sig") unfit.push(`the key ${kid} is no EC P-256 signing key`);
  }
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) unfit.push("two keys have the same kid");
  const leaked = members.length ? [`private members are published (${members.join(", ")})`] : [];
  return { leaked, unfit };
}

function thumbprint(key: JWK): Promise<string | undefined> {
  return calculateJwkThumbprint(key).catch(() => undefined);
}

/**
 * Findings about every agent that signs requests.
 *
 * @param privateKey the private key at hand for a client id, if any
 */
export async function findKeyCauses(
  { agents }: Plan,
  { clients }: Snapshot,
  privateKey: (clientId: string) => Promise<JWK | undefined>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { clientId, name, ciba } of agents.filter(isEnabled)) {
    const found = clients.get(clientId);
    if (!ciba || !found) continue;
    const add = (code: string, message: string) =>
      void findings.push({ code, agent: clientId, flows: ["ciba"], message: `${called(clientId, name)}: ${message}` });
    if (found.publicKeyLocation !== "jwks") {
      add(
        "key-location",
        `its public keys are taken from ${found.publicKeyLocation}; set the public key location to jwks`,
      );
    }
    const keys = publishedKeys(found.jwkSet);
    const { leaked, unfit } = await keyProblems(keys);
    for (const problem of leaked) add("private-key-published", `${problem}; replace the key at once`);
    for (const problem of unfit) add("key-unfit", `${problem}; publish it with ping-agents keys`);
    const key = await privateKey(clientId);
    const own = key && (await thumbprint(key));
    const published = await Promise.all(keys.map(thumbprint));
    if (own && !published.includes(own)) {
      const shown = keys.map(({ kid }) => kid).join(", ") || "none";
      add(
        "kid-mismatch",
        `the private key at hand (kid ${own}) is not published (published: ${shown}); publish its public part with ping-agents keys, or use the other private key`,
      );
    }
  }
  return findings;
}
