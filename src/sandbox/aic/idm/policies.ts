/** What IDM refuses in a managed object: 403 with `failedPolicyRequirements` (aic §1.4, §3.1, §3.7). */
import { ApiError } from "../../errors.ts";
import { isObject, type JsonObject, typeName } from "../../json.ts";
import type { Store } from "../../store.ts";
import { holders } from "./records.ts";
import type { ManagedType } from "./types.ts";

type Requirement = { policyRequirement: string; params?: JsonObject };
type Policy = { policyId: string; params?: JsonObject };

const MATCHES: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  array: Array.isArray,
  object: isObject,
  relationship: isObject,
};

/** Names of schema types as policies show them. */
const shownType = (type: string) => (type === "relationship" ? "object" : type);

/**
 * Checks the properties that a write gives.
 * @param given properties as they would be after the write; null means unset
 * @throws {ApiError} 403 that names every property and what it fails
 */
export function enforce(store: Store, type: ManagedType, id: string, given: JsonObject, required: string[] = []): void {
  const failed = [...new Set([...required, ...Object.keys(given)])]
    .map((property) => ({ policyRequirements: check(store, type, id, given, property, required), property }))
    .filter(({ policyRequirements }) => policyRequirements.length > 0);
  if (failed.length) throw policyFailure(failed);
}

/** The error that lists failed policies. */
function policyFailure(failed: { policyRequirements: Requirement[]; property: string }[]): ApiError {
  const detail = { result: false, failedPolicyRequirements: failed };
  return new ApiError(403, "Failed policy validation", { detail });
}

function check(
  store: Store,
  type: ManagedType,
  id: string,
  given: JsonObject,
  property: string,
  required: string[],
): Requirement[] {
  const value = given[property];
  const schema = type.properties[property];
  if (value === undefined || value === null)
    return required.includes(property) ? [{ policyRequirement: "REQUIRED" }] : [];
  const expected = schema?.type;
  if (typeof expected === "string" && !MATCHES[expected]?.(value)) {
    const params = { invalidType: typeName(value), validTypes: [shownType(expected)] };
    return [{ policyRequirement: "VALID_TYPE", params }];
  }
  const policies = (schema?.policies ?? []) as Policy[];
  return policies.flatMap((policy) => apply(store, type, id, given, property, policy));
}

function apply(
  store: Store,
  type: ManagedType,
  id: string,
  given: JsonObject,
  property: string,
  { policyId, params = {} }: Policy,
): Requirement[] {
  const value = given[property];
  switch (policyId) {
    case "unique":
      return holders(store, type, property, value).some((other) => other !== id)
        ? [{ policyRequirement: "UNIQUE" }]
        : [];
    case "id-must-equal-property":
      return value === given[String(params.propertyName)]
        ? []
        : [{ policyRequirement: "ID_MUST_EQUAL_PROPERTY", params: { propertyName: params.propertyName } }];
    case "cannot-contain-characters": {
      const forbidden = (params.forbiddenChars ?? []) as string[];
      return forbidden.some((text) => String(value).includes(text))
        ? [{ policyRequirement: "CANNOT_CONTAIN_CHARACTERS", params: { forbiddenChars: forbidden } }]
        : [];
    }
    default:
      return [];
  }
}
