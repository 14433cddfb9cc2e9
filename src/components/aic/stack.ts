/** Turns an AIC declaration into resources. */

import * as pulumi from "@pulumi/pulumi";
import type { PlaceOf } from "../../declaration/load.ts";
import type { AdoptPolicy } from "../../fields/adopt.ts";
import { passwordSchema } from "../../fields/aic.ts";
import { named } from "../../named.ts";
import type { Written } from "../declared-world.ts";
import { held } from "../held.ts";
import { type Path, writtenAt } from "../place.ts";
import { mapValues } from "../settings.ts";
import { type StackOutputs, stackOutputs, tokenServiceOf } from "../stack-outputs.ts";
import { secretValue } from "./credentials.ts";
import { CustomApplication } from "./custom-application.ts";
import type { AicDeclaration } from "./declaration.ts";
import { DeclaredAgent } from "./declared-agent.ts";
import { declaredWorld } from "./declared-world.ts";
import { actorsOf } from "./delegation.ts";
import { aicClientOutputs } from "./outputs.ts";
import {
  AcrMapping,
  EsvSecret,
  EsvVariable,
  GrantTypes,
  Group,
  Journey,
  ProviderBaseline,
  ProviderSetting,
  User,
} from "./resources.ts";
import { journeysOf, settingsOf } from "./static.ts";

/** Options that say where a resource is written. */
type At = (...path: Path) => pulumi.ComponentResourceOptions;
/** What an entry says of the resource itself, beside its fields. */
type Kept = { readonly adopt?: AdoptPolicy | undefined; readonly protect?: boolean | undefined };

/**
 * Declares every resource of an environment.
 *
 * @param written where its values are written, for messages
 * @throws ERR_ACCESS_POLICY
 */
export function declareAic(declaration: AicDeclaration, written: Partial<Written> = {}): StackOutputs {
  const { placeOf } = written;
  const world = declaredWorld(declaration, written);
  return held(world, declaration.accessPolicy, placeOf, () => declareAll(declaration, placeOf));
}

function declareAll(declaration: AicDeclaration, placeOf: PlaceOf | undefined): StackOutputs {
  const { realm, tier, undeclaredAccess, applications = {}, agents = {} } = declaration;
  const actors = actorsOf(declaration);
  const at: At = (...path) => writtenAt(path, placeOf);
  const { addedGrantTypes, entries } = declareProvider(declaration, at);
  const surroundings = { realm, tier, addedGrantTypes };
  // What clients need comes before them, and goes after them.
  const options = { dependsOn: [...entries, ...declarePeople(declaration, at), ...declareEsvs(declaration, at)] };
  const declared = mapValues(
    applications,
    (clientId, args) =>
      new CustomApplication(
        clientId,
        { ...surroundings, clientId, mayAct: actors.get(clientId), ...args },
        { ...options, ...at("applications", clientId) },
      ),
  );
  const managed = mapValues(declared, (_clientId, { application }) => application);
  const identities = mapValues(
    agents,
    (clientId, args) =>
      new DeclaredAgent(
        clientId,
        { ...surroundings, clientId, mayAct: actors.get(clientId), applications: managed, undeclaredAccess, ...args },
        { ...options, ...at("agents", clientId) },
      ),
  );
  const clients = { ...declared, ...identities };
  const origin = tokenServiceOf(declaration);
  const outputs = mapValues({ ...applications, ...agents }, (key, client) =>
    pulumi
      .all([origin, clients[key]?.kid])
      .apply(([at, kid]) => aicClientOutputs(client, { ...declaration, origin: at, clientId: key, kid })),
  );
  return stackOutputs(clients, outputs);
}

/** Our entries of the realm's OAuth2 provider. */
type ProviderEntries = {
  readonly entries: readonly pulumi.Resource[];
  /** Grant types that the realm did not offer before this stack. */
  readonly addedGrantTypes?: pulumi.Output<string[]>;
};

/** Journeys, and our entries of the realm's OAuth2 provider. */
function declareProvider(declaration: AicDeclaration, at: At): ProviderEntries {
  const { realm, tier, provider } = declaration;
  const journeys = journeysOf(declaration).map((args) => {
    const { adopt, protect = false }: Kept = declaration.journeys?.[args.name] ?? {};
    const options = { protect, ...at("journeys", args.name) };
    return [args.name, new Journey(`${realm}/${args.name}`, { ...args, adopt }, options)] as const;
  });
  const declared = Object.fromEntries(journeys);
  const { grantTypes, acr = {} } = provider ?? {};
  const settings = settingsOf(declaration);
  if (!grantTypes && Object.keys(acr).length === 0 && settings.length === 0) return { entries: [] };
  const settingNames = settings.map(({ setting }) => setting);
  const baseline = new ProviderBaseline(
    realm,
    { realm, ...(settingNames.length > 0 && { settingNames }) },
    at("provider"),
  );
  // A baseline that is read anew must not find our own entries in the document.
  const after = { replaceWith: [baseline] };
  const mapped = Object.entries(acr).map(([value, journey]) => {
    const args = {
      realm,
      tier,
      acr: value,
      journey: named(declared, journey)?.name ?? journey,
      baseline: baseline.acr,
    };
    return new AcrMapping(`${realm}/${value}`, args, { ...after, ...at("provider", "acr", value) });
  });
  const set = settings.map(({ setting, value }) => {
    const args = { realm, tier, setting, value, baseline: baseline.settings.apply((before) => before ?? {}) };
    return new ProviderSetting(`${realm}/${setting}`, args, { ...after, ...at("provider", setting) });
  });
  if (!grantTypes) return { entries: [...mapped, ...set] };
  const given = { realm, tier, grantTypes, baseline: baseline.grantTypes };
  const offered = new GrantTypes(realm, given, { ...after, ...at("provider") });
  // A run with --target that leaves the baseline out has none.
  const added = (before: readonly string[] = grantTypes) => grantTypes.filter((type) => !before.includes(type));
  const addedGrantTypes = baseline.grantTypes.apply(added);
  return { entries: [offered, ...mapped, ...set], addedGrantTypes };
}

function declarePeople({ realm, tier, users = {}, groups = {} }: AicDeclaration, at: At): pulumi.Resource[] {
  const people = Object.entries(users).map(([userName, { password, protect = false, ...user }]) => {
    const secret = password && { password: secretValue(password, `users.${userName}.password`, passwordSchema) };
    const options = { protect, ...at("users", userName) };
    return new User(`${realm}/${userName}`, { realm, tier, userName, ...user, ...secret }, options);
  });
  const declared = Object.entries(groups).map(([name, { protect = false, ...group }]) => {
    const options = { dependsOn: people, protect, ...at("groups", name) };
    return new Group(`${realm}/${name}`, { realm, tier, name, ...group }, options);
  });
  return [...people, ...declared];
}

function declareEsvs({ esvSecrets = {}, esvVariables = {} }: AicDeclaration, at: At): pulumi.Resource[] {
  const secrets = Object.entries(esvSecrets).map(([id, { value, protect = false, ...args }]) => {
    const secret = { secretId: id, value: secretValue(value, `esvSecrets.${id}.value`), ...args };
    return new EsvSecret(id, secret, { protect, ...at("esvSecrets", id) });
  });
  const variables = Object.entries(esvVariables).map(
    ([id, { protect = false, ...args }]) =>
      new EsvVariable(id, { variableId: id, ...args }, { protect, ...at("esvVariables", id) }),
  );
  return [...secrets, ...variables];
}
