/** What is expected of a provocation: the answer of a local tenant, and what must not happen on any. */

/**
 * How an outcome is known. On AIC (oauth-flows §0): S2 S3 S4 documented scenarios, D documentation, M measured on a tenant by
 * others, L public ancestor source, P open standard, I inferred, K nobody knows. On PingOne (pingone §0): D documented, T seen
 * on a tenant by a third party, I inferred from a standard, U unknown.
 */
export type Evidence = string;

/** The answer of a local tenant. */
export type Exact = {
  readonly status: number;
  readonly error?: string;
  readonly description?: RegExp;
  /** The rules that may have answered. @default the case's own id */
  readonly rules?: readonly string[];
};

/**
 * What holds on any tenant:
 * - `refused`: no token and no `auth_req_id` was issued
 * - `audience`: refused, or the audience in question is not in `aud`
 * - `scope`: refused, or the scope in question was not issued
 * - `inactive`: introspection does not say `active: true`
 * - `not-ok`: any status but 200
 * - `no-actor`: refused, or the token does not say that somebody acts for its subject
 * - `record`: nobody knows; what came back is the finding
 */
export type Must = "refused" | "audience" | "scope" | "inactive" | "not-ok" | "no-actor" | "record";

export type Expectation = {
  readonly exact: Exact;
  /** @default "refused" */
  readonly must?: Must;
  /** Error codes that a tenant may answer. @default any */
  readonly tolerated?: readonly string[];
};

/** What a provocation must not bring, where that takes a name. */
export type Forbidden = { readonly audience?: string | undefined; readonly scope?: string | undefined };
