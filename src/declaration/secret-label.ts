/** The label under which a client finds its secret in an ESV. */

/** A secret label takes letters, digits and inner periods (aic §2.6); empty when the id has no letter or digit. */
export const secretLabelOf = (clientId: string): string =>
  clientId
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .join(".");
