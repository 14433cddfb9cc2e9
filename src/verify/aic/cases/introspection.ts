/** Who may look at a token (oauth-flows §3.3). */

import type { Negative } from "../../case.ts";
import { clientOf } from "../../credentials.ts";
import type { Flow } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { tampered } from "../../jwt.ts";
import { basic } from "../../oauth.ts";
import type { ClientPlan } from "../plan.ts";
import type { World } from "../world.ts";

/**
 * @param owner a client that may introspect the token
 * @param token the way to a token
 */
export function introspectionCases(
  world: World,
  flow: Flow,
  owner: ClientPlan,
  token: () => Promise<string>,
): Negative[] {
  const { oauth, rig } = world;
  const introspect = async (): Promise<Observation> => oauth.introspect(await clientOf(world, owner), await token());
  const show = async () => oauth.tokeninfo(await token());
  const showTwice = async () => {
    const text = await token();
    const query = `?${new URLSearchParams({ access_token: text })}`;
    return oauth.raw("tokeninfo", { headers: { authorization: `Bearer ${text}` } }, query);
  };
  const byGet = async () => {
    const headers = { authorization: basic(await clientOf(world, owner)) };
    return oauth.raw("introspect", { headers }, `?${new URLSearchParams({ token: await token() })}`);
  };
  return [
    { id: "I01", flow, twin: introspect, provoke: async () => oauth.introspect(rig.other, await token()) },
    { id: "I02", variant: "broken", flow, twin: show, provoke: async () => oauth.tokeninfo(tampered(await token())) },
    { id: "I03", flow, twin: show, provoke: showTwice },
    { id: "I04", flow, twin: introspect, provoke: byGet },
  ];
}
