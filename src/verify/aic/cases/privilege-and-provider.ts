/**
 * Cases beyond those of oauth-flows §8: refusals that the contract's procedures or a standard ask for without an id of
 * their own. On throw-away objects, too.
 */

import type { Negative } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { GRANT } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { textOf } from "../../http.ts";
import { sign, tampered } from "../../jwt.ts";
import { ACCESS_TOKEN_TYPE, basic, type Client, type Form, grant } from "../../oauth.ts";
import { type Asker, ask, askingClaims } from "../flows.ts";
import { agentPath, clientPath, whileInactive, withAttribute } from "../rig.ts";
import type { World } from "../world.ts";

const STATELESS = ["overrideOAuth2ClientConfig", "statelessTokensEnabled"] as const;

/** Requests of clients. */
export function furtherClientCases(world: World): Negative[] {
  const { rig, oauth, admin } = world;
  const flow = "client-credentials";
  const own = (change: Form = {}) =>
    oauth.post("access_token", rig.autonomous, { ...grant.clientCredentials(["own"]), ...change });
  const withBasic = (change: Form) => {
    const form = { ...grant.clientCredentials(["read"]), ...change } as Record<string, string>;
    const headers = { authorization: basic(rig.other) };
    return oauth.raw("access_token", { method: "POST", headers, body: new URLSearchParams(form) });
  };
  const opaque = () =>
    withAttribute(
      admin,
      agentPath(rig.realm, rig.autonomous),
      STATELESS,
      () => false,
      () => own(),
    );
  const token = async () => tokenOf(await own(), "token of the agent's own");
  const introspect = async (form: Form) => oauth.post("introspect", rig.autonomous, form);
  const introspected = async () => introspect({ token: await token() });
  return [
    { id: "C10", flow, twin: () => own(), provoke: () => own({ scope: ["own", "own"] }) },
    { id: "C11", flow, twin: () => withBasic({}), provoke: () => withBasic({ client_secret: rig.other.secret }) },
    { id: "C12", flow, twin: () => own(), provoke: () => own({ scope: undefined }) },
    { id: "C13", flow, twin: () => own(), provoke: opaque },
    { id: "I05", flow, twin: introspected, provoke: async () => introspect({ token: tampered(await token()) }) },
    { id: "I06", flow, twin: introspected, provoke: () => introspect({}) },
  ];
}

/** Tokens of users: their password, their refresh tokens, and what becomes of them. */
export function furtherUserCases(world: World): Negative[] {
  const { rig, oauth, admin } = world;
  const { application, autonomous, delegate, member, other } = rig;
  const signIn = (change: Form = {}) =>
    oauth.post("access_token", application, {
      ...grant.password(member.userName, member.password, ["openid"]),
      ...change,
    });
  const refresh = async (client: Client, change: Form = {}): Promise<Observation> => {
    const { body } = await signIn();
    const form = { grant_type: GRANT.refreshToken, refresh_token: textOf(body.refresh_token), ...change };
    return oauth.post("access_token", client, form);
  };
  const users = async () => tokenOf(await signIn(), "token of the user");
  const own = async (client: Client) =>
    tokenOf(await oauth.post("access_token", client, grant.clientCredentials(["own"])), "token of the agent's own");
  const exchange = async (client: Client, token: string, change: Form = {}) =>
    oauth.post("access_token", client, { ...grant.exchange(token, application.clientId, ["read"]), ...change });
  const onBehalf = async (change?: Form) => exchange(delegate, await users(), change);
  const forItself = async () => exchange(autonomous, await own(autonomous));
  const status = ["coreOAuth2ClientConfig", "status"] as const;
  const signOffApplication = async () => {
    const token = await users();
    const path = clientPath(rig.realm, application);
    return withAttribute(
      admin,
      path,
      status,
      () => "Inactive",
      () => exchange(delegate, token),
    );
  };
  const deactivated = async () => {
    const token = await users();
    return whileInactive(admin, rig.realm, member, () => exchange(delegate, token));
  };
  const dormant = () =>
    withAttribute(
      admin,
      agentPath(rig.realm, delegate),
      STATELESS,
      () => false,
      () => onBehalf(),
    );
  const acting = async () => onBehalf({ actor_token: await own(delegate), actor_token_type: ACCESS_TOKEN_TYPE });
  const user = "user-token";
  const flow = "exchange";
  return [
    { id: "U03", flow: user, twin: () => signIn(), provoke: () => signIn({ password: undefined }) },
    { id: "R01", flow: user, twin: () => refresh(application), provoke: () => refresh(other) },
    {
      id: "R02",
      flow: user,
      twin: () => refresh(application),
      provoke: () => refresh(application, { scope: "openid read" }),
      forbidden: { scope: "read" },
    },
    { id: "X21", flow, twin: () => onBehalf(), provoke: () => onBehalf({ subject_token: undefined }) },
    { id: "X22", flow, twin: () => onBehalf(), provoke: acting },
    { id: "X23", flow, twin: () => onBehalf(), provoke: signOffApplication },
    { id: "X24", flow, twin: () => onBehalf(), provoke: dormant, forbidden: { audience: application.clientId } },
    { id: "X25", flow, twin: () => onBehalf(), provoke: deactivated },
    { id: "X26", flow, twin: forItself, provoke: async () => exchange(autonomous, await own(delegate)) },
  ];
}

/** Requests to users. @param asker of the throw-away client */
export function furtherCibaCases(world: World, asker: Asker): Negative[] {
  const { rig, admin } = world;
  const flow = "ciba";
  const twin = () => ask(world, asker);
  let used: string | undefined;
  const once = async () => {
    used = await sign(askingClaims(world, asker), asker.key, { kid: asker.kid });
    return ask(world, asker, { request: used });
  };
  return [
    {
      id: "B22",
      flow,
      twin,
      provoke: () => ask(world, asker, { claims: { ...askingClaims(world, asker), login_hint: undefined } }),
    },
    { id: "B23", flow, twin: once, provoke: async () => ask(world, asker, { request: used ?? "" }) },
    { id: "B24", flow, twin, provoke: () => whileInactive(admin, rig.realm, rig.member, twin) },
  ];
}
