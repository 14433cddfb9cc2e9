/** Declarations that several tests use, and what they make. */

import { aicKinds } from "../../src/providers/aic/platform.ts";
import { sources } from "../support/sources.ts";

/** The head of every declaration. */
export const development = { platform: "aic", realm: "alpha", tier: "development" } as const;

/** Values that {@link everything} takes from the environment. */
export const everythingEnv = {
  DEMO_PASSWORD: "Canary-password-of-the-demo-user-1",
  DEMO_ESV: "canary-value-of-the-esv-secret",
  DEMO_CLIENT_SECRET: "canary-client-secret-from-the-environment",
};

/** Types of the AIC kinds that a declaration can make: those whose class a component uses. */
export const declaredTypes = aicKinds
  .map(({ type }) => type)
  .filter((type) =>
    sources(["src/components/aic"], [".ts"]).some(({ text }) => text.includes(`new ${type.slice("aic:".length)}(`)),
  );

/** One declaration that makes every one of {@link declaredTypes}. */
export const everything = {
  ...development,
  undeclaredAccess: "remove",
  allow: [{ access: "agents.demo-agent.scopes#3f2a91c0", reason: "migration", owner: "jane.doe" }],
  existing: { esvSecrets: [] },
  users: {
    "demo.user": {
      ...{ givenName: "Demo", sn: "User", mail: "demo.user@example.com" },
      password: { env: "DEMO_PASSWORD" },
    },
  },
  groups: { "demo-group": { description: "Demo", members: ["demo.user"] } },
  esvSecrets: { "esv-demo-secret": { value: { env: "DEMO_ESV" }, description: "Demo", useInPlaceholders: false } },
  esvVariables: { "esv-demo-variable": { value: "one" } },
  journeys: { "Demo Approval": { pattern: "push-approval" } },
  provider: {
    ...{ grantTypes: ["ciba", "token_exchange"], acr: { demo: "Demo Approval" } },
    acceptAudienceParametersInTokenExchangeRequests: true,
  },
  applications: {
    "demo-app": {
      ...{ name: "Demo App", description: "Demo", type: "web", owners: ["demo.user"], scopes: ["read", "write"] },
      secret: { esv: "esv-demo-secret" },
      delegates: [{ with: "demo-agent", audience: "demo-tool", scopes: ["read"] }],
    },
  },
  agents: {
    "demo-agent": {
      ...{ name: "Demo Agent", pattern: "approved", owners: ["demo.user"], scopes: ["openid", "own"] },
      ...{ ciba: { keys: "generated" }, secret: { env: "DEMO_CLIENT_SECRET" } },
      access: [{ application: "demo-app", scopes: ["read"], subjects: ["demo.user"], subjectGroups: ["demo-group"] }],
    },
  },
  accessPolicy: { never: [{ scope: "erase" }] },
};

/** How many resources {@link everything} makes: one of each kind, two components, the stack and its binding. */
export const everythingCount = declaredTypes.length + 4;
