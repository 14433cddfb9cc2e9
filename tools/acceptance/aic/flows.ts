/** The token flows of AIC: an agent that is made for it, and what the verifier says of it, refusals included. */

import { randomBytes } from "node:crypto";
import type { AicContext } from "../../../src/providers/aic/context.ts";
import { type Plan, type VerifyOptions, verify } from "../../../src/verify/aic/index.ts";
import type { Flow } from "../compare.ts";
import { type Declared, make, type Stage, type Standing } from "../lives.ts";
import type { Tier } from "../wing.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const GRANT_TYPES = ["client_credentials", TOKEN_EXCHANGE];

type Place = Pick<VerifyOptions, "tenant" | "serviceAccount"> & {
  readonly prefix: string;
  readonly realm: string;
  readonly tier: Tier;
  /** Ids of the only cases. @default all */
  readonly cases?: readonly string[] | undefined;
};

/** Of an autonomous agent: nobody is asked to approve, and no person is acted for. */
export async function flowsOf(stage: Stage<AicContext>, { prefix, realm, tier, ...about }: Place): Promise<Flow[]> {
  const [agent, api] = [`${prefix}flow-agent`, `${prefix}flow-api`];
  const secrets = { [agent]: secret(), [api]: secret() };
  const standing: Standing<AicContext>[] = [];
  stage.step("flows before");
  try {
    for (const one of await grantTypesAt(stage, realm, tier)) standing.unshift(one);
    for (const declared of declaredFor(realm, agent, api, secrets))
      standing.unshift(await make(stage, declared, " of flows"));
    const { rows } = await verify(planFor(realm, agent, api), {
      ...{ ...about, target: "tenant" as const },
      credentials: {
        clientSecret: async (clientId) => secrets[clientId],
        password: async () => undefined,
        privateKey: async () => undefined,
      },
    });
    return rows.flatMap(({ case: id, title, agent: of, verdict, got }) => {
      if (id === "preflight") return [];
      return [
        {
          agent: of.replaceAll(prefix, ""),
          case: id,
          title: title.replaceAll(prefix, ""),
          outcome: `${verdict}, ${got.replaceAll(prefix, "")}`,
        },
      ];
    });
  } finally {
    stage.step("flows after");
    for (const one of standing) await one.remove();
  }
}

const secret = () => randomBytes(24).toString("base64url");

/** What the realm must offer, where it may be added: what was there before stays. */
async function grantTypesAt(stage: Stage<AicContext>, realm: string, tier: Tier): Promise<Standing<AicContext>[]> {
  if (tier !== "development") return [];
  const baseline = await make(stage, { type: "aic:ProviderBaseline", inputs: { realm } });
  const inputs = { realm, grantTypes: GRANT_TYPES, baseline: baseline.props.grantTypes };
  return [baseline, await make(stage, { type: "aic:GrantTypes", inputs }, " of flows")];
}

function declaredFor(realm: string, agent: string, api: string, secrets: Readonly<Record<string, string>>): Declared[] {
  const client = { realm, clientId: api, grantTypes: ["client_credentials"], scopes: ["read", "write"] };
  return [
    { type: "aic:OAuth2Client", inputs: { ...client, clientSecret: secrets[api] } },
    { type: "aic:Application", inputs: { realm, clientId: api, name: api, template: "service" } },
    {
      type: "aic:AiAgent",
      inputs: {
        ...{ realm, clientId: agent, name: agent, scopes: ["watch"], grantTypes: GRANT_TYPES },
        ...{ authMethod: "client_secret_post", clientSecret: secrets[agent] },
        overrides: {
          enabled: true,
          statelessTokensEnabled: true,
          acceptAudienceParametersInTokenExchangeRequests: true,
        },
      },
    },
    { type: "aic:AgentPrivilege", inputs: { realm, agent, application: api, scopes: ["read"] } },
  ];
}

function planFor(realm: string, agent: string, api: string): Plan {
  const application = {
    ...{ clientId: api, authMethod: "client_secret_basic", scopes: ["read", "write"] },
    grantTypes: ["client_credentials"],
  };
  return {
    ...{ realm, acr: [], applications: [application] },
    agents: [
      {
        ...{ clientId: agent, type: "AIAgent", pattern: "autonomous", authMethod: "client_secret_post" },
        ...{ scopes: ["watch"], grantTypes: GRANT_TYPES },
        access: [{ application, scopes: ["read"], subjects: [], subjectGroups: [] }],
      },
    ],
  };
}
