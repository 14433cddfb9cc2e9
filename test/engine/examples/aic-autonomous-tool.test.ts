/** Example stack A-a: each row of the tables of delegation §1.5, as a request; drift of what follows, and its repair. */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { aicAccess } from "../../../src/access/aic/rows.ts";
import { keyOf } from "../../../src/access/row.ts";
import { connectAic } from "../../../src/admin-api/aic/tenant.ts";
import { aicPlanOf } from "../../../src/cli/verify/aic-plan.ts";
import { aicDeclarationSchema } from "../../../src/components/aic/declaration.ts";
import { declaredAccess } from "../../../src/components/aic/declared-world.ts";
import { TOKEN_EXCHANGE } from "../../../src/fields/grant-types.ts";
import { aicContexts } from "../../../src/providers/aic/context.ts";
import { liveFacts } from "../../../src/providers/aic/live-access.ts";
import { verify } from "../../../src/verify/aic/index.ts";
import { startAic } from "../../support/aic.ts";
import { hands, part } from "../../support/hands.ts";
import { summary } from "../cli.ts";
import { openProject } from "../project.ts";

const scope = "supply-chain:restock";
const [AGENT, EXT, TOOL] = ["crm-agent", "gateway-extension", "supply-chain-mcp-tool"];
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
const NAME = "aic-autonomous-tool";

const tenant = await startAic();
afterAll(() => tenant.stop());
const declaration = readFileSync(new URL(`../../../stacks/examples/${NAME}.yaml`, import.meta.url), "utf8");
const stack = await openProject(tenant)(NAME, declaration);
const before = await tenant.dump();
const { created = 0 } = summary(await stack.up());
const scripts = tenant.admin.am("alpha").collection("scripts", "protocol=2.0,resource=1.0");
const clientSecrets = async () => {
  const { stdout } = await stack.run(["stack", "output", "secrets", "--show-secrets", "--json"]);
  return JSON.parse(stdout) as Record<string, string>;
};
let secrets = await clientSecrets();

type Form = Record<string, string | undefined>;

