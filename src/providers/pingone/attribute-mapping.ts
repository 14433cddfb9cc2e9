/** `pingone:AttributeMapping`: a claim that an application gets about a user (pingone §5.5). */

import { z } from "zod";
import type { PingOneCollection, PingOneObject } from "../../admin-api/pingone/collection.ts";
import { hasName } from "../../admin-api/pingone/environment.ts";
import { guard, limit, reach } from "../../drift/bearing.ts";
import { PingAgentsError } from "../../errors.ts";
import { checkClaim, claimFields, claimName } from "../../fields/pingone.ts";
import { childBearings, childInputs, childKind, childOutputs, type Parent } from "./child.ts";
import type { PingOneContext } from "./context.ts";
import { decodeProperties, encodeProperties, property, replaceChanged } from "./properties.ts";

const TYPE = "pingone:AttributeMapping";
/** What `sub` is mapped to unless somebody changes it. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of PingOne
export const DEFAULT_SUB = "${user.id}";

const schema = z
  .strictObject({
    ...childInputs,
    name: claimName,
    ...claimFields,
    required: z.boolean().default(false).describe("Whether a user without a value is refused"),
    idToken: property("idToken", claimFields.idToken, { absent: true }),
    userInfo: property("userInfo", claimFields.userInfo, { absent: true }),
  })
  .superRefine(checkClaim);
type AttributeMappingInputs = z.infer<typeof schema>;

const outputs = z.object({ ...childOutputs, mappingId: z.string().describe("UUID of the mapping") });

async function find(context: PingOneContext, { environment, id }: Parent, { name }: AttributeMappingInputs) {
  const rows = await context.rows(`${environment.id} attributes ${id}`, environment.below(id, "attributes"));
  return rows.find(hasName(name));
}

export const attributeMapping = childKind({
  type: TYPE,
  inputs: schema.describe("A claim that an application gets about a user."),
  outputs,
  immutable: ["name"],
  drift: {
    noun: "claim",
    fields: {
      ...childBearings,
      name: guard("the claim has another name"),
      value: guard("the claim says something else: who decides by it may decide otherwise"),
      idToken: reach("ID tokens have the claim", "ID tokens have no such claim"),
      userInfo: reach("the UserInfo endpoint shows the claim", "the UserInfo endpoint does not show the claim"),
      scopes: reach("the claim comes with further scopes", "the claim comes with fewer scopes"),
      required: limit("users without a value get tokens", "users without a value get no token"),
    },
  },
  key: ({ name }) => [name],
  find,
  // PingOne makes core mappings itself: one that is there is nobody's, and is taken over (pingone §9, complaint 7).
  isBuiltIn: ({ mappingType }) => mappingType === "CORE",
  resolve: scopeIds,

  decode: async (context, mapping, inputs) => {
    const oidc = inputs.scopes && (await oidcScopes(context, inputs));
    const names = new Map([...(oidc ?? [])].map(([name, id]) => [id, name]));
    const scopes = Array.isArray(mapping.oidcScopes) ? mapping.oidcScopes.map(String) : undefined;
    return {
      inputs: {
        name: mapping.name,
        value: mapping.value,
        required: mapping.required,
        ...decodeProperties(schema, mapping, inputs),
        scopes: scopes?.map((id) => names.get(id) ?? id).sort(),
      },
      outputs: { mappingId: mapping.id },
    };
  },

  write: async (context, { environment, id }, { inputs, previous, live }) => {
    const mappings = environment.below(id, "attributes");
    const { name, value, required } = inputs;
    const { oidcScopes: kept, ...rest } = encodeProperties(schema, inputs, previous, live);
    const body = { ...rest, name, value, required, ...(await scopesOf(context, inputs, previous, kept)) };
    const made = async () => (await mappings.list()).find(hasName(name));
    return live ? replaceChanged(mappings, live, body) : mappings.create(body, made);
  },

  remove: async (_context, { environment, id }, mapping) => {
    await removeMapping(environment.below(id, "attributes"), mapping);
  },
});

/** True for a mapping that somebody made, or changed: what PingOne makes itself is nobody's. */
export const isMadeMapping = ({ mappingType, name, value }: PingOneObject) =>
  mappingType !== "CORE" || (name === "sub" && value !== DEFAULT_SUB);

/** Removes a mapping; one that PingOne makes itself goes back to what it was. */
export async function removeMapping(mappings: PingOneCollection, { id, name, mappingType }: PingOneObject) {
  if (mappingType !== "CORE") await mappings.delete(id);
  else if (name === "sub") await mappings.replace(id, { name, value: DEFAULT_SUB, required: true });
}

/** The scopes of OpenID Connect: their ids by name. */
async function oidcScopes(context: PingOneContext, inputs: AttributeMappingInputs) {
  const names = context.names(inputs.environmentId);
  const where = { resource: `${TYPE} ${inputs.application}/${inputs.name}`, field: "scopes" };
  return names.scopeIds(await names.idOf("resources", "openid", where), inputs.scopes ?? []);
}

async function scopesOf(
  context: PingOneContext,
  inputs: AttributeMappingInputs,
  previous: AttributeMappingInputs | undefined,
  kept: unknown,
) {
  if (!inputs.scopes) return kept === undefined || previous?.scopes ? {} : { oidcScopes: kept };
  return { oidcScopes: await scopeIds(context, inputs) };
}

/** The ids of the declared scopes. */
async function scopeIds(context: PingOneContext, inputs: AttributeMappingInputs): Promise<string[]> {
  if (!inputs.scopes) return [];
  const known = await oidcScopes(context, inputs);
  const oidcIds = inputs.scopes.map((name) => {
    const id = known.get(name);
    if (id !== undefined) return id;
    throw new PingAgentsError("ERR_NAME_NOT_FOUND", `OpenID Connect has no scope "${name}" here`, {
      where: {
        resource: `${TYPE} ${inputs.application}/${inputs.name}`,
        field: "scopes",
        tenant: context.tenant.origin,
      },
      hint: `it has ${[...known.keys()].join(", ")}`,
    });
  });
  return oidcIds;
}
