/** Public keys that sign CIBA requests: EC P-256 for ES256, each named by its thumbprint (oauth-flows §7, RFC 7638). */

import { createHash } from "node:crypto";
import { z } from "zod";
import { refusePrivateMembers } from "../jwk.ts";

const coordinate = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, "a coordinate of P-256 is 43 characters of base64url")
  .meta({ description: "Coordinate of the public point", examples: ["MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"] });
const key = z
  .strictObject({
    kty: z.literal("EC").describe("Key type"),
    crv: z.literal("P-256").describe("Curve"),
    x: coordinate,
    y: coordinate,
    use: z.literal("sig").describe("What the key is for"),
    alg: z.literal("ES256").describe("Algorithm"),
    kid: z.string().meta({
      description: "Id of the key: its thumbprint (RFC 7638)",
      examples: ["cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"],
    }),
  })
  .refine((jwk) => jwk.kid === thumbprint(jwk), {
    path: ["kid"],
    message: "is not the key's thumbprint (RFC 7638); npx ping-agents keys makes keys that are named right",
  });

/** The published key set: one key, or two while one replaces the other. */
export const cibaKeys = z.strictObject({
  keys: z
    .array(z.preprocess(refusePrivateMembers, key))
    .min(1, "holds no key: npx ping-agents keys makes one")
    .max(2, "more than two keys: take out the one that was retired")
    .refine((list) => new Set(list.map(({ kid }) => kid)).size === list.length, "two keys have the same kid")
    .describe("The keys; `npx ping-agents keys` makes and publishes them"),
});

function thumbprint({ crv, kty, x, y }: { crv: string; kty: string; x: string; y: string }): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
