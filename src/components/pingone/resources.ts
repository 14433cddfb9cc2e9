/** The resources of PingOne as Pulumi classes. Made by npm run schema from their kinds. Do not edit. */

import { agreement } from "../../providers/pingone/agreement.ts";
import { aiAgent } from "../../providers/pingone/ai-agent.ts";
import { application } from "../../providers/pingone/application.ts";
import { attributeMapping } from "../../providers/pingone/attribute-mapping.ts";
import { group, population } from "../../providers/pingone/lookup.ts";
import { owner } from "../../providers/pingone/owner.ts";
import { policyAssignments } from "../../providers/pingone/policy-assignments.ts";
import { resource } from "../../providers/pingone/resource.ts";
import { scopeGrant } from "../../providers/pingone/scope-grant.ts";
import { secret } from "../../providers/pingone/secret.ts";
import { signOnPolicy } from "../../providers/pingone/sign-on-policy.ts";
import { resourceClass } from "../resource-class.ts";
import type * as types from "./types.ts";

/** An AI agent: an application of type `AI_AGENT`. */
export class AiAgent extends resourceClass<types.AiAgentArgs, types.AiAgentOutputs>(aiAgent) {}

/** An OpenID Connect application that is no agent. */
export class Application extends resourceClass<types.ApplicationArgs, types.ApplicationOutputs>(application) {}

/** A custom API or MCP server, with its scopes and the claims of its access tokens. */
export class Resource extends resourceClass<types.ResourceArgs, types.ResourceOutputs>(resource) {}

/** Which scopes of one resource an application may ask for. */
export class ScopeGrant extends resourceClass<types.ScopeGrantArgs, types.ScopeGrantOutputs>(scopeGrant) {}

/** How users sign on to an application, in order. */
export class PolicyAssignments extends resourceClass<types.PolicyAssignmentsArgs, types.PolicyAssignmentsOutputs>(
  policyAssignments,
) {}

/** A claim that an application gets about a user. */
export class AttributeMapping extends resourceClass<types.AttributeMappingArgs, types.AttributeMappingOutputs>(
  attributeMapping,
) {}

/** The secret of an application. */
export class Secret extends resourceClass<types.SecretArgs, types.SecretOutputs>(secret) {}

/** A person or group that may manage an application. */
export class Owner extends resourceClass<types.OwnerArgs, types.OwnerOutputs>(owner) {}

/** A group that others manage, by name. */
export class Group extends resourceClass<types.GroupArgs, types.GroupOutputs>(group) {}

/** A population that others manage, by name. */
export class Population extends resourceClass<types.PopulationArgs, types.PopulationOutputs>(population) {}

/** What users consent to when they sign on, in one language or more. */
export class Agreement extends resourceClass<types.AgreementArgs, types.AgreementOutputs>(agreement) {}

/** What is asked of users who sign on, one action after the other. */
export class SignOnPolicy extends resourceClass<types.SignOnPolicyArgs, types.SignOnPolicyOutputs>(signOnPolicy) {}
