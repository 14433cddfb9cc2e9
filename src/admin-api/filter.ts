/** Query filters (`_queryFilter`) of AM and IDM, with values quoted so that no value can become part of the filter. */
import { AdminApiError } from "./errors.ts";

/** A value that a filter can compare with. */
export type FilterValue = string | number | boolean;

/**
 * `field eq "value"`. Servers may ignore case: compare the rows again (contract 1.3).
 *
 * @param field name or path, e.g. `userName` or `ssoEntities/oidcId`
 * @throws AdminApiError `ERR_API_BAD_REQUEST` for a field that is not a plain name
 */
export function eq(field: string, value: FilterValue): string {
  if (!/^[\w/.-]+$/.test(field)) {
    throw new AdminApiError("ERR_API_BAD_REQUEST", `"${field}" cannot be a field of a query filter`);
  }
  return `${field} eq ${typeof value === "string" ? `"${value.replace(/["\\]/g, "\\$&")}"` : value}`;
}

/** True for objects whose field has one of the values; for none when there are no values. The filter is part of a URL: send tens, not thousands. */
export function anyOf(field: string, values: readonly FilterValue[]): string {
  return values.length ? `(${values.map((value) => eq(field, value)).join(" or ")})` : "false";
}
