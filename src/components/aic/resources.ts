/** The resources of Advanced Identity Cloud as Pulumi classes. Made by npm run schema from their kinds. Do not edit. */

import { acrMapping } from "../../providers/aic/acr-mapping.ts";
import { agentPrivilege } from "../../providers/aic/agent-privilege.ts";
import { aiAgent } from "../../providers/aic/ai-agent.ts";
import { application } from "../../providers/aic/application.ts";
import { cibaKey } from "../../providers/aic/ciba-key.ts";
import { esvSecret } from "../../providers/aic/esv-secret.ts";
import { esvVariable } from "../../providers/aic/esv-variable.ts";
import { grantTypes } from "../../providers/aic/grant-types.ts";
import { group } from "../../providers/aic/group.ts";
import { journey } from "../../providers/aic/journey.ts";
import { oauth2Client } from "../../providers/aic/oauth2-client.ts";
import { providerBaseline } from "../../providers/aic/provider-baseline.ts";
import { providerSetting } from "../../providers/aic/provider-setting.ts";
import { script } from "../../providers/aic/script.ts";
import { secretLabel } from "../../providers/aic/secret-label.ts";
import { user } from "../../providers/aic/user.ts";
import { resourceClass } from "../resource-class.ts";
import type * as types from "./types.ts";

/** An AI agent with its identity, owners and OAuth 2.0 settings. */
export class AiAgent extends resourceClass<types.AiAgentArgs, types.AiAgentOutputs>(aiAgent) {}

/** Which agent may act for whom, on which application, with which scopes. */
export class AgentPrivilege extends resourceClass<types.AgentPrivilegeArgs, types.AgentPrivilegeOutputs>(
  agentPrivilege,
) {}

/** An OAuth 2.0 client. */
export class OAuth2Client extends resourceClass<types.OAuth2ClientArgs, types.OAuth2ClientOutputs>(oauth2Client) {}

/** A managed application that is linked with an OAuth 2.0 client. */
export class Application extends resourceClass<types.ApplicationArgs, types.ApplicationOutputs>(application) {}

/** What the realm's OAuth2 provider had before this stack; makes the entries of this stack known as its own. */
export class ProviderBaseline extends resourceClass<types.ProviderBaselineArgs, types.ProviderBaselineOutputs>(
  providerBaseline,
) {}

/** One setting of the realm's OAuth2 provider, which counts for all its clients. */
export class ProviderSetting extends resourceClass<types.ProviderSettingArgs, types.ProviderSettingOutputs>(
  providerSetting,
) {}

/** Grant types that the realm's OAuth2 provider offers because of this stack. */
export class GrantTypes extends resourceClass<types.GrantTypesArgs, types.GrantTypesOutputs>(grantTypes) {}

/** One acr value and the journey it starts. */
export class AcrMapping extends resourceClass<types.AcrMappingArgs, types.AcrMappingOutputs>(acrMapping) {}

/** A journey with its nodes. */
export class Journey extends resourceClass<types.JourneyArgs, types.JourneyOutputs>(journey) {}

/** A key pair that signs CIBA requests; its private half is in the state, encrypted. Development only. */
export class CibaKey extends resourceClass<types.CibaKeyArgs, types.CibaKeyOutputs>(cibaKey) {}

/** A secret of the environment. */
export class EsvSecret extends resourceClass<types.EsvSecretArgs, types.EsvSecretOutputs>(esvSecret) {}

/** A variable of the environment. */
export class EsvVariable extends resourceClass<types.EsvVariableArgs, types.EsvVariableOutputs>(esvVariable) {}

/** Maps a secret label of the realm to an ESV secret. */
export class SecretLabel extends resourceClass<types.SecretLabelArgs, types.SecretLabelOutputs>(secretLabel) {}

/** A script of a realm, to which OAuth 2.0 settings refer by its id. */
export class Script extends resourceClass<types.ScriptArgs, types.ScriptOutputs>(script) {}

/** A demo identity. Development only. */
export class User extends resourceClass<types.UserArgs, types.UserOutputs>(user) {}

/** A demo group with its members. Development only. */
export class Group extends resourceClass<types.GroupArgs, types.GroupOutputs>(group) {}
