/** The AIC resources as Pulumi classes. What they take and mean is documented with their kinds in `providers/aic`. */

import type * as pulumi from "@pulumi/pulumi";
import type { AcrMappingArgs } from "../../providers/aic/acr-mapping.ts";
import type { AgentPrivilegeArgs } from "../../providers/aic/agent-privilege.ts";
import type { AiAgentArgs } from "../../providers/aic/ai-agent.ts";
import type { ApplicationArgs } from "../../providers/aic/application.ts";
import type { CibaKeyArgs } from "../../providers/aic/ciba-key.ts";
import type { EsvSecretArgs } from "../../providers/aic/esv-secret.ts";
import type { EsvVariableArgs } from "../../providers/aic/esv-variable.ts";
import type { GrantTypesArgs } from "../../providers/aic/grant-types.ts";
import type { GroupArgs } from "../../providers/aic/group.ts";
import type { JourneyArgs } from "../../providers/aic/journey.ts";
import type { OAuth2ClientArgs } from "../../providers/aic/oauth2-client.ts";
import type { ProviderBaselineArgs } from "../../providers/aic/provider-baseline.ts";
import type { SecretLabelArgs } from "../../providers/aic/secret-label.ts";
import type { UserArgs } from "../../providers/aic/user.ts";
import type { PublicJwk } from "../../providers/jwks.ts";
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

/** A key pair that signs CIBA requests; its private half is in the state, encrypted. Development only. */
export class CibaKey extends PingResource {
  declare readonly jwks: pulumi.Output<{ keys: PublicJwk[] }>;
  /** Private JWK as JSON text. */
  declare readonly privateKey: pulumi.Output<string>;

  constructor(name: string, args: Args<CibaKeyArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:CibaKey", name, args, ["active", "retiring", "jwks", "privateKey"], ["privateKey"], options);
  }
}

/** A secret of the environment. */
export class EsvSecret extends PingResource {
  declare readonly activeVersion: pulumi.Output<string>;
  declare readonly pendingRestart: pulumi.Output<boolean>;

  constructor(name: string, args: Args<EsvSecretArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:EsvSecret", name, args, ["activeVersion", "pendingRestart"], ["value"], options);
  }
}

/** A variable of the environment. */
export class EsvVariable extends PingResource {
  declare readonly pendingRestart: pulumi.Output<boolean>;

  constructor(name: string, args: Args<EsvVariableArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:EsvVariable", name, args, ["pendingRestart"], [], options);
  }
}

/** Maps a secret label of the realm to an ESV secret. */
export class SecretLabel extends PingResource {
  constructor(name: string, args: Args<SecretLabelArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:SecretLabel", name, args, [], [], options);
  }
}

/** A demo identity. Development only. */
export class User extends PingResource {
  declare readonly userId: pulumi.Output<string>;

  constructor(name: string, args: Args<UserArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:User", name, args, ["userId"], ["password"], options);
  }
}

/** A demo group with its members. Development only. */
export class Group extends PingResource {
  constructor(name: string, args: Args<GroupArgs>, options?: pulumi.CustomResourceOptions) {
    super("aic:Group", name, args, [], [], options);
  }
}
