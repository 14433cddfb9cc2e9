/** Cases that change configuration: on throw-away objects only, each change undone before the next case (oauth-flows §9). */

import type { Negative } from "../../case.ts";
import { tokenOf } from "../../credentials.ts";
import { GRANT, type Pattern } from "../../grants.ts";
import type { Observation } from "../../http.ts";
import { type Client, type Form, grant } from "../../oauth.ts";
import { agentPath, clientPath, providerPath, type RigUser, whileInactive, withAttribute } from "../rig.ts";
import type { World } from "../world.ts";
import { authenticationCases } from "./client-authentication.ts";
import { furtherClientCases, furtherUserCases } from "./privilege-and-provider.ts";

/** @param patterns those that the plan has; others are not tried */
export function throwAwayCases(world: World, patterns: ReadonlySet<Pattern>): Negative[] {
  const exchanging = patterns.has("autonomous") || patterns.has("on-behalf-of");
  const cases = [...clientCases(world), ...furtherClientCases(world)];
  if (!exchanging) return cases;
  return [
    ...cases,
    ...userCases(world),
    ...exchangeCases(world),
    ...furtherUserCases(world),
    // The last one: the privilege stays deleted.
    deletedPrivilege(world),
  ];
}

function deletedPrivilege({ rig, oauth, admin }: World): Negative {
  const exchange = async () => {
    const own = await oauth.post("access_token", rig.autonomous, grant.clientCredentials(["own"]));
    const form = grant.exchange(tokenOf(own, "token of the agent's own"), rig.application.clientId, ["read"]);
    return oauth.post("access_token", rig.autonomous, form);
  };
  const provoke = async () => {
    await admin.write("DELETE", rig.autonomousPrivilege);
    return exchange();
  };
  return { id: "X20", flow: "exchange", twin: exchange, provoke, forbidden: { audience: rig.application.clientId } };
}

function clientCases(world: World): Negative[] {
  const { rig, oauth, admin, target } = world;
  const flow = "client-credentials";
  const agent = agentPath(rig.realm, rig.autonomous);
  const own = () => oauth.post("access_token", rig.autonomous, grant.clientCredentials(["own"]));
  const grants = ["advancedOAuth2ClientConfig", "grantTypes"] as const;
  const providerGrants = ["advancedOAuth2Config", "grantTypes"] as const;
  const without = (name: string) => (list: unknown) => (list as string[]).filter((one) => one !== name);
  const request = {
    flow,
    client: async () => rig.other,
    form: async () => grant.clientCredentials(["read"]),
  } as const;
  const inactive = () => withAttribute(admin, agent, ["coreOAuth2ClientConfig", "status"], () => "Inactive", own);
  const cases: Negative[] = [
    ...authenticationCases(world, "client_secret_basic", request),
    { id: "C04", flow, twin: own, provoke: inactive },
    {
      id: "C06",
      flow,
      twin: own,
      provoke: () => withAttribute(admin, agent, grants, without(GRANT.clientCredentials), own),
    },
  ];
  // The provider is shared by everybody in the realm: on a tenant nobody takes a grant away to see what happens.
  if (target === "tenant") return cases;
  const unoffered = () =>
    withAttribute(admin, providerPath(rig.realm), providerGrants, without(GRANT.clientCredentials), own);
  return [...cases, { id: "C05", flow, twin: own, provoke: unoffered }];
}

function userCases(world: World): Negative[] {
  const { rig, admin, oauth } = world;
  const ask = () => userTokenOf(world, rig.member);
  const deactivated = () => whileInactive(admin, rig.realm, rig.member, ask);
  const wrong = () =>
    oauth.post(
      "access_token",
      rig.application,
      grant.password(rig.member.userName, `${rig.member.password}x`, ["openid"]),
    );
  return [
    { id: "U01", flow: "user-token", twin: ask, provoke: wrong },
    { id: "U02", flow: "user-token", twin: ask, provoke: deactivated },
  ];
}

