/** The token flows of PingOne: of an agent that may do all of them. Those in which a person takes part cannot be tried. */

import type { PingOneSettings } from "../../../src/admin-api/pingone/settings.ts";
import type { PingOneContext } from "../../../src/providers/pingone/context.ts";
import { GRANT } from "../../../src/verify/grants.ts";
import { verifyPingOne } from "../../../src/verify/pingone/index.ts";
import type { Report, Row } from "../../../src/verify/report/report.ts";
import type { Add } from "../flows.ts";

type Place = {
  readonly settings: PingOneSettings;
  readonly environmentId: string;
  readonly prefix: string;
  readonly signal: AbortSignal | undefined;
};

const GRANT_TYPES = [GRANT.clientCredentials, GRANT.tokenExchange, GRANT.ciba];
const CLIENT = { authMethod: "client_secret_basic", grantTypes: GRANT_TYPES };
/** Seconds. */
const LIFETIME = 900;

/** What the verifier says. It is told of no user: on a real environment it takes one in a browser, or with a phone. */
export async function provePingOne(
  add: Add<PingOneContext>,
  { settings, environmentId, prefix, signal }: Place,
): Promise<Report> {
  const { authUrl, apiUrl, clientId, clientSecret } = settings;
  const [key, resource, scopes] = [`${prefix}flow-agent`, `${prefix}flow-api`, [`${prefix}flow-read`]];
  const audience = `https://${resource}.example.com`;
  const agent = await add({ type: "pingone:AiAgent", inputs: { name: key, ...CLIENT, onRemove: "delete" } });
  const described = Object.fromEntries(scopes.map((scope) => [scope, ""]));
  const api = { name: resource, audience, accessTokenLifetime: LIFETIME, scopes: described };
  await add({ type: "pingone:Resource", inputs: api });
  await add({ type: "pingone:ScopeGrant", inputs: { application: key, resource, scopes } });
  const secret = await add({ type: "pingone:Secret", inputs: { application: key, output: true } });
  const access = { resource, scopes, audience, lifetime: LIFETIME };
  const declared = { key, name: key, enabled: true, pattern: "on-behalf-of", mixesResources: false } as const;
  return verifyPingOne(
    {
      agents: [{ ...declared, ...CLIENT, access: [access], actsFor: [access], openid: [] }],
      ...{ applications: [], resources: [{ name: resource, scopes, claims: {} }], scopes },
    },
    {
      ...{ target: "tenant", authUrl, signal },
      credentials: {
        clientId: async () => String(agent.props.clientId),
        clientSecret: async () => String(secret.props.secret),
        password: async () => undefined,
        privateKey: async () => undefined,
      },
      worker: {
        ...{ apiUrl, environmentId, issuer: `${authUrl}/${settings.environmentId}/as` },
        client: { clientId, secret: clientSecret, authMethod: "client_secret_basic" },
      },
    },
  );
}

const PAGES: Readonly<Record<string, string>> = {
  exchange: "pingone §5.6",
  "user-token": "pingone §5.6",
  ciba: "pingone §5.9",
};

/** The part of the page that is about a flow. */
export const citeOf = ({ flow }: Row): string => PAGES[flow] ?? "pingone §2.4";
