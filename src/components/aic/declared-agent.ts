/** `DeclaredAgent`: an AI agent of the declaration with everything it may reach. */

import * as pulumi from "@pulumi/pulumi";
import type { Realm } from "../../fields/aic.ts";
import { named } from "../../named.ts";
import { takeNote } from "../held.ts";
import { writtenAt } from "../place.ts";
import { PingComponent } from "../quiet.ts";
import { cibaKeys, clientSecretArgs } from "./credentials.ts";
import type { AicAgent, AicDeclaration } from "./declaration.ts";
import { homeOf } from "./declared-world.ts";
import { agentSettings } from "./patterns.ts";
import { AgentPrivilege, AiAgent, type Application } from "./resources.ts";
import { declareTokenScripts } from "./token-scripts.ts";

/** Arguments of {@link DeclaredAgent}: an agent as in a declaration, and where it lives. */
export type DeclaredAgentArgs = AicAgent & {
  /** Realm of the tenant. */
  readonly realm: Realm;
  /** OAuth 2.0 client id: letters, digits, dash, underscore. Another one is another agent. */
  readonly clientId: string;
  /** Grant types that the realm did not offer before the program: its clients carry them (decision 0002). @default none */
  readonly addedGrantTypes?: pulumi.Input<readonly string[]> | undefined;
  /** Client id of whoever may act with its tokens: a script names it in `may_act` (RFC 8693 §4.4). @default nobody */
  readonly mayAct?: string | undefined;
  /** Tier of the environment: scripts are written in development alone (decision 0006). @default "development" */
  readonly tier?: AicDeclaration["tier"] | undefined;
  /**
   * The managed applications of the same program, by client id: saves look-ups, orders the run, and makes a privilege again with
   * its application.
   *
   * @default none: the applications that `access` names are looked up in the tenant
   */
  readonly applications?: Readonly<Record<string, Application>>;
};

/**
 * An AI agent with one privilege per access entry, which come after it. Its privileges are owned as a set (decision 0011): one
 * that stands in neither `access` nor `allow` is drift, and a repair removes it.
 *
 * Settings that are not declared are what the `pattern` needs; a `secret` is generated, where the agent needs one.
 *
 * @throws ERR_SETTING_MISSING when the secret is to come from where there is none
 * @example
 * const analyzer = new aic.DeclaredAgent("bot-traffic-analyzer", {
 *   realm: "alpha",
 *   clientId: "bot-traffic-analyzer",
 *   name: "Bot Traffic Analyzer",
 *   pattern: "autonomous",
 *   access: [{ application: "web-server-logs", scopes: ["logs-read"] }],
 * });
 * export const secret = analyzer.secret;
 */
export class DeclaredAgent extends PingComponent {
  readonly clientId: string;
  /** UUID of the identity in IDM. */
  readonly identityId: pulumi.Output<string>;
  /** The client secret, unless the agent has none of its own. */
  readonly secret: pulumi.Output<string | undefined>;
  /** Private JWK that signs CIBA requests, where it was generated here. */
  readonly privateKey: pulumi.Output<string> | undefined;
  /** Name of the key that signs CIBA requests, where one is declared. */
  readonly kid: pulumi.Output<string | undefined>;

  constructor(name: string, args: DeclaredAgentArgs, options?: pulumi.ComponentResourceOptions) {
    super("ping-agents:aic:DeclaredAgent", name, options);
    const { realm, clientId, applications = {}, addedGrantTypes, mayAct, tier, ...agent } = args;
    const { adopt, protect, onRemove, access = [], allow, undeclaredAccess } = agent;
    takeNote(this, { section: "agents", key: clientId, entry: agent }, homeOf(realm));
    const isRetained = onRemove === "retain";
    const privileges = access.map((entry) => {
      const label = [clientId, entry.application, ...(entry.name ? [entry.name] : [])].join("/");
      return [label, entry] as const;
    });
    const keys = cibaKeys(agent.ciba, clientId, this);
    const below = { parent: this, ...(isRetained && { retainOnDelete: true }) };
    const { authentication, ...credential } = clientSecretArgs(agent.secret, {
      ...{ realm, clientId },
      options: below,
    });
    const { overrides, ...settings } = agentSettings(agent, mayAct);
    const scripts = declareTokenScripts(agent, { realm, tier, clientId, actor: mayAct, options: below });
    const identity = new AiAgent(
      name,
      {
        ...{ realm, clientId, adopt, addedGrantTypes, allow, undeclaredAccess },
        ...{ privileges: Object.fromEntries(privileges), undeclared: {} },
        ...settings,
        overrides: { ...overrides, ...scripts },
        ...{ ...credential, ...keys.args },
        ...(authentication && { authentication: { ...agent.authentication, ...authentication } }),
      },
      { parent: this, ...(protect && { protect }) },
    );
    for (const [index, [label, entry]] of privileges.entries()) {
      const application = named(applications, entry.application);
      const known = { agentIdentityId: identity.identityId, applicationId: application?.applicationId };
      // The tenant deletes an agent's privileges with it (aic §2.7), and those of an application lose what they are for.
      const after = {
        ...{ parent: this, replaceWith: [identity, ...(application ? [application] : [])] },
        // A retained agent keeps them; the entry of one of them alone takes it away.
        ...(isRetained && { deletedWith: identity }),
        ...writtenAt(["access", index]),
      };
      new AgentPrivilege(label, { realm, agent: clientId, adopt, ...entry, ...known }, after);
    }
    this.clientId = clientId;
    this.identityId = identity.identityId;
    this.secret = identity.secret;
    this.privateKey = keys.privateKey;
    this.kid = pulumi.output(keys.kid);
    this.registerOutputs({ clientId, identityId: this.identityId });
  }
}
