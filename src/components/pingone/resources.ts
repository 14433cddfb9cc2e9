/** The PingOne resources as Pulumi classes. What they take and mean is documented with their kinds in `providers/pingone`. */

import type * as pulumi from "@pulumi/pulumi";
import type { AiAgentArgs } from "../../providers/pingone/ai-agent.ts";
import type { ApplicationArgs } from "../../providers/pingone/application.ts";
import type { AttributeMappingArgs } from "../../providers/pingone/attribute-mapping.ts";
import type { LookupArgs } from "../../providers/pingone/lookup.ts";
import type { OwnerArgs } from "../../providers/pingone/owner.ts";
import type { PolicyAssignmentsArgs } from "../../providers/pingone/policy-assignments.ts";
import type { ResourceArgs } from "../../providers/pingone/resource.ts";
import type { ScopeGrantArgs } from "../../providers/pingone/scope-grant.ts";
import type { SecretArgs } from "../../providers/pingone/secret.ts";
import { type Args, PingResource } from "../resource.ts";

const APPLICATION_OUTPUTS = ["applicationId", "clientId", "issuer", "uploadedIcon"];

/** An AI agent: an application of type `AI_AGENT`. */
export class AiAgent extends PingResource {
  declare readonly applicationId: pulumi.Output<string>;
  declare readonly clientId: pulumi.Output<string>;
  /** Issuer of the environment's tokens. */
  declare readonly issuer: pulumi.Output<string>;

  constructor(name: string, args: Args<AiAgentArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:AiAgent", name, args, APPLICATION_OUTPUTS, [], options);
  }
}

/** An OpenID Connect application that is no agent. */
export class Application extends PingResource {
  declare readonly applicationId: pulumi.Output<string>;
  declare readonly clientId: pulumi.Output<string>;
  declare readonly issuer: pulumi.Output<string>;

  constructor(name: string, args: Args<ApplicationArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Application", name, args, APPLICATION_OUTPUTS, [], options);
  }
}

/** A custom API or MCP server, with its scopes and the claims of its access tokens. */
export class Resource extends PingResource {
  declare readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: Args<ResourceArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Resource", name, args, ["resourceId"], [], options);
  }
}

/** Which scopes of one resource an application may ask for. */
export class ScopeGrant extends PingResource {
  declare readonly grantId: pulumi.Output<string>;

  constructor(name: string, args: Args<ScopeGrantArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:ScopeGrant", name, args, ["grantId"], [], options);
  }
}

/** How users sign on to an application, in order. */
export class PolicyAssignments extends PingResource {
  constructor(name: string, args: Args<PolicyAssignmentsArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:PolicyAssignments", name, args, ["assignmentIds"], [], options);
  }
}

/** A claim that an application gets about a user. */
export class AttributeMapping extends PingResource {
  constructor(name: string, args: Args<AttributeMappingArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:AttributeMapping", name, args, ["mappingId"], [], options);
  }
}

/** The secret of an application. */
export class Secret extends PingResource {
  /** The secret, where `output` asks for it. */
  declare readonly secret: pulumi.Output<string | undefined>;
  /** Changes with the secret, and gives nothing of it away. */
  declare readonly fingerprint: pulumi.Output<string>;

  constructor(name: string, args: Args<SecretArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Secret", name, args, ["secret", "fingerprint"], ["secret"], options);
  }
}

/** A person or group that may manage an application. */
export class Owner extends PingResource {
  constructor(name: string, args: Args<OwnerArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Owner", name, args, ["assignmentId"], [], options);
  }
}

/** A group that others manage, by name. */
export class Group extends PingResource {
  declare readonly objectId: pulumi.Output<string>;

  constructor(name: string, args: Args<LookupArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Group", name, args, ["objectId"], [], options);
  }
}

/** A population that others manage, by name. */
export class Population extends PingResource {
  declare readonly objectId: pulumi.Output<string>;

  constructor(name: string, args: Args<LookupArgs>, options?: pulumi.CustomResourceOptions) {
    super("pingone:Population", name, args, ["objectId"], [], options);
  }
}
