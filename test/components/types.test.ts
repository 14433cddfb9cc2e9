/** The generated types say what the schemas say: a class takes nothing that its kind has no type for, and has what it answers. */

import { expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { AicDeclaration } from "../../src/components/aic/declaration.ts";
import type * as aicClasses from "../../src/components/aic/types.ts";
import type { PingOneDeclaration } from "../../src/components/pingone/declaration.ts";
import type * as pingOneClasses from "../../src/components/pingone/types.ts";
import type { acrMapping } from "../../src/providers/aic/acr-mapping.ts";
import type { agentPrivilege } from "../../src/providers/aic/agent-privilege.ts";
import type { aiAgent } from "../../src/providers/aic/ai-agent.ts";
import type { application } from "../../src/providers/aic/application.ts";
import type { cibaKey } from "../../src/providers/aic/ciba-key.ts";
import type { esvSecret } from "../../src/providers/aic/esv-secret.ts";
import type { esvVariable } from "../../src/providers/aic/esv-variable.ts";
import type { grantTypes } from "../../src/providers/aic/grant-types.ts";
import type { group } from "../../src/providers/aic/group.ts";
import type { journey } from "../../src/providers/aic/journey.ts";
import type { oauth2Client } from "../../src/providers/aic/oauth2-client.ts";
import type { providerBaseline } from "../../src/providers/aic/provider-baseline.ts";
import type { providerSetting } from "../../src/providers/aic/provider-setting.ts";
import type { script } from "../../src/providers/aic/script.ts";
import type { secretLabel } from "../../src/providers/aic/secret-label.ts";
import type { user } from "../../src/providers/aic/user.ts";
import type { agreement } from "../../src/providers/pingone/agreement.ts";
import type * as pingOneAgent from "../../src/providers/pingone/ai-agent.ts";
import type * as pingOneApplication from "../../src/providers/pingone/application.ts";
import type { attributeMapping } from "../../src/providers/pingone/attribute-mapping.ts";
import type * as lookup from "../../src/providers/pingone/lookup.ts";
import type { owner } from "../../src/providers/pingone/owner.ts";
import type { policyAssignments } from "../../src/providers/pingone/policy-assignments.ts";
import type { resource } from "../../src/providers/pingone/resource.ts";
import type { scopeGrant } from "../../src/providers/pingone/scope-grant.ts";
import type { secret } from "../../src/providers/pingone/secret.ts";

/** With lists that nobody changes, as programs may hand in; JSON as it is. */
type Frozen<T> = z.core.util.JSONType extends T
  ? unknown
  : T extends object
    ? { readonly [Name in keyof T]: Frozen<T[Name]> }
    : T;
type Kind = { readonly inputs: z.ZodObject; readonly outputs?: z.ZodObject };
type Shapes<One extends Kind> = One["inputs"]["shape"] & NonNullable<One["outputs"]>["shape"];
type Answers<One extends Kind> = { [Name in keyof Shapes<One>]: z.output<Shapes<One>[Name]> };

/** What of the types of a class is not as its kind says. */
type Lies<One extends Kind, Inputs, Outputs> =
  | ([Inputs] extends [Frozen<z.input<One["inputs"]>>] ? never : "takes what the kind has no type for")
  | ([keyof z.input<One["inputs"]>] extends [keyof Inputs] ? never : "does not take all")
  | ([Answers<One>] extends [Required<Outputs>] ? never : "answers something else")
  | ([keyof Answers<One>] extends [keyof Outputs] ? never : "does not show all");

test("of AIC", () => {
  type All =
    | Lies<typeof acrMapping, aicClasses.AcrMappingInputs, aicClasses.AcrMappingOutputs>
    | Lies<typeof agentPrivilege, aicClasses.AgentPrivilegeInputs, aicClasses.AgentPrivilegeOutputs>
    | Lies<typeof aiAgent, aicClasses.AiAgentInputs, aicClasses.AiAgentOutputs>
    | Lies<typeof application, aicClasses.ApplicationInputs, aicClasses.ApplicationOutputs>
    | Lies<typeof cibaKey, aicClasses.CibaKeyInputs, aicClasses.CibaKeyOutputs>
    | Lies<typeof esvSecret, aicClasses.EsvSecretInputs, aicClasses.EsvSecretOutputs>
    | Lies<typeof esvVariable, aicClasses.EsvVariableInputs, aicClasses.EsvVariableOutputs>
    | Lies<typeof grantTypes, aicClasses.GrantTypesInputs, aicClasses.GrantTypesOutputs>
    | Lies<typeof group, aicClasses.GroupInputs, aicClasses.GroupOutputs>
    | Lies<typeof journey, aicClasses.JourneyInputs, aicClasses.JourneyOutputs>
    | Lies<typeof oauth2Client, aicClasses.OAuth2ClientInputs, aicClasses.OAuth2ClientOutputs>
    | Lies<typeof providerBaseline, aicClasses.ProviderBaselineInputs, aicClasses.ProviderBaselineOutputs>
    | Lies<typeof providerSetting, aicClasses.ProviderSettingInputs, aicClasses.ProviderSettingOutputs>
    | Lies<typeof script, aicClasses.ScriptInputs, aicClasses.ScriptOutputs>
    | Lies<typeof secretLabel, aicClasses.SecretLabelInputs, aicClasses.SecretLabelOutputs>
    | Lies<typeof user, aicClasses.UserInputs, aicClasses.UserOutputs>;
  expectTypeOf<All>().toBeNever();
});

test("of PingOne", () => {
  type All =
    | Lies<typeof agreement, pingOneClasses.AgreementInputs, pingOneClasses.AgreementOutputs>
    | Lies<typeof pingOneAgent.aiAgent, pingOneClasses.AiAgentInputs, pingOneClasses.AiAgentOutputs>
    | Lies<typeof pingOneApplication.application, pingOneClasses.ApplicationInputs, pingOneClasses.ApplicationOutputs>
    | Lies<typeof attributeMapping, pingOneClasses.AttributeMappingInputs, pingOneClasses.AttributeMappingOutputs>
    | Lies<typeof lookup.group, pingOneClasses.GroupInputs, pingOneClasses.GroupOutputs>
    | Lies<typeof lookup.population, pingOneClasses.PopulationInputs, pingOneClasses.PopulationOutputs>
    | Lies<typeof owner, pingOneClasses.OwnerInputs, pingOneClasses.OwnerOutputs>
    | Lies<typeof policyAssignments, pingOneClasses.PolicyAssignmentsInputs, pingOneClasses.PolicyAssignmentsOutputs>
    | Lies<typeof resource, pingOneClasses.ResourceInputs, pingOneClasses.ResourceOutputs>
    | Lies<typeof scopeGrant, pingOneClasses.ScopeGrantInputs, pingOneClasses.ScopeGrantOutputs>
    | Lies<typeof secret, pingOneClasses.SecretInputs, pingOneClasses.SecretOutputs>;
  expectTypeOf<All>().toBeNever();
});

test("a checked declaration is made of entries that the components take", () => {
  type Entries<Section> = NonNullable<Section>[keyof NonNullable<Section>];
  expectTypeOf<Entries<AicDeclaration["agents"]>>().toExtend<aicClasses.AgentEntry>();
  expectTypeOf<Entries<AicDeclaration["applications"]>>().toExtend<aicClasses.ApplicationEntry>();
  expectTypeOf<Entries<PingOneDeclaration["agents"]>>().toExtend<pingOneClasses.AgentEntry>();
  expectTypeOf<Entries<PingOneDeclaration["applications"]>>().toExtend<pingOneClasses.ApplicationEntry>();
});
