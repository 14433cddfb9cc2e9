/** The token flows of AIC: an autonomous agent, and in development one on behalf of a user who is made for it. */

import type { AicContext } from "../../../src/providers/aic/context.ts";
import { type Plan, type VerifyOptions, verify } from "../../../src/verify/aic/index.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import type { Report } from "../../../src/verify/report/report.ts";
import { type Add, secretText } from "../flows.ts";
import type { Declared } from "../lives.ts";
import type { Tier } from "./samples.ts";

/** How both agents authenticate, and may get tokens. */
const AGENT = { authMethod: "client_secret_post", grantTypes: [GRANT.clientCredentials, GRANT.tokenExchange] } as const;
/** An application that takes part in users' tokens: a login without a browser is by password. */
const WEB = { authMethod: "client_secret_post", grantTypes: [GRANT.password], scopes: ["openid", "read", "write"] };
const API = { authMethod: "client_secret_basic", grantTypes: [GRANT.clientCredentials], scopes: ["read", "write"] };

type Place = Pick<VerifyOptions, "tenant" | "serviceAccount" | "signal" | "cases"> & {
  readonly prefix: string;
  readonly realm: string;
  readonly tier: Tier;
};

/** What the verifier says. Nobody is asked to approve: that takes a person with a phone. */
export async function proveAic(add: Add<AicContext>, { prefix, realm, tier, ...about }: Place): Promise<Report> {
  const isDevelopment = tier === "development";
  const secrets = new Map<string, string>();
  const secretOf = (name: string) => {
    const secret = secrets.get(name) ?? secretText();
    secrets.set(name, secret);
    return secret;
  };
  if (isDevelopment) await addGrantTypes(add, realm);
  const names = { agent: `${prefix}flow-agent`, application: `${prefix}flow-api` };
  for (const declared of autonomous(realm, names, secretOf)) await add(declared);
  const people = { agent: `${prefix}flow-delegate`, application: `${prefix}flow-web`, user: `${prefix}flow-user` };
  if (isDevelopment) for (const declared of onBehalf(realm, people, secretOf)) await add(declared);
  return verify(planOf(realm, names, isDevelopment ? people : undefined), {
    ...{ ...about, target: "tenant" as const },
    credentials: {
      clientSecret: async (clientId) => secrets.get(clientId),
      password: async (userName) => secrets.get(userName),
      privateKey: async () => undefined,
    },
  });
}

/** What the realm must offer; what was there before stays. */
async function addGrantTypes(add: Add<AicContext>, realm: string): Promise<void> {
  const { props } = await add({ type: "aic:ProviderBaseline", inputs: { realm } });
  const grantTypes = [...AGENT.grantTypes, ...WEB.grantTypes];
  await add({ type: "aic:GrantTypes", inputs: { realm, grantTypes, baseline: props.grantTypes } });
}

type Names = { readonly agent: string; readonly application: string };
type SecretOf = (name: string) => string;

function autonomous(realm: string, { agent, application }: Names, secretOf: SecretOf): Declared[] {
  return [
    { type: "aic:OAuth2Client", inputs: { realm, clientId: application, ...API, clientSecret: secretOf(application) } },
    { type: "aic:Application", inputs: { realm, clientId: application, name: application, template: "service" } },
    agentNamed(realm, agent, secretOf),
    { type: "aic:AgentPrivilege", inputs: { realm, agent, application, scopes: ["read"] } },
  ];
}

type People = Names & { readonly user: string };

function onBehalf(realm: string, { agent, application, user }: People, secretOf: SecretOf): Declared[] {
  const person = { userName: user, givenName: "Acceptance", sn: "Run", mail: "acceptance@example.com" };
  return [
    { type: "aic:User", inputs: { realm, ...person, password: secretOf(user) } },
    { type: "aic:OAuth2Client", inputs: { realm, clientId: application, ...WEB, clientSecret: secretOf(application) } },
    { type: "aic:Application", inputs: { realm, clientId: application, name: application, template: "web" } },
    agentNamed(realm, agent, secretOf),
    { type: "aic:AgentPrivilege", inputs: { realm, agent, application, scopes: ["read"], subjects: [user] } },
  ];
}

function agentNamed(realm: string, agent: string, secretOf: SecretOf): Declared {
  const overrides = {
    enabled: true,
    statelessTokensEnabled: true,
    acceptAudienceParametersInTokenExchangeRequests: true,
  };
  const inputs = { realm, clientId: agent, name: agent, scopes: ["watch"], ...AGENT };
  return { type: "aic:AiAgent", inputs: { ...inputs, clientSecret: secretOf(agent), overrides } };
}

function planOf(realm: string, names: Names, people: People | undefined): Plan {
  const api = { clientId: names.application, ...API };
  const web = people && { clientId: people.application, ...WEB };
  const agent = { type: "AIAgent", scopes: ["watch"], ...AGENT } as const;
  const toRead = { scopes: ["read"], subjectGroups: [] };
  return {
    ...{ realm, acr: [], applications: [api, ...(web ? [web] : [])] },
    agents: [
      {
        ...{ ...agent, clientId: names.agent, pattern: "autonomous" },
        access: [{ ...toRead, application: api, subjects: [] }],
      },
      ...(people && web
        ? [
            {
              ...{ ...agent, clientId: people.agent, pattern: "on-behalf-of" as const },
              access: [{ ...toRead, application: web, subjects: [people.user] }],
            },
          ]
        : []),
    ],
  };
}