const service = `${tenant.url}/am/oauth2/realms/root/realms/alpha`;
async function post(client: string, form: Form) {
  const given = Object.entries(form).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as [string, string]],
  );
  const response = await fetch(`${service}/access_token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client}:${secrets[client]}`).toString("base64")}` },
    body: new URLSearchParams(given),
  });
  const { access_token, error, error_description } = (await response.json()) as Record<string, string>;
  const claims = access_token === undefined ? {} : decodeJwt(access_token);
  return { status: response.status, token: access_token ?? "", claims, error, text: error_description };
}

const own = (client: string) => post(client, { grant_type: "client_credentials", scope });
/** The exchange as the stack has it, with what differs. */
async function exchange(change: Form = {}, client = EXT) {
  return post(client, {
    ...{ grant_type: TOKEN_EXCHANGE, scope, audience: TOOL, requested_token_type: ACCESS_TOKEN },
    ...{ subject_token: (await own(AGENT)).token, subject_token_type: ACCESS_TOKEN },
    ...{ actor_token: (await own(EXT)).token, actor_token_type: ACCESS_TOKEN },
    ...change,
  });
}

test("is drift-free: nothing to do, and nothing to see", async () => {
  expect(summary(await stack.up())).toEqual({ unchanged: created });
  expect(summary(await stack.drift())).toEqual({ unchanged: created });
});

describe("Try", () => {
  test("1: the agent's own token is for the gateway, and names the extension", async () => {
    const { claims } = await own(AGENT);
    expect(claims).toMatchObject({
      ...{ sub: AGENT, client_id: AGENT, aud: "google-cloud-agent-gateway", scope: [scope] },
      may_act: { client_id: EXT, sub: EXT },
    });
  });

  test("2: the extension's own token", async () => {
    const { claims } = await own(EXT);
    expect(claims).toMatchObject({ sub: EXT, client_id: EXT, aud: EXT, scope: [scope] });
    expect(claims).not.toHaveProperty("may_act");
  });

  test("3: the extension exchanges the agent's token for one for the tool", async () => {
    const { status, claims } = await exchange();
    expect(status).toBe(200);
    expect(claims).toMatchObject({ sub: AGENT, client_id: EXT, aud: [EXT, TOOL], act: { sub: EXT } });
    expect(claims).not.toHaveProperty("may_act");
  });

  test("4: the keys of the realm check it", async () => {
    const { token } = await exchange();
    const keys = createRemoteJWKSet(new URL(`${service}/connect/jwk_uri`));
    const { protectedHeader } = await jwtVerify(token, keys, { algorithms: ["RS256"], audience: TOOL });
    expect(protectedHeader.alg).toBe("RS256");
  });
});

describe("Refused", () => {
  const refused = { status: 400, error: "invalid_request", text: "Invalid token exchange.", token: "" };
  const noAudience = { ...refused, text: "Invalid audience requested." };

  test("an actor token that is not the named one's", async () => {
    expect(await exchange({ actor_token: (await own(AGENT)).token })).toMatchObject(refused);
  });

  test("no actor token", async () => {
    expect(await exchange({ actor_token: undefined, actor_token_type: undefined })).toMatchObject(refused);
  });

  test("a subject token without may_act", async () => {
    expect(await exchange({ subject_token: (await own(EXT)).token })).toMatchObject(refused);
  });

  test.each(["another-tool", `${TOOL}/restock`, ""])('the audience "%s"', async (audience) => {
    expect(await exchange({ audience })).toMatchObject(noAudience);
  });

  test("the exchanged token, exchanged onward", async () => {
    expect(await exchange({ subject_token: (await exchange()).token })).toMatchObject(refused);
  });

  test("where the provider takes no audience, nothing reaches the tool", async () => {
    const accept = (value: boolean) =>
      hands(tenant).provider((document) => {
        part(document, "advancedOAuth2Config").acceptAudienceParametersInTokenExchangeRequests = value;
      });
    await accept(false);
    expect((await exchange()).claims.aud).toBe(EXT);
    expect(await stack.driftedProperties()).toEqual({
      "aic:ProviderSetting alpha/acceptAudienceParametersInTokenExchangeRequests": ["value"],
    });
    await accept(true);
  });
});

test("its rows of access are those that the tenant has", async () => {
  const { serviceAccount } = tenant.sandbox;
  const account = { serviceAccountId: serviceAccount.id, serviceAccountKey: JSON.stringify(serviceAccount.jwk) };
  const { coalesced } = aicContexts(connectAic({ tenantUrl: tenant.url, ...account }));
  const live = aicAccess(await liveFacts(coalesced, "alpha", []));
  const declared = declaredAccess(aicDeclarationSchema.parse(parse(declaration)));
  const rowsOf = ({ rows }: typeof live) =>
    rows
      .filter(({ agent }) => [AGENT, EXT].includes(agent.id))
      .map((row) => `${keyOf(row)} ${JSON.stringify(row.claims)}`);
  expect(rowsOf(live).sort()).toEqual(rowsOf(declared).sort());
  expect(declared.rows.map(({ agent, target, flow }) => [agent.id, flow, target.id])).toEqual([
    [AGENT, "client-credentials", AGENT],
    [EXT, "client-credentials", EXT],
    [EXT, "exchange", TOOL],
  ]);
});

test("verify proves it, by the declaration alone", { timeout: 60_000 }, async () => {
  const { url, serviceAccount, controlToken } = tenant.sandbox;
  const { rows, findings } = await verify(aicPlanOf(aicDeclarationSchema.parse(parse(declaration))), {
    ...{ tenant: url, target: "sandbox", serviceAccount, controlToken },
    credentials: {
      clientSecret: async (clientId) => secrets[clientId],
      password: async () => undefined,
      privateKey: async () => undefined,
    },
    cases: ["F01", "F06", "X27", "X28", "X29", "X30", "X31", "X32"],
  });
  expect(findings).toEqual([]);
  expect(rows.map((row) => [row.case, row.agent, row.verdict])).toEqual([
    ["F01", AGENT, "pass"],
    ...["F01", "F06", "X27", "X28", "X29", "X30", "X31", "X32"].map((id) => [id, EXT, "pass"]),
  ]);
});

test("a script that somebody changes by hand is drift, and a repair puts it back", async () => {
  const [live] = await scripts.query(`name eq "${AGENT} may act"`);
  const text = 'token.setMayAct({ client_id: "somebody", sub: "somebody" });';
  await scripts.put(String(live?._id), { ...live, script: Buffer.from(text).toString("base64") });
  expect(await stack.driftedProperties()).toEqual({ "aic:Script crm-agent/may-act": ["script.mayAct.client"] });
  await stack.run(["refresh", "--yes"]);
  await stack.up();
  expect((await own(AGENT)).claims.may_act).toEqual({ client_id: EXT, sub: EXT });
});

test("is gone when it is destroyed", async () => {
  await stack.destroy();
  expect(await tenant.dump()).toEqual(before);
});

describe("in staging (decision 0006)", () => {
  const staged = declaration.replace("tier: development", "tier: staging");

  test("what nobody has promoted is missed before anything is made", async () => {
    const { stdout, stderr } = await stack.declare(staged).run(["up", "--yes", "--skip-preview"], { exit: 1 });
    const said = stdout + stderr;
    for (const what of ["aic:Script alpha/crm-agent may act", "aic:Script alpha/crm-agent audience"])
      expect(said).toContain(what);
    expect(said).toContain("ERR_STATIC_CONFIGURATION");
    expect(await tenant.dump()).toEqual(before);
  });

  test("promoted scripts are used under the ids that they have there, and stay", async () => {
    const promoted = {
      "crm-agent may act": ["OAUTH2_MAY_ACT_NEXT_GEN", `token.setMayAct({"client_id":"${EXT}","sub":"${EXT}"});`],
      "crm-agent audience": [
        "OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN",
        'accessToken.setField("aud", "google-cloud-agent-gateway");',
      ],
    } as const;
    for (const [name, [context, text]] of Object.entries(promoted)) {
      const body = { name, context, language: "JAVASCRIPT", evaluatorVersion: "2.0", script: btoa(text) };
      await scripts.put(randomUUID(), body);
    }
    await hands(tenant).provider((document) => {
      const section = part(document, "advancedOAuth2Config");
      Object.assign(section, {
        grantTypes: [...(section.grantTypes as string[]), TOKEN_EXCHANGE],
        tokenSigningAlgorithm: "RS256",
        acceptAudienceParametersInTokenExchangeRequests: true,
      });
    });
    const found = await tenant.dump();
    await stack.up();
    secrets = await clientSecrets();
    expect((await exchange()).claims).toMatchObject({ sub: AGENT, aud: [EXT, TOOL], act: { sub: EXT } });
    await stack.destroy();
    expect(await tenant.dump()).toEqual(found);
  });
});
