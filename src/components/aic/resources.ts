/** The AIC resources as Pulumi classes. What they take and mean is documented with their kinds in `providers/aic`. */

import type * as pulumi from "@pulumi/pulumi";
import type { AcrMappingArgs } from "../../providers/aic/acr-mapping.ts";
import type { AgentPrivilegeArgs } from "../../providers/aic/agent-privilege.ts";
import type { AiAgentArgs } from "../../providers/aic/ai-agent.ts";
import type { ApplicationArgs } from "../../providers/aic/application.ts";
import type { GrantTypesArgs } from "../../providers/aic/grant-types.ts";
import type { JourneyArgs } from "../../providers/aic/journey.ts";
import type { OAuth2ClientArgs } from "../../providers/aic/oauth2-client.ts";
import type { ProviderBaselineArgs } from "../../providers/aic/provider-baseline.ts";
import { type Args, PingResource } from "../resource.ts";

/** An AI agent with its identity, owners and OAuth 2.0 settings. */
export class AiAgent extends PingResource {
  /** UUID of the identity in IDM. */
  declare readonly identityId: pulumi.Output<string>;
  declare readonly clientId: pulumi.Output<string>;
  /** The client secret, unless the agent has none of its own. */
  declare readonly secret: pulumi.Output<string | undefined>;

  constructor(name: string, args: Args<AiAgentArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:AiAgent", name, args, ["identityId", "secret"], ["secret", "clientSecret"], options);
  }
}

/** Which agent may act for whom, on which application, with which scopes. */
export class AgentPrivilege extends PingResource {
  declare readonly privilegeId: pulumi.Output<string>;

  constructor(name: string, args: Args<AgentPrivilegeArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:AgentPrivilege", name, args, ["privilegeId"], [], options);
  }
}

/** An OAuth 2.0 client. */
export class OAuth2Client extends PingResource {
  declare readonly clientId: pulumi.Output<string>;
  /** The client secret, unless the client has none of its own. */
  declare readonly secret: pulumi.Output<string | undefined>;

  constructor(name: string, args: Args<OAuth2ClientArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:OAuth2Client", name, args, ["secret"], ["secret", "clientSecret"], options);
  }
}

/** A managed application that is linked with an OAuth 2.0 client. */
export class Application extends PingResource {
  declare readonly applicationId: pulumi.Output<string>;

  constructor(name: string, args: Args<ApplicationArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:Application", name, args, ["applicationId"], [], options);
  }
}

/** What the realm's OAuth2 provider had before this stack; makes the entries of this stack known as its own. */
export class ProviderBaseline extends PingResource {
  declare readonly grantTypes: pulumi.Output<string[]>;
  declare readonly acr: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: Args<ProviderBaselineArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:ProviderBaseline", name, args, ["grantTypes", "acr"], [], options);
  }
}

/** Grant types that the realm's OAuth2 provider offers because of this stack. */
export class GrantTypes extends PingResource {
  constructor(name: string, args: Args<GrantTypesArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:GrantTypes", name, args, [], [], options);
  }
}

/** One acr value and the journey it starts. */
export class AcrMapping extends PingResource {
  constructor(name: string, args: Args<AcrMappingArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:AcrMapping", name, args, [], [], options);
  }
}

/** A journey with its nodes. */
export class Journey extends PingResource {
  /** The journey's name, for an acr mapping that needs the journey first. */
  declare readonly name: pulumi.Output<string>;

  constructor(name: string, args: Args<JourneyArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:Journey", name, args, [], [], options);
  }
}
