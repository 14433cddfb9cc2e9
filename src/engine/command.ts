/** How a user calls the Pulumi CLI. */

/** In a clone of this repository, where the kit is not compiled, by a launcher of its own; the package has none. */
export const PULUMI = import.meta.url.endsWith(".ts") ? "npx pulumi" : "pulumi";