function exchangeCases(world: World): Negative[] {
  const { rig, admin, oauth, clock } = world;
  const flow = "exchange";
  const { application, other, autonomous, delegate, member } = rig;
  const send = (client: Client, token: string, change: Form = {}) =>
    oauth.post("access_token", client, { ...grant.exchange(token, application.clientId, ["read"]), ...change });
  const own = async (agent: Client = autonomous, realm = oauth) =>
    tokenOf(await realm.post("access_token", agent, grant.clientCredentials(["own"])), "token of the agent's own");
  const users = async () => tokenOf(await userTokenOf(world, member), "token of the user");
  const forItself = async (change?: Form) => send(autonomous, await own(), change);
  const onBehalf = async (change?: Form) => send(delegate, await users(), change);
  const forbidden = { audience: application.clientId };

  const overrides = (attribute: string) => () =>
    withAttribute(
      admin,
      agentPath(rig.realm, autonomous),
      ["overrideOAuth2ClientConfig", attribute],
      () => false,
      forItself,
    );
  /** A token whose life is so short that the case can wait for its end. */
  const shortLived = async (act: (token: string) => Promise<Observation>) =>
    withAttribute(
      admin,
      clientPath(rig.realm, application),
      ["coreOAuth2ClientConfig", "accessTokenLifetime"],
      () => LIFE,
      async () => act(await users()),
    );
  const late = <Result>(act: () => Promise<Result>) => clock.wait(LIFE + 1).then(act);

  return [
    {
      id: "X07",
      flow,
      twin: () => withoutPermissions(world, () => forItself({ scope: "write" })),
      provoke: () => withoutPermissions(world, () => forItself({ scope: "ping-agents-unlisted" })),
      forbidden: { scope: "ping-agents-unlisted" },
    },
    { id: "X09", flow, twin: onBehalf, provoke: async () => send(delegate, await own(delegate)) },
    { id: "X10", flow, twin: forItself, provoke: async () => send(autonomous, await users()) },
    {
      id: "X12",
      flow,
      twin: () => shortLived((token) => send(delegate, token)),
      provoke: () => shortLived((token) => late(() => send(delegate, token))),
    },
    {
      id: "X13",
      flow,
      twin: forItself,
      provoke: async () => send(autonomous, await own(rig.namesake, world.otherRealm)),
    },
    {
      id: "X14",
      flow,
      twin: onBehalf,
      provoke: async () => {
        const { body } = await userTokenOf(world, member);
        return send(delegate, String(body.refresh_token));
      },
    },
    { id: "X16", flow, twin: forItself, provoke: overrides("providerOverridesEnabled"), forbidden },
    {
      id: "X17",
      flow,
      twin: forItself,
      provoke: overrides("acceptAudienceParametersInTokenExchangeRequests"),
      forbidden,
    },
    {
      id: "X18",
      flow,
      twin: onBehalf,
      provoke: async () => {
        const first = await send(autonomous, await users(), { audience: other.clientId });
        return send(delegate, tokenOf(first, "exchanged token of another agent"));
      },
    },
    { id: "X19", flow, twin: onBehalf, provoke: async () => send(other, await users()) },
    {
      id: "I02",
      variant: "expired",
      flow,
      twin: () => shortLived((token) => oauth.tokeninfo(token)),
      provoke: () => shortLived((token) => late(() => oauth.tokeninfo(token))),
    },
  ];
}

/** Seconds; long enough for the twin to be done within. */
const LIFE = 10;

function userTokenOf({ oauth, rig }: World, user: RigUser): Promise<Observation> {
  return oauth.post("access_token", rig.application, grant.password(user.userName, user.password, ["openid"]));
}

/** While the privilege names no scope, which means every scope of the application (aic §3.1). */
async function withoutPermissions<Result>({ admin, rig }: World, act: () => Promise<Result>): Promise<Result> {
  const set = (value: unknown) =>
    admin.write("PATCH", rig.autonomousPrivilege, [{ operation: "replace", field: "/permissions", value }]);
  try {
    await set([]);
    return await act();
  } finally {
    await set([{ type: "scopes", values: ["read"] }]);
  }
}
