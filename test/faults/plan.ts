/** What a declaration makes, as a plan that can be carried out without the engine: resources, and what each needs of others. */

import { isRecord } from "../../src/admin-api/http/json.ts";
import { aicDeclarationSchema } from "../../src/components/aic/declaration.ts";
import { declareAic } from "../../src/components/aic/stack.ts";
import { pingOneDeclarationSchema } from "../../src/components/pingone/schema.ts";
import { declarePingOne } from "../../src/components/pingone/stack.ts";
import { type Properties, revealSecret } from "../../src/providers/pulumi-values.ts";
import { type Registered, register } from "../components/program.ts";

/** A resource that is declared; outputs of others stand in its inputs as texts, which {@link filled} replaces. */
export type Planned = {
  /** `type name`. */
  readonly label: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** Labels of what must be there first. */
  readonly dependsOn: readonly string[];
};

/** The resources of a declaration. */
export async function planOf(declaration: object): Promise<Planned[]> {
  const { platform } = declaration as { platform?: unknown };
  const declare = () =>
    platform === "aic"
      ? declareAic(aicDeclarationSchema.parse(declaration))
      : declarePingOne(pingOneDeclarationSchema.parse(declaration));
  const { resources } = await register(declare);
  const labelOf = ({ type, name }: Registered) => `${type} ${name}`;
  const parentOf = ({ path }: Registered) =>
    path.includes(" / ") ? path.slice(0, path.lastIndexOf(" / ")) : undefined;
  // A component is there when all below it is, and all below it comes after what the component needs.
  const below = (label: string) => resources.filter((one) => parentOf(one) === label).map(labelOf);
  const isOfTenant = ({ type }: Registered) => !/:(DeclaredAgent|CustomApplication)$/.test(type);
  const needs = (one: Registered): string[] => {
    const parent = resources.find((other) => labelOf(other) === parentOf(one));
    return [...one.dependsOn, ...(parent?.dependsOn ?? [])].flatMap((label) => [label, ...below(label)]);
  };
  return resources.filter(isOfTenant).map((one) => ({
    ...{ label: labelOf(one), type: one.type, name: one.name, inputs: defined(one.inputs) as Properties },
    dependsOn: needs(one).filter((label) => label !== labelOf(one)),
  }));
}

function defined(value: unknown): unknown {
  const plain = revealSecret(value);
  if (Array.isArray(plain)) return plain.map(defined);
  if (!isRecord(plain)) return plain;
  const kept = Object.entries(plain).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(kept.map(([key, inner]) => [key, defined(inner)]));
}

/** Outputs of a resource that was made. */
export type Made = { readonly type: string; readonly name: string; readonly outs: Properties };

/** What stands for an output in a plan, by the name of the output (test/components/program.ts). */
const WORDS = {
  identityId: "identity of",
  applicationId: "application of",
  clientId: "client id of",
  resourceId: "resource of",
  scriptId: "script of",
};

/** Outputs of the baseline that are another resource's `baseline`, by its type. */
const BASELINES: Readonly<Record<string, string>> = {
  "aic:GrantTypes": "grantTypes",
  "aic:AcrMapping": "acr",
  "aic:ProviderSetting": "settings",
};

/** The inputs with what others have answered in the place of what stands for it. */
export function filled({ type, inputs }: Planned, made: readonly Made[]): Properties {
  const texts = made.flatMap(({ name, outs }) =>
    Object.entries(WORDS).flatMap(([output, word]) =>
      typeof outs[output] === "string" ? [[`${word} ${name}`, outs[output]] as const] : [],
    ),
  );
  // Longer names first: one may begin another.
  texts.sort(([a], [b]) => b.length - a.length);
  const keys = new Map<string, unknown>(made.map(({ name, outs }) => [`key of ${name}`, outs.jwks]));
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return texts.reduce((text, [from, to]) => text.replaceAll(from, to), value);
    if (Array.isArray(value)) return value.map(fill);
    if (!isRecord(value)) return value;
    const [first] = Array.isArray(value.keys) ? (value.keys as Properties[]) : [];
    const jwks = first && keys.get(String(first.kid));
    return jwks ?? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  const before = made.find((one) => one.type === "aic:ProviderBaseline")?.outs[BASELINES[type] ?? ""];
  return { ...(fill(inputs) as Properties), ...(before !== undefined && { baseline: before }) };
}
