/** Eight changes of a declaration, as pull requests bring them, on both clouds. */

export type Change = { readonly what: string; readonly from: string; readonly to: string };

const AIC = `platform: aic
realm: alpha
tier: development
users:
  barbara.jensen: { givenName: Barbara, sn: Jensen, mail: barbara@example.com }
groups:
  staff: { members: [barbara.jensen] }
applications:
  shop: { name: Shop, type: web, scopes: [openid, read, write, admin] }
  desk: { name: Service Desk, type: web, scopes: [openid, read] }
agents:
  assistant:
    name: Assistant
    pattern: on-behalf-of
    access:
      - application: shop
        scopes: [read]
        subjects: [barbara.jensen]
        subjectGroups: [customers, staff]
  watcher:
    name: Watcher
    pattern: autonomous
    access:
      - { application: shop, scopes: [read] }
`;

const PINGONE = `platform: pingone
resources:
  portal: { name: Portal API, audience: portal, scopes: { use: "" } }
  kiosk: { name: Kiosk API, audience: kiosk, scopes: { use: "" } }
  shop: { name: Shop API, audience: shop, scopes: { read: "", write: "", admin: "" } }
  desk: { name: Desk API, audience: desk, scopes: { read: "" } }
applications:
  web:
    name: Web Portal
    type: web
    redirectUris: [https://web.example.com/callback]
    userAccess: { groups: { match: any, names: [customers, staff] } }
    access: [{ resource: portal, scopes: [use] }]
agents:
  assistant:
    name: Assistant
    pattern: on-behalf-of
    grantTypes: [token_exchange]
    actsForUsersOf: [portal]
    access:
      - { resource: shop, scopes: [read] }
  watcher:
    name: Watcher
    pattern: autonomous
    access:
      - { resource: shop, scopes: [read] }
`;

const NEWCOMER = {
  aic: "  newcomer:\n    name: Newcomer\n    pattern: autonomous\n    access: [{ application: desk, scopes: [read] }]\n",
  pingone:
    "  newcomer:\n    name: Newcomer\n    pattern: autonomous\n    access: [{ resource: desk, scopes: [read] }]\n",
};

/** The declaration before the change, and the changes, by cloud. Each text to replace stands there once. */
export const CHANGES: Readonly<
  Record<"aic" | "pingone", { readonly base: string; readonly changes: readonly Change[] }>
> = {
  aic: {
    base: AIC,
    changes: [
      {
        what: "scope added",
        from: "scopes: [read]\n        subjects",
        to: "scopes: [read, write]\n        subjects",
      },
      { what: "group removed", from: "subjectGroups: [customers, staff]", to: "subjectGroups: [staff]" },
      { what: "to all scopes", from: "scopes: [read]\n        subjects", to: "scopes: all\n        subjects" },
      {
        what: "agent moved to another application",
        from: "- application: shop\n",
        to: "- application: desk\n",
      },
      { what: "agent added", from: "  watcher:\n", to: `${NEWCOMER.aic}  watcher:\n` },
      { what: "agent removed", from: AIC.slice(AIC.indexOf("  watcher:")), to: "" },
      { what: "subject swapped", from: "subjects: [barbara.jensen]", to: "subjects: [scarter]" },
      {
        what: "pattern changed",
        from: AIC.slice(AIC.indexOf("    pattern: on-behalf-of"), AIC.indexOf("  watcher:")),
        to: "    pattern: autonomous\n    access:\n      - application: shop\n        scopes: [read]\n",
      },
    ],
  },
  pingone: {
    base: PINGONE,
    changes: [
      {
        what: "scope added",
        from: "      - { resource: shop, scopes: [read] }\n  watcher",
        to: "      - { resource: shop, scopes: [read, write] }\n  watcher",
      },
      { what: "group removed", from: "names: [customers, staff]", to: "names: [staff]" },
      {
        what: "to all scopes",
        from: "      - { resource: shop, scopes: [read] }\n  watcher",
        to: "      - { resource: shop, scopes: [read, write, admin] }\n  watcher",
      },
      {
        what: "agent moved to another application",
        from: "      - { resource: shop, scopes: [read] }\n  watcher",
        to: "      - { resource: desk, scopes: [read] }\n  watcher",
      },
      { what: "agent added", from: "  watcher:\n", to: `${NEWCOMER.pingone}  watcher:\n` },
      { what: "agent removed", from: PINGONE.slice(PINGONE.indexOf("  watcher:")), to: "" },
      { what: "subject swapped", from: "actsForUsersOf: [portal]", to: "actsForUsersOf: [kiosk]" },
      {
        what: "pattern changed",
        from: "    pattern: on-behalf-of\n    grantTypes: [token_exchange]\n    actsForUsersOf: [portal]\n",
        to: "    pattern: approved\n",
      },
    ],
  },
};

/** The declaration after a change. */
export const changedText = (base: string, { from, to }: Change): string => {
  if (base.split(from).length !== 2) throw new Error(`not once in the declaration: ${from}`);
  return base.replace(from, () => to);
};

/**
 * An agent's token for a gateway, which the gateway's extension exchanges for a tool where `may_act` names it.
 *
 * @param sources whose `may_act` does
 */
export const handingOn = (sources: string) => `platform: pingone
resources:
  portal: { name: Portal API, audience: portal, scopes: { use: "" } }
  gateway: { name: Agent Gateway, audience: gateway, scopes: { "supply-chain:restock": "" } }
  tool: { name: Supply Chain MCP Tool, audience: tool, scopes: { "supply-chain:restock": "" } }
agents:
  crm-agent:
    name: CRM Agent
    pattern: autonomous
    owners: [demo.owner]
    access: [{ resource: gateway, scopes: ["supply-chain:restock"] }]
  extension:
    name: Gateway Extension
    pattern: on-behalf-of
    owners: [demo.owner]
    actsForUsersOf: ${sources}
    access: [{ resource: tool, scopes: ["supply-chain:restock"] }]
`;
