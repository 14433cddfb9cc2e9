/** Token exchange with privileges: the decision procedure of oauth-flows §5.1, case by case (oauth-flows §8, X). */
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Reply } from "../../tenant.ts";
import { type Case, testCases } from "./case.ts";
import { config, createWorld, EXCHANGE, type Form, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(() => world.provision());

const own = (w: World) => w.accessTokenOf(w.ownToken("logs-agent"));
const user = (w: World) => w.accessTokenOf(w.userToken());
const logs = (w: World, form: Form) => w.exchange("logs-agent", { audience: "logs-api", scope: "logs-read", ...form });
const patch = (w: World, id: string, value: unknown, field = "/permissions") =>
  w.tenant.call("PATCH", `/openidm/managed/alpha_aiagentprivilege/${id}`, [{ operation: "replace", field, value }]);
const override = (w: World, attribute: string) =>
  w.set("AIAgent/logs-agent", "overrideOAuth2ClientConfig", attribute, false);
const withPassword = (w: World, userName: string) => ({
  username: userName,
  password: w.tenant.users[userName]?.password ?? "",
});
const asOwner = async (w: World) => {
  const subject_token = await w.accessTokenOf(w.userToken(withPassword(w, "demo.owner")));
  return w.exchange("assistant", { subject_token, audience: "web-app", scope: "read-data" });
};

const EXCHANGE_FAILED = "Invalid token exchange.";
const AUDIENCE = "Invalid audience requested.";
const NOT_ACCEPTED = "Audience parameters aren't accepted for this client (sandbox)";

/** A case on the autonomous exchange, which is its own twin. */
const self = (
  rule: Case["rule"],
  name: string,
  provoke: Case["provoke"],
  description: string,
  error = "invalid_request",
) => ({ rule, name, twin: (w: World) => w.autonomous(), provoke, error, description }) satisfies Case;
/** The same on the exchange on behalf of a user. */
const forUser = (
  rule: Case["rule"],
  name: string,
  provoke: Case["provoke"],
  description: string,
  error = "invalid_request",
) => ({ rule, name, twin: (w: World) => w.onBehalf(), provoke, error, description }) satisfies Case;

/** One altered character in the payload, in a claim that nothing else looks at. */
function forge(token: string): string {
  const [head, payload = "", signature] = token.split(".");
  const text = Buffer.from(payload, "base64url").toString().replace('"Bearer"', '"Bearef"');
  return [head, Buffer.from(text).toString("base64url"), signature].join(".");
}

const CASES: Case[] = [
  self("X01", "application without a privilege", (w) => w.autonomous({ audience: "web-app" }), AUDIENCE),
  self("X01", "audience that does not exist", (w) => w.autonomous({ audience: "nowhere" }), AUDIENCE),
  ...["logs-api2", "logs-ap", "LOGS-API"].map((audience) =>
    self("X02", `near miss ${audience}`, (w) => w.autonomous({ audience }), AUDIENCE),
  ),
  self("X03", "no audience", (w) => w.autonomous({ audience: [] }), AUDIENCE),
  self("X04", "empty audience", (w) => w.autonomous({ audience: "" }), AUDIENCE),
  self(
    "X05",
    "two audiences, one without a privilege",
    (w) => w.autonomous({ audience: ["logs-api", "web-app"] }),
    AUDIENCE,
  ),
  forUser(
    "X06",
    "scope outside the permissions",
    (w) => w.onBehalf({ scope: "read-data write-data" }),
    "Unknown/invalid scope(s): [write-data]",
    "invalid_scope",
  ),
  {
    rule: "X07",
    name: "empty permissions, scope the application lacks",
    twin: async (w) => {
      await patch(w, w.ids.assistantPrivilege, []);
      return w.onBehalf({ scope: "write-data" });
    },
    provoke: async (w) => {
      await patch(w, w.ids.assistantPrivilege, []);
      return w.onBehalf({ scope: "admin-action" });
    },
    error: "invalid_scope",
    description: "Unknown/invalid scope(s): [admin-action]",
  },
  forUser("X08", "user in neither subjects nor groups", asOwner, EXCHANGE_FAILED),
  self(
    "X09",
    "own token, privilege names subjects",
    async (w) => {
      const subject_token = await w.accessTokenOf(w.ownToken("assistant"));
      return w.exchange("assistant", { subject_token, audience: "web-app", scope: "read-data" });
    },
    EXCHANGE_FAILED,
  ),
  forUser(
    "X10",
    "user token, privilege names no subjects",
    async (w) => logs(w, { subject_token: await user(w) }),
    EXCHANGE_FAILED,
  ),
  self(
    "X11",
    "subject token with an altered payload",
    async (w) => logs(w, { subject_token: forge(await own(w)) }),
    EXCHANGE_FAILED,
  ),
  self(
    "X12",
    "expired subject token",
    async (w) => {
      const subject_token = await own(w);
      await w.advance(3600);
      return logs(w, { subject_token });
    },
    EXCHANGE_FAILED,
  ),
  self(
    "X13",
    "subject token of another realm",
    async (w) => {
      const sections = {
        coreOAuth2ClientConfig: { scopes: ["monitor-system"], userpassword: "canary-of-another-secret" },
        advancedOAuth2ClientConfig: {
          grantTypes: ["client_credentials"],
          tokenEndpointAuthMethod: "client_secret_post",
        },
      };
      await w.agent("logs-agent", sections, "bravo");
      const form = { grant_type: "client_credentials", client_id: "logs-agent", scope: "monitor-system" };
      const secret = { client_secret: "canary-of-another-secret" };
      const subject_token = await w.accessTokenOf(w.post("access_token", { ...form, ...secret }, {}, "bravo"));
      return logs(w, { subject_token });
    },
    EXCHANGE_FAILED,
  ),
  forUser(
    "X14",
    "refresh token passed as access token",
    async (w) => w.onBehalf({ subject_token: (await w.userToken()).body.refresh_token }),
    EXCHANGE_FAILED,
  ),
  forUser(
    "X14",
    "id token passed as access token",
    async (w) => w.onBehalf({ subject_token: await idToken(w) }),
    EXCHANGE_FAILED,
  ),
  self(
    "X15",
    "unknown requested_token_type",
    (w) => w.autonomous({ requested_token_type: "urn:x:id" }),
    EXCHANGE_FAILED,
  ),
  ...(["X16 providerOverridesEnabled", "X17 acceptAudienceParametersInTokenExchangeRequests"] as const).map((entry) => {
    const [rule, attribute] = entry.split(" ") as ["X16" | "X17", string];
    const provoke = async (w: World) => {
      const subject_token = await own(w);
      await override(w, attribute);
      return logs(w, { subject_token });
    };
    return self(rule, `${attribute} off`, provoke, NOT_ACCEPTED);
  }),
  self(
    "X24",
    "statelessTokensEnabled off",
    async (w) => {
      const subject_token = await own(w);
      await override(w, "statelessTokensEnabled");
      return logs(w, { subject_token });
    },
    NOT_ACCEPTED,
  ),
  forUser(
    "X18",
    "second agent exchanges the first one's exchanged token",
    async (w) => {
      const subject_token = await w.accessTokenOf(w.onBehalf());
      return w.exchange("second-agent", { subject_token, audience: "web-app", scope: "read-data" });
    },
    EXCHANGE_FAILED,
  ),
  forUser(
    "X19",
    "ordinary client exchanges",
    async (w) => w.exchange("bystander", { subject_token: await user(w), audience: "web-app", scope: "read-data" }),
    EXCHANGE_FAILED,
  ),
  self("X21", "no subject token", (w) => w.autonomous({ subject_token: "" }), EXCHANGE_FAILED),
  self("X21", "other subject_token_type", (w) => w.autonomous({ subject_token_type: "urn:x:id" }), EXCHANGE_FAILED),
  self(
    "X22",
    "actor token",
    async (w) => w.autonomous({ actor_token: await own(w), actor_token_type: "urn:x:access" }),
    EXCHANGE_FAILED,
  ),
  forUser(
    "X23",
    "subject token of a client that is inactive now",
    async (w) => {
      const subject_token = await user(w);
      await w.set("OAuth2Client/web-app", "coreOAuth2ClientConfig", "status", "Inactive");
      return w.exchange("assistant", { subject_token, audience: "web-app", scope: "read-data" });
    },
    EXCHANGE_FAILED,
  ),
  forUser(
    "X25",
    "user deactivated since",
    async (w) => {
      const subject_token = await user(w);
      const value = [{ operation: "replace", field: "/accountStatus", value: "inactive" }];
      await w.tenant.call("PATCH", `/openidm/managed/alpha_user/${w.ids.barbara}`, value);
      return w.exchange("assistant", { subject_token, audience: "web-app", scope: "read-data" });
    },
    EXCHANGE_FAILED,
  ),
  self(
    "X26",
    "another agent's own token",
    async (w) => logs(w, { subject_token: await w.accessTokenOf(w.ownToken("second-agent")) }),
    EXCHANGE_FAILED,
  ),
  {
    rule: "C12",
    name: "exchange without scope",
    twin: (w) => w.autonomous(),
    provoke: (w) => w.autonomous({ scope: "" }),
    error: "invalid_scope",
  },
  self(
    "X01",
    "X20: privilege deleted between two exchanges",
    async (w) => {
      await w.tenant.call("DELETE", `/openidm/managed/alpha_aiagentprivilege/${w.ids.logsPrivilege}`);
      return w.autonomous();
    },
    AUDIENCE,
  ),
];
testCases(CASES, () => world);

/** An ID token whose audience is the application, made by approving a request. */
async function idToken(w: World): Promise<string> {
  const id = await w.startOk();
  await w.answer("approve");
  return (await w.poll(id)).body.id_token;
}

const granted = (reply: Reply) => ({ status: reply.status, scope: reply.body.scope });

test("oauth-flows §5.1 a direct member of a subject group is a subject, once the group is named", async () => {
  const asEndUser = async () => {
    const subject_token = await world.accessTokenOf(world.userToken(withPassword(world, "end.user")));
    return world.exchange("assistant", { subject_token, audience: "web-app", scope: "read-data" });
  };
  expect((await asEndUser()).headers.get("x-sandbox-rule")).toBe("X08");
  await patch(world, world.ids.assistantPrivilege, [world.ref("group", "customers")], "/subjectGroups");
  expect(granted(await asEndUser())).toEqual({ status: 200, scope: "read-data" });
  expect((await asOwner(world)).headers.get("x-sandbox-rule"), "not a member").toBe("X08");
});

test("oauth-flows §5.1 several privileges are not added up, but any one of them may allow the request", async () => {
  await world.privilege(world.ids.logsAgent, world.ids.webApp, { permissions: world.scopesOf("read-data") });
  await world.privilege(world.ids.logsAgent, world.ids.webApp, { permissions: world.scopesOf("write-data") });
  for (const scope of ["read-data", "write-data"]) {
    expect(granted(await world.autonomous({ audience: "web-app", scope }))).toEqual({ status: 200, scope });
  }
  const both = await world.autonomous({ audience: "web-app", scope: "read-data write-data" });
  expect(both.headers.get("x-sandbox-rule")).toBe("X06");
});

test("oauth-flows §5.1 permissions may name scopes that the application does not list; resource is ignored", async () => {
  await patch(world, world.ids.logsPrivilege, world.scopesOf("logs-purge"));
  const reply = await world.autonomous({ scope: "logs-purge", resource: "https://elsewhere.example" });
  expect(granted(reply)).toEqual({ status: 200, scope: "logs-purge" });
  expect((await world.autonomous({ scope: "logs-read" })).headers.get("x-sandbox-rule")).toBe("X06");
});

test("oauth-flows §5.1 tokens already issued stay valid when the privilege is revoked", async () => {
  const token = await world.accessTokenOf(world.autonomous());
  await world.tenant.call("DELETE", `/openidm/managed/alpha_aiagentprivilege/${world.ids.logsPrivilege}`);
  expect((await world.get("tokeninfo", { authorization: `Bearer ${token}` })).status).toBe(200);
});

test("oauth-flows §2 exchange needs its grant at the provider and at the agent, as configured now", async () => {
  const subject_token = await own(world);
  await world.set("AIAgent/logs-agent", "advancedOAuth2ClientConfig", "grantTypes", ["client_credentials"]);
  expect((await logs(world, { subject_token })).body.error).toBe("unauthorized_client");
  await world.set("AIAgent/logs-agent", "advancedOAuth2ClientConfig", "grantTypes", [EXCHANGE]);
  expect((await logs(world, { subject_token })).body.error, "its client needs no grant any more").toBeUndefined();
  await world.amendProvider((document) => {
    document.advancedOAuth2Config.grantTypes = ["client_credentials"];
  });
  expect((await logs(world, { subject_token })).body.error).toBe("unsupported_grant_type");
});

test("a privilege whose application lost its client, or is gone, allows nothing", async () => {
  const subject_token = await own(world);
  await world.tenant.call("DELETE", `${config()}/agents/OAuth2Client/logs-api`);
  expect((await logs(world, { subject_token })).headers.get("x-sandbox-rule")).toBe("X01");
});
