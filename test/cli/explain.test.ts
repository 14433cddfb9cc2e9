/** `ping-agents explain`. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { project } from "./command.ts";

const AIC = `platform: aic
realm: alpha
tier: development
undeclaredAccess: report
agents:
  autonomous:
    name: Log Watcher
    pattern: autonomous
    scopes: [monitor]
    access:
      - { application: logs, scopes: [logs-read] }
  on-behalf-of:
    name: Assistant
    pattern: on-behalf-of
    authMethod: private_key_jwt
    overrides: { issueRefreshToken: false }
    access:
      - { application: app, scopes: all, subjectGroups: [customers] }
  approved:
    name: Payer
    pattern: approved
    scopes: [openid]
    ciba: { keys: generated }
    secret: { env: PAYER_SECRET }
applications:
  app:
    name: App
    type: spa
    redirectUris: [https://app.example.com/cb]
`;

const PINGONE = `platform: pingone
resources:
  portal: { name: Portal API, scopes: { "portal:use": Use the portal } }
  orders: { name: Orders API, scopes: { "orders:read": Read orders } }
agents:
  on-behalf-of:
    name: Support
    pattern: on-behalf-of
    actsForUsersOf: [portal]
    access: [{ resource: orders, scopes: ["orders:read"] }]
  autonomous:
    name: Watcher
    pattern: autonomous
    tokens: { refreshTokenLifetime: 1h }
  approved:
    name: Payer
    pattern: approved
    policies: { kind: davinci, names: [Approval] }
  guide:
    name: Guide
    pattern: signs-users-in
    redirectUris: [https://guide.example.com/callback]
applications:
  app: { name: App, type: native }
`;

const printed = async (declarations: Record<string, string>, ...args: string[]) => {
  const { code, stdout, stderr } = await project(declarations).run(["explain", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
};

test("an agent on PingOne that signs users in: grant types, PKCE and the code", async () => {
  const given = (await printed({ dev: PINGONE }, "guide")).split("\n\n").find((part) => part.startsWith("Given by"));
  expect(given).toContain(
    "grantTypes          [authorization_code, refresh_token, client_credentials, token_exchange]",
  );
  expect(given).toContain("authorization.pkce  s256_required");
  expect(given).toContain("responseTypes       [code]");
});

test("on AIC that pattern is refused, and told what to declare in its place", async () => {
  const text = AIC.replace("pattern: autonomous", "pattern: signs-users-in");
  const { code, stderr } = await project({ dev: text }).run(["explain", "autonomous"]);
  expect([code, stderr]).toEqual([1, expect.stringContaining("signs-users-in is a pattern of PingOne")]);
  expect(stderr).toContain("stacks/dev.yaml:8");
});

test("an autonomous agent on AIC", async () => {
  expect(await printed({ dev: AIC }, "autonomous")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.autonomous

    Declared
      undeclaredAccess       report       stacks/dev.yaml:4
      name                   Log Watcher  stacks/dev.yaml:7
      pattern                autonomous   stacks/dev.yaml:8
      scopes                 [monitor]    stacks/dev.yaml:9
      access[0].application  logs         stacks/dev.yaml:11
      access[0].scopes       [logs-read]  stacks/dev.yaml:11

    Given by the pattern autonomous
      enabled                                                    true                                  works, unless it is declared otherwise
      grantTypes                                                 [client_credentials, token_exchange]  Agent, Access, Advanced: grant types (scenarios §A)
      authMethod                                                 client_secret_post                    Agent, Access, Advanced: token endpoint authentication (scenarios §A)
      defaultScopes                                              []                                    none, so that what is added by hand is drift (decision 0004)
      redirectUris                                               []                                    none, so that what is added by hand is drift (decision 0004)
      overrides.enabled                                          true                                  Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.statelessTokensEnabled                           true                                  Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.acceptAudienceParametersInTokenExchangeRequests  true                                  Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)

    At the default
      clientType        Confidential
      responseTypes     [code, code id_token, code token, code token id_token, device_code, device_code…
      extra             none
      description       none
      owners            none
      adopt             that of the stack (ping-agents:adopt), else never
      protect           false
      secret            generated, where the agent needs one
      ciba              none
      audience          the client id
      sponsor           nobody
      expires           no end
      onRemove          delete
      customAttributes  none
      tools             nobody checks which of its scopes the agent needs
      allow             none

    So are 98 fields of authentication, keys, tokens, metadata, authorization, idToken, userinfo, introspection, logout, uma, overrides: docs/declaration.md, or --format json.
    "
  `);
});

test("an agent on behalf of users, with what is declared beside the pattern", async () => {
  expect(await printed({ dev: AIC }, "on-behalf-of", "dev")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.on-behalf-of

    Declared
      undeclaredAccess             report           stacks/dev.yaml:4
      name                         Assistant        stacks/dev.yaml:13
      pattern                      on-behalf-of     stacks/dev.yaml:14
      authMethod                   private_key_jwt  stacks/dev.yaml:15
      overrides.issueRefreshToken  false            stacks/dev.yaml:16
      access[0].application        app              stacks/dev.yaml:18
      access[0].scopes             all              stacks/dev.yaml:18
      access[0].subjectGroups      [customers]      stacks/dev.yaml:18

    Given by the pattern on-behalf-of
      enabled                                                    true              works, unless it is declared otherwise
      grantTypes                                                 [token_exchange]  Agent, Access: grant types (scenarios §B)
      scopes                                                     []                none, so that what is added by hand is drift (decision 0004)
      defaultScopes                                              []                none, so that what is added by hand is drift (decision 0004)
      redirectUris                                               []                none, so that what is added by hand is drift (decision 0004)
      overrides.enabled                                          true              Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.statelessTokensEnabled                           true              Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.acceptAudienceParametersInTokenExchangeRequests  true              Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)

    At the default
      clientType        Confidential
      responseTypes     [code, code id_token, code token, code token id_token, device_code, device_code…
      extra             none
      description       none
      owners            none
      adopt             that of the stack (ping-agents:adopt), else never
      protect           false
      secret            generated, where the agent needs one
      ciba              none
      audience          the client id
      sponsor           nobody
      expires           no end
      onRemove          delete
      customAttributes  none
      tools             nobody checks which of its scopes the agent needs
      allow             none

    So are 97 fields of authentication, keys, tokens, metadata, authorization, idToken, userinfo, introspection, logout, uma, overrides: docs/declaration.md, or --format json.
    "
  `);
});

test("an approved agent, which reaches nothing", async () => {
  expect(await printed({ dev: AIC }, "approved", "dev")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.approved

    Declared
      undeclaredAccess  report        stacks/dev.yaml:4
      name              Payer         stacks/dev.yaml:20
      pattern           approved      stacks/dev.yaml:21
      scopes            [openid]      stacks/dev.yaml:22
      ciba.keys         generated     stacks/dev.yaml:23
      secret.env        PAYER_SECRET  stacks/dev.yaml:24

    Given by the pattern approved
      enabled        true                        works, unless it is declared otherwise
      grantTypes     [client_credentials, ciba]  Sign On: grant types (scenarios §C)
      authMethod     client_secret_post          Agent, Access, Advanced: token endpoint authentication (scenarios §A)
      defaultScopes  []                          none, so that what is added by hand is drift (decision 0004)
      redirectUris   []                          none, so that what is added by hand is drift (decision 0004)

    At the default
      clientType        Confidential
      responseTypes     [code, code id_token, code token, code token id_token, device_code, device_code…
      extra             none
      description       none
      owners            none
      adopt             that of the stack (ping-agents:adopt), else never
      protect           false
      audience          the client id
      sponsor           nobody
      expires           no end
      onRemove          delete
      customAttributes  none
      access            nothing
      tools             nobody checks which of its scopes the agent needs
      allow             none

    So are 101 fields of authentication, keys, tokens, metadata, authorization, idToken, userinfo, introspection, logout, uma, overrides: docs/declaration.md, or --format json.
    "
  `);
});

test("an application, by its type", async () => {
  expect(await printed({ dev: AIC }, "app", "dev")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: applications.app

    Declared
      name          App                           stacks/dev.yaml:27
      type          spa                           stacks/dev.yaml:28
      redirectUris  [https://app.example.com/cb]  stacks/dev.yaml:29

    Given by the type spa
      enabled               true                  works, unless it is declared otherwise
      clientType            Public                what the console preselects for spa (RFC 6749 §2.1)
      grantTypes            [authorization_code]  what the console preselects for spa
      authMethod            none                  a public client has no secret (RFC 6749 §2.1)
      metadata.clientNames  [App]                 the application's name (aic §5.2)

    At the default
      scopes         []
      defaultScopes  []
      responseTypes  [code, code id_token, code token, code token id_token, device_code, device_code…
      extra          none
      description    none
      owners         none
      adopt          that of the stack (ping-agents:adopt), else never
      protect        false
      secret         generated, where the client needs one
      ciba           none
      audience       the client id
      delegates      none
      tools          nobody checks which of its scopes the agent needs

    So are 100 fields of authentication, keys, tokens, metadata, authorization, idToken, userinfo, introspection, logout, uma, overrides: docs/declaration.md, or --format json.
    "
  `);
});

test("an agent on behalf of users on PingOne, with the claims of resources that it needs", async () => {
  expect(await printed({ dev: PINGONE }, "on-behalf-of")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.on-behalf-of

    Declared
      name                Support        stacks/dev.yaml:7
      pattern             on-behalf-of   stacks/dev.yaml:8
      actsForUsersOf      [portal]       stacks/dev.yaml:9
      access[0].resource  orders         stacks/dev.yaml:10
      access[0].scopes    [orders:read]  stacks/dev.yaml:10

    Given by the pattern on-behalf-of
      enabled                          true                                                                              works, unless it is declared otherwise
      grantTypes                       [client_credentials, token_exchange]                                              the exchange, and a token of its own as its actor token (pingone §5.6, RFC 8693 §2.1)
      authMethod                       client_secret_basic                                                               what the console has for agents (pingone §4.2)
      redirectUris                     []                                                                                none, so that what is added by hand is drift (decision 0004)
      responseTypes                    []                                                                                none, so that what is added by hand is drift (decision 0004)
      resources.portal.claims.may_act  {sub: client id of on-behalf-of}                                                  its users' tokens name the agent (pingone §5.6)
      resources.orders.claims.act      "\${(#root.context.requestData.actorToken != null and #root.context.requestData.…  tokens for it say who acts (pingone §5.6)

    At the default
      description        none
      corsOrigins        any
      keyRotationPolicy  that of the environment
      extra              none
      icon               none
      owners             none
      adopt              that of the stack (ping-agents:adopt), else never
      protect            false
      delegates          none
      tools              nobody checks which of its scopes the agent needs
      policies           none
      claims             none
      undeclaredAccess   remove
      allow              none
      sponsor            nobody
      expires            no end
      onRemove           delete

    So are 32 fields of keys, tokens, authorization, device, logout, userAccess, secret: docs/declaration.md, or --format json.
    "
  `);
});

test("an autonomous agent on PingOne", async () => {
  expect(await printed({ dev: PINGONE }, "autonomous")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.autonomous

    Declared
      name                         Watcher     stacks/dev.yaml:12
      pattern                      autonomous  stacks/dev.yaml:13
      tokens.refreshTokenLifetime  3600        stacks/dev.yaml:14

    Given by the pattern autonomous
      enabled        true                  works, unless it is declared otherwise
      grantTypes     [client_credentials]  a token of its own (pingone §4.2)
      authMethod     client_secret_basic   what the console has for agents (pingone §4.2)
      redirectUris   []                    none, so that what is added by hand is drift (decision 0004)
      responseTypes  []                    none, so that what is added by hand is drift (decision 0004)

    At the default
      description        none
      corsOrigins        any
      keyRotationPolicy  that of the environment
      extra              none
      icon               none
      owners             none
      adopt              that of the stack (ping-agents:adopt), else never
      protect            false
      access             nothing
      delegates          none
      tools              nobody checks which of its scopes the agent needs
      policies           none
      claims             none
      undeclaredAccess   remove
      allow              none
      sponsor            nobody
      expires            no end
      onRemove           delete
      actsForUsersOf     none

    So are 31 fields of keys, tokens, authorization, device, logout, userAccess, secret: docs/declaration.md, or --format json.
    "
  `);
});

test("an approved agent on PingOne", async () => {
  expect(await printed({ dev: PINGONE }, "approved")).toMatchInlineSnapshot(`
    "stacks/dev.yaml: agents.approved

    Declared
      name            Payer       stacks/dev.yaml:16
      pattern         approved    stacks/dev.yaml:17
      policies.kind   davinci     stacks/dev.yaml:18
      policies.names  [Approval]  stacks/dev.yaml:18

    Given by the pattern approved
      enabled        true                 works, unless it is declared otherwise
      grantTypes     [ciba]               CIBA needs no more on the agent (pingone §5.9)
      authMethod     client_secret_basic  what the console has for agents (pingone §4.2)
      redirectUris   []                   none, so that what is added by hand is drift (decision 0004)
      responseTypes  []                   none, so that what is added by hand is drift (decision 0004)

    At the default
      description        none
      corsOrigins        any
      keyRotationPolicy  that of the environment
      extra              none
      icon               none
      owners             none
      adopt              that of the stack (ping-agents:adopt), else never
      protect            false
      access             nothing
      delegates          none
      tools              nobody checks which of its scopes the agent needs
      claims             none
      undeclaredAccess   remove
      allow              none
      sponsor            nobody
      expires            no end
      onRemove           delete
      actsForUsersOf     none

    So are 32 fields of keys, tokens, authorization, device, logout, userAccess, secret: docs/declaration.md, or --format json.
    "
  `);
});

test("what an overlay says, and what its base", async () => {
  const overlay = `extends: base.yaml
tier: production
agents:
  on-behalf-of: { name: Assistant of the Bank, authMethod: null, protect: true }
  approved: null
`;
  const base = AIC.replace("tier: development\n", "");
  expect(await printed({ base, production: overlay }, "on-behalf-of")).toMatchInlineSnapshot(`
    "stacks/production.yaml extends stacks/base.yaml: agents.on-behalf-of

    Declared
      name                         Assistant of the Bank  stacks/production.yaml:4
      protect                      true                   stacks/production.yaml:4
      undeclaredAccess             report                 stacks/base.yaml:3
      pattern                      on-behalf-of           stacks/base.yaml:13
      overrides.issueRefreshToken  false                  stacks/base.yaml:15
      access[0].application        app                    stacks/base.yaml:17
      access[0].scopes             all                    stacks/base.yaml:17
      access[0].subjectGroups      [customers]            stacks/base.yaml:17

    Given by the pattern on-behalf-of
      enabled                                                    true                works, unless it is declared otherwise
      grantTypes                                                 [token_exchange]    Agent, Access: grant types (scenarios §B)
      authMethod                                                 client_secret_post  Agent, Access, Advanced: token endpoint authentication (scenarios §A)
      scopes                                                     []                  none, so that what is added by hand is drift (decision 0004)
      defaultScopes                                              []                  none, so that what is added by hand is drift (decision 0004)
      redirectUris                                               []                  none, so that what is added by hand is drift (decision 0004)
      overrides.enabled                                          true                Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.statelessTokensEnabled                           true                Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)
      overrides.acceptAudienceParametersInTokenExchangeRequests  true                Agent, Access, OAuth Provider Overrides: three boxes on (scenarios §A, oauth-flows §2)

    At the default
      clientType        Confidential
      responseTypes     [code, code id_token, code token, code token id_token, device_code, device_code…
      extra             none
      description       none
      owners            none
      adopt             that of the stack (ping-agents:adopt), else never
      secret            generated, where the agent needs one
      ciba              none
      audience          the client id
      sponsor           nobody
      expires           no end
      onRemove          delete
      customAttributes  none
      tools             nobody checks which of its scopes the agent needs
      allow             none

    So are 97 fields of authentication, keys, tokens, metadata, authorization, idToken, userinfo, introspection, logout, uma, overrides: docs/declaration.md, or --format json.
    "
  `);
});

test("as JSON, with every default, and what the pattern gives", async () => {
  const { files, name, fields } = JSON.parse(await printed({ dev: AIC }, "autonomous", "dev", "--format", "json"));
  expect({ files, name }).toEqual({ files: ["stacks/dev.yaml"], name: "agents.autonomous" });
  const of = (field: string) => fields.find((one: { field: string }) => one.field === field);
  expect(of("scopes")).toEqual({
    field: "scopes",
    value: ["monitor"],
    from: "declared",
    place: { file: "stacks/dev.yaml", line: 9, column: 5 },
  });
  expect(of("overrides.statelessTokensEnabled")).toMatchObject({ value: true, from: "pattern" });
  expect(of("overrides.issueRefreshToken")).toEqual({
    field: "overrides.issueRefreshToken",
    from: "default",
    value: true,
  });
  expect(of("undeclaredAccess")).toMatchObject({ value: "report", from: "declared", place: { line: 4 } });
  expect(new Set(fields.map(({ field }: { field: string }) => field)).size).toBe(fields.length);
});

test("a name that is not declared, with the nearest one", async () => {
  expect(await project({ dev: AIC }).run(["explain", "autonomus"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr:
      'ERR_CLIENT_UNKNOWN: no agent or application "autonomus"; did you mean "autonomous"?\n  at stacks/dev.yaml\n  Next: name one that the file declares\n',
  });
});

test("of several environments one has to be named", async () => {
  expect(await project({ dev: AIC, staging: AIC }).run(["explain", "autonomous"])).toMatchObject({
    code: 1,
    stderr: "ERR_ENVIRONMENT_UNKNOWN: there are several environments\n  Next: name one of dev, staging\n",
  });
});

test("what follows on AIC from delegates, and from an audience", async () => {
  const stack = readFileSync(new URL("../../stacks/examples/aic-autonomous-tool.yaml", import.meta.url), "utf8");
  const agent = await printed({ dev: stack }, "crm-agent", "dev");
  expect(agent).toMatch(
    /overrides\.accessTokenMayActScript +\{mayAct: \{client: gateway-extension\}\} +gateway-extension/,
  );
  expect(agent).toMatch(/overrides\.accessTokenModificationScript +\{audience: google-cloud-agent-gateway\} +its aud/);
  const application = await printed({ dev: stack }, "gateway-extension", "dev");
  expect(application).toMatch(/tokens\.allowedAudiences +\[supply-chain-mcp-tool\] +follows from delegates/);
  expect(application).toMatch(/scopes +\[supply-chain:restock\] +follows from delegates/);
  expect(application).toMatch(/delegates\[0\]\.with +crm-agent +stacks\/dev\.yaml:28/);
});

test("an application on PingOne that acts with the tokens of others: grant types, grant and claims that follow", async () => {
  const resources = {
    gateway: { name: "Gateway", scopes: { restock: "" } },
    tool: { name: "Tool", scopes: { restock: "" } },
  };
  const extension = {
    name: "Extension",
    type: "service",
    delegates: [{ with: "gateway", resource: "tool", scopes: ["restock"] }],
  };
  const dev = JSON.stringify({ platform: "pingone", resources, applications: { extension } });
  const said = await printed({ dev }, "extension");
  expect(
    said.split("\n").filter((line) => /client_credentials|delegates|grant\/|claims\./.test(line)),
  ).toMatchInlineSnapshot(`
    [
      "  delegates[0].with      gateway    stacks/dev.yaml:1",
      "  delegates[0].resource  tool       stacks/dev.yaml:1",
      "  delegates[0].scopes    [restock]  stacks/dev.yaml:1",
      "  grantTypes                        [client_credentials, token_exchange]                                              what the console preselects for service; what it delegates takes the exchange and an actor token of its own (delegation §1)",
      "  grant/tool                        [restock]                                                                         the grant alone decides which resource a scope is of (delegation §1)",
      "  resources.gateway.claims.may_act  {sub: client id of extension}                                                     its users' tokens name the agent (pingone §5.6)",
      "  resources.tool.claims.act         {value: '\${(#root.context.requestData.grantType == "client_credentials") ? "noA…  tokens for it say who acts (pingone §5.6)",
      "  resources.tool.claims.sub         '\${(#root.context.requestData.grantType == "client_credentials") ? "no-subject"…  tokens for it say for whom (pingone §5.6)",
    ]
  `);
});
