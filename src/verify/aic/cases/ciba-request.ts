/** Requests to a user that must not start: the B cases of `bc-authorize` that need nothing changed (oauth-flows §6.1). */
import { exportJWK, generateKeyPair } from "jose";
import type { Negative } from "../../case.ts";
import type { Observation } from "../../http.ts";
import { type RequestClaims, sign, unsigned } from "../../jwt.ts";
import { type Asker, ask, askingClaims } from "../flows.ts";
import { signingKey } from "../rig.ts";
import type { World } from "../world.ts";

/** @param asking the way to an agent that can ask */
export function cibaRequestCases(world: World, asking: () => Promise<Asker>): Negative[] {
  const flow = "ciba";
  const { oauth } = world;
  const twin = async () => ask(world, await asking());
  /** A request whose claims differ. */
  const claiming = async (
    change: (claims: RequestClaims, now: number) => Partial<RequestClaims>,
  ): Promise<Observation> => {
    const asker = await asking();
    const claims = askingClaims(world, asker);
    return ask(world, asker, { claims: { ...claims, ...change(claims, world.clock.now()) } });
  };
  /** A request that is signed otherwise. */
  const signed = async (
    make: (claims: RequestClaims, asker: Asker) => Promise<string> | string,
  ): Promise<Observation> => {
    const asker = await asking();
    return ask(world, asker, { request: await make(askingClaims(world, asker), asker) });
  };
  const one = (id: Negative["id"], variant: string, provoke: Negative["provoke"]): Negative => ({
    id,
    flow,
    twin,
    provoke,
    ...(variant && { variant }),
  });
  return [
    one("B01", "", async () => oauth.post("bc-authorize", (await asking()).client, {})),
    one("B02", "none", () => signed((claims) => unsigned(claims))),
    one("B02", "HS256 with the client secret", () =>
      signed((claims, { client, kid }) => sign(claims, new TextEncoder().encode(client.secret), { alg: "HS256", kid })),
    ),
    one("B02", "RS256", () =>
      signed(async (claims, { kid }) => {
        const { privateKey } = await generateKeyPair("RS256", { extractable: true });
        return sign(claims, await exportJWK(privateKey), { alg: "RS256", kid });
      }),
    ),
    one("B03", "", () => signed(async (claims, { kid }) => sign(claims, (await signingKey()).privateKey, { kid }))),
    one("B06", "", () => claiming(({ iss }) => ({ iss: `${iss}x` }))),
    one("B07", "", () => claiming(({ aud }) => ({ aud: withoutPort(aud) }))),
    one("B08", "", () => claiming((_, now) => ({ exp: now - 60 }))),
    // Some seconds more than the limit: the request takes its time, and the two clocks are not one.
    one("B09", "", () => claiming((_, now) => ({ exp: now + 1800 + 30 }))),
    one("B10", "", () => claiming((_, now) => ({ nbf: now + 600, exp: now + 900 }))),
    one("B11", "without openid", () => claiming(({ scope }) => ({ scope: scope.replace(/^openid /, "") }))),
    one("B11", "not the client's", () => claiming(({ scope }) => ({ scope: `${scope} ping-agents-unlisted` }))),
    one("B12", "missing", () => claiming(() => ({ acr_values: undefined }))),
    one("B12", "unmapped", () => claiming(() => ({ acr_values: "ping-agents-unmapped" }))),
    one("B13", "101 characters", () => claiming(() => ({ binding_message: "x".repeat(101) }))),
    one("B13", "starts with £", () => claiming(({ binding_message }) => ({ binding_message: `£${binding_message}` }))),
    one("B13", "starts with a space", () =>
      claiming(({ binding_message }) => ({ binding_message: ` ${binding_message}` })),
    ),
    one("B13", "line break", () => claiming(({ binding_message }) => ({ binding_message: `${binding_message}\nx` }))),
    one("B14", "", () => claiming(() => ({ login_hint: "ping-agents-nobody" }))),
    one("B15", "", async () => {
      const asker = await asking();
      const request = await sign(askingClaims(world, asker), asker.key, { kid: asker.kid });
      return oauth.post("bc-authorize", asker.client, { request, scope: "openid" });
    }),
  ];
}

/** The issuer as it looks to one who forgets that AM writes the port (oauth-flows §1). */
function withoutPort(issuer: string): string {
  return issuer.replace(/^(https?:\/\/[^/]+):\d+/, "$1");
}
