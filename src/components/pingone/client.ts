/** What agents and other applications of PingOne are made of: the application, and all that hangs below it. */

import type * as pulumi from "@pulumi/pulumi";
import type { OnRemove } from "../../fields/life.ts";
import { named } from "../../named.ts";
import { stackAdoptPolicy } from "../../providers/adoption.ts";
import { takeNote } from "../held.ts";
import { type Path, writtenAt } from "../place.ts";
import { PingComponent } from "../quiet.ts";
import { mapValues } from "../settings.ts";
import { stackConfig } from "../stack-config.ts";
import type { PingOneAgent, PingOneApplication } from "./declaration.ts";
import { declaredBelow } from "./declared-below.ts";
import { homeOf } from "./declared-world.ts";
import { grantsOf } from "./delegation.ts";
import {
  type AiAgent,
  type Application,
  AttributeMapping,
  Owner,
  PolicyAssignments,
  ScopeGrant,
  Secret,
} from "./resources.ts";

/** A resource (API, MCP server) of the same program. */
export type KnownResource = { readonly name: string; readonly resourceId: pulumi.Input<string> };

/** Where an agent or application lives, and what it reaches there. */
export type Surroundings = {
  /** UUID of the environment. @default `PINGONE_ENVIRONMENT_ID` */
  readonly environmentId?: string | undefined;
  /**
   * Resources of the same program, by the keys under which `access` names them: saves look-ups and orders the run.
   *
   * @default none: what `access` names is the name of a resource that others manage
   */
  readonly resources?: Readonly<Record<string, KnownResource>> | undefined;
};

type Access = Pick<
  PingOneAgent | PingOneApplication,
  | "access"
  | "delegates"
  | "policies"
  | "claims"
  | "secret"
  | "owners"
  | "adopt"
  | "protect"
  | "undeclaredAccess"
  | "allow"
>;
type ClientArgs = Access & Surroundings & { readonly name: string; readonly onRemove?: OnRemove | undefined };

/** Says of a component what it declares, for the rules over access; what `access` names is called by its own name. */
export function noted(
  component: pulumi.Resource,
  section: "agents" | "applications",
  key: string,
  { environmentId, resources = {}, ...declared }: (PingOneAgent | PingOneApplication) & Surroundings,
): void {
  const nameOf = (resource: string) => named(resources, resource)?.name ?? resource;
  const access = declared.access?.map((entry) => ({ ...entry, resource: nameOf(entry.resource) }));
  const delegates = declared.delegates?.map((entry) => {
    return { ...entry, with: nameOf(entry.with), resource: nameOf(entry.resource) };
  });
  const entry = { ...declared, access, ...(delegates && { delegates }) };
  takeNote(component, { section, key, entry }, homeOf(environmentId));
}

/** What an application is told of the access below it, which it owns as a set. */
type OwnedAccess = ReturnType<typeof accessOf>;

/**
 * An application with its grants, policies, claims, owners and secret. It owns them as a set: what a program declares below the
 * application beside this has to stand in `allow` (decision 0010).
 */
export abstract class PingOneClient extends PingComponent {
  /** Id of the application. */
  readonly applicationId: pulumi.Output<string>;
  /** OAuth 2.0 client id, which PingOne chooses. */
  readonly clientId: pulumi.Output<string>;
  /** The client secret, where the declaration asks for it with `secret: { output: true }`. */
  readonly secret: pulumi.Output<string | undefined> | undefined;

  /**
   * @param type token of the component
   * @param key prefix of the names of all resources, unique in the stack
   * @param create makes the application itself
   */
  protected constructor(
    type: string,
    key: string,
    args: ClientArgs,
    create: (owned: OwnedAccess, options: pulumi.CustomResourceOptions) => AiAgent | Application,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super(type, key, options);
    const application = create(accessOf(args), { parent: this, ...(args.protect && { protect: true }) });
    this.applicationId = application.applicationId;
    this.clientId = application.clientId;
    this.secret = declareAccess(key, application, args, this);
    this.registerOutputs({ applicationId: this.applicationId, clientId: this.clientId });
  }
}

/** What is declared below an application, and what becomes of all else. */
function accessOf(args: ClientArgs) {
  const declared = declaredBelow(args, args.resources);
  // A take-over compares the sentences. In all other cases they would make a change of what hangs below one of the application.
  const mayAdopt = (args.adopt ?? stackAdoptPolicy(stackConfig)) !== "never";
  const declaredAccess = mapValues(declared, (_access, sentence) => (mayAdopt ? sentence : ""));
  return { declaredAccess, ...rulesOf(args) };
}

/** What becomes of access that is not declared; to name it as none makes it drift. */
const rulesOf = ({ undeclaredAccess, allow }: Pick<Access, "undeclaredAccess" | "allow">) => ({
  undeclared: {},
  undeclaredAccess,
  allow,
});

/**
 * Declares what hangs below an application, in the order in which it works (pingone §6).
 *
 * @returns the client secret, where the declaration asks for it
 */
function declareAccess(
  label: string,
  application: AiAgent | Application,
  args: ClientArgs,
  parent: pulumi.Resource,
): pulumi.Output<string | undefined> | undefined {
  const { environmentId, resources = {}, policies, claims = {}, secret, owners = [] } = args;
  const rules = rulesOf(args);
  const common = { environmentId, application: args.name, applicationId: application.applicationId, adopt: args.adopt };
  // PingOne deletes them with the application (pingone §4).
  const below = {
    ...{ parent, replaceWith: [application] },
    // A retained agent keeps it; the entry of one of it alone takes that away.
    ...(args.onRemove === "retain" && { deletedWith: application }),
  };
  const at = (...path: Path) => ({ ...below, ...writtenAt(path) });
  const grants = grantsOf(args, resources).map(({ resource, scopes, path }) => {
    const known = named(resources, resource);
    const target = { resource: known?.name ?? resource, resourceId: known?.resourceId };
    return new ScopeGrant(`${label}/${resource}`, { ...common, ...target, scopes, ...rules }, at(...path));
  });
  for (const [claim, mapping] of Object.entries(claims)) {
    const options = { ...at("claims", claim), dependsOn: grants };
    new AttributeMapping(`${label}/${claim}`, { ...common, name: claim, ...mapping }, options);
  }
  if (policies) new PolicyAssignments(`${label}/policies`, { ...common, policies, ...rules }, below);
  for (const [index, user] of owners.entries()) new Owner(`${label}/${user}`, { ...common, user }, at("owners", index));
  return secret && new Secret(`${label}/secret`, { ...common, ...secret }, at("secret")).secret;
}
