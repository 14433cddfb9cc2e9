/** What can be kept from deletion: by a word of the declaration, and by the options that Pulumi has for programs, on both clouds. */

import { describe, expect, test } from "vitest";
import * as aic from "../../src/aic.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { declareAic } from "../../src/components/aic/stack.ts";
import { pingOneDeclarationSchema } from "../../src/components/pingone/schema.ts";
import { declarePingOne } from "../../src/components/pingone/stack.ts";
import * as pingone from "../../src/pingone.ts";
import { type Registered, register, type settled } from "./program.ts";

const names = (resources: readonly Registered[], is: (one: Registered) => boolean) =>
  resources.filter(is).map(({ type, name }) => `${type} ${name}`);
const isProtected = (one: Registered) => one.protected;
const isRetained = (one: Registered) => one.retained;

const access = (target: string) => [{ [target]: "logs", scopes: ["read"] }];

describe("protect in a declaration", () => {
  test("keeps an agent, an application and its client on AIC; what they reach can be taken from them", async () => {
    const declaration = aicDeclarationSchema.parse({
      ...{ platform: "aic", realm: "alpha", tier: "development" },
      applications: {
        logs: { name: "Logs", type: "service", scopes: ["read"], secret: { esv: "esv-logs" }, protect: true },
        other: { name: "Other", type: "service" },
      },
      agents: {
        bot: { name: "Bot", pattern: "autonomous", protect: true, access: access("application") },
        another: { name: "Another", pattern: "autonomous", protect: false },
      },
    });
    const { resources } = await register(() => declareAic(declaration));
    expect(names(resources, isProtected)).toEqual(["aic:Application logs", "aic:OAuth2Client logs", "aic:AiAgent bot"]);
  });

  test("keeps people, journeys and ESVs on AIC, which are taken over as declared", async () => {
    const kept = { adopt: "match", protect: true };
    const declaration = aicDeclarationSchema.parse({
      ...{ platform: "aic", realm: "alpha", tier: "development" },
      users: { ann: { givenName: "Ann", sn: "Lee", mail: "ann@example.com", ...kept } },
      groups: { staff: kept, others: {} },
      journeys: {
        Push: { pattern: "push-registration", ...kept },
        Page: {
          ...{ entry: "page", nodes: { page: { type: "PageNode", outcomes: { outcome: "success" } } } },
          ...kept,
        },
      },
      esvSecrets: { "esv-key": { value: { env: "PATH" }, ...kept } },
      esvVariables: { "esv-host": { value: "a.example.com", ...kept } },
    });
    const { resources } = await register(() => declareAic(declaration));
    const all = [
      ...["aic:User alpha/ann", "aic:Group alpha/staff", "aic:Journey alpha/Push", "aic:Journey alpha/Page"],
      ...["aic:EsvSecret esv-key", "aic:EsvVariable esv-host"],
    ].sort();
    expect(names(resources, isProtected).sort()).toEqual(all);
    expect(names(resources, ({ inputs }) => inputs.adopt === "match").sort()).toEqual(all);
  });

  test("keeps an agent, an application and a resource on PingOne", async () => {
    const declaration = pingOneDeclarationSchema.parse({
      platform: "pingone",
      resources: { logs: { name: "Logs", scopes: { read: "" }, protect: true }, other: { name: "Other" } },
      applications: { portal: { name: "Portal", type: "service", protect: true } },
      agents: {
        bot: {
          name: "Bot",
          pattern: "autonomous",
          protect: true,
          access: access("resource"),
          secret: { output: true },
        },
        another: { name: "Another", pattern: "autonomous" },
      },
    });
    const { resources } = await register(() => declarePingOne(declaration));
    expect(names(resources, isProtected)).toEqual([
      ...["pingone:Application portal", "pingone:AiAgent bot", "pingone:Resource logs"],
    ]);
  });
});

describe("an option of a component in a program", () => {
  const components = [
    [
      "aic.DeclaredAgent",
      (options: object) =>
        new aic.DeclaredAgent(
          "bot",
          { ...{ realm: "alpha", clientId: "bot", name: "Bot", pattern: "autonomous" }, access: [] },
          options,
        ),
    ],
    [
      "aic.CustomApplication",
      (options: object) =>
        new aic.CustomApplication(
          "logs",
          { realm: "alpha", clientId: "logs", name: "Logs", type: "service", secret: { esv: "esv-logs" } },
          options,
        ),
    ],
    [
      "pingone.DeclaredAgent",
      (options: object) =>
        new pingone.DeclaredAgent("bot", { name: "Bot", pattern: "autonomous", secret: { output: true } }, options),
    ],
    [
      "pingone.CustomApplication",
      (options: object) =>
        new pingone.CustomApplication("portal", { name: "Portal", type: "service", secret: {} }, options),
    ],
  ] as const;

  test.each(components)("holds for all below %s", async (_name, declare) => {
    const { resources: plain } = await register(() => clientIdOf(declare({})));
    expect([names(plain, isProtected), names(plain, isRetained)]).toEqual([[], []]);
    const { resources } = await register(() => clientIdOf(declare({ protect: true, retainOnDelete: true })));
    const all = names(resources, () => true);
    expect(all.length).toBeGreaterThan(1);
    expect([names(resources, isProtected), names(resources, isRetained)]).toEqual([all, all]);
  });
});

/** Outputs of a program, for `register` to wait for. */
const clientIdOf = ({ urn }: { readonly urn: Parameters<typeof settled>[0] }) => ({ urn });
