/** Settings of a realm's OAuth2 provider that a declaration may set, by AM's names, in the section where they are (aic §6). */

import { z } from "zod";

export const PROVIDER_SECTION = "advancedOAuth2Config";

export const providerSettings = {
  tokenSigningAlgorithm: z
    .string()
    .regex(/^(HS|RS|PS|ES)(256|384|512)$/, "expected an algorithm such as RS256 or ES256")
    .meta({
      description:
        "Signs the client-side tokens of the realm; what HS256 has signed, the default, no key set can check (delegation §1.5)",
      examples: ["RS256"],
    }),
  acceptAudienceParametersInTokenExchangeRequests: z
    .boolean()
    .describe(
      "Without it `audience` of a token exchange is ignored, but for clients whose own overrides are enabled (delegation §2.2)",
    ),
};

export type ProviderSettingName = keyof typeof providerSettings;
export const PROVIDER_SETTINGS = Object.keys(providerSettings) as ProviderSettingName[];

/** What a setting may be. */
export const providerSettingValue = z.union([z.boolean(), z.string()]);
export type ProviderSettingValue = z.infer<typeof providerSettingValue>;
