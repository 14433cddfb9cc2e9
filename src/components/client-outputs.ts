/** What the code of an agent or application needs of its platform: one shape on every platform, and nothing of it secret. Pure. */

import { z } from "zod";

/** Addresses of a token service. */
const endpoints = z.object({
  token: z.string(),
  authorization: z.string(),
  introspection: z.string(),
  revocation: z.string(),
  userInfo: z.string(),
  jwks: z.string(),
  /** Pushed authorization requests (RFC 9126). */
  pushedAuthorizationRequest: z.string(),
  /** Where a user is asked to approve (CIBA). */
  backchannelAuthentication: z.string(),
  discovery: z.string(),
});
export type Endpoints = z.infer<typeof endpoints>;

/** Where a secret is. Never the secret itself. */
const secretReference = z.union([
  /** In the outputs of the stack, under the client's key; encrypted. */
  z.object({ output: z.enum(["secrets", "privateKeys"]) }),
  /** In a secret of the AIC environment. */
  z.object({ esv: z.string() }),
  /** Neither the stack nor its tenant gives it out. */
  z.object({ keptBy: z.string() }),
]);
export type SecretReference = z.infer<typeof secretReference>;

/** How the agent's code is authorised for a tool; parameters by their names in a token request. Null for a public one. */
const tool = z
  .object({
    type: z.enum(["client_credentials", "token_exchange", "ciba"]),
    /** Scopes with blanks between them. */
    scope: z.string(),
    /** Of a token exchange on AIC: an application, or an audience of `delegates`. */
    audience: z.string().optional(),
    /** Of a token exchange on PingOne. */
    resource: z.string().optional(),
    /** The agent's own token that goes with the exchange as `actor_token`. */
    actor: z.object({ scope: z.string() }).optional(),
  })
  .nullable();
export type ToolOutput = z.infer<typeof tool>;

export const clientOutputs = z.object({
  platform: z.enum(["aic", "pingone"]),
  /** OAuth 2.0 client id. */
  clientId: z.string(),
  /** How the client proves who it is at the token endpoint, in the words of OpenID Connect. */
  authMethod: z.string(),
  grantTypes: z.array(z.string()),
  issuer: z.string(),
  endpoints,
  /** The same by the short path of the realm, whose tokens have an issuer of their own; null where there is one path only. */
  short: z.object({ issuer: z.string(), endpoints }).nullable(),
  /** Scopes of the client's own tokens. */
  scopes: z.array(z.string()),
  /** What it may get tokens for: an application of AIC by exchange, a resource of PingOne. `audience` is null where others manage it. */
  audiences: z.array(
    z.object({
      name: z.string(),
      audience: z.string().nullable(),
      scopes: z.union([z.array(z.string()), z.literal("all")]),
    }),
  ),
  /** How it asks a user to approve; null for a client that does not. */
  ciba: z
    .object({
      /** Claims of the signed request (oauth-flows §6.1); null where the platform takes a plain one (pingone §5.9). */
      request: z.object({ audience: z.string(), issuer: z.string(), kid: z.string().nullable() }).nullable(),
      /** Declared acr values, the one to use first. */
      acrValues: z.array(z.string()),
      /** What the message to the user must be like: characters at most, and a regular expression (flag `u`); null where nobody says. */
      bindingMessage: z.object({ maxLength: z.number(), pattern: z.string() }).nullable(),
    })
    .nullable(),
  /** Null for a client that has none. */
  secret: secretReference.nullable(),
  privateKey: secretReference.nullable(),
  tools: z.record(z.string(), tool),
});
export type ClientOutputs = z.infer<typeof clientOutputs>;

/** Authentication methods that need the client secret. */
const SECRET_METHODS = ["client_secret_basic", "client_secret_post", "client_secret_jwt"];

/** True for a method that needs the client secret. */
export const usesSecret = (authMethod: string): boolean => SECRET_METHODS.includes(authMethod);

/** Scopes as a token request has them. */
export const scopeText = (scopes: readonly string[]): string => scopes.join(" ");
