/** What a request to the token service of an environment works with. */
import type { Tenant } from "../../tenant.ts";
import type { Document } from "../documents.ts";
import type { PingOneRules } from "./rules.ts";

export type EnvironmentContext = {
  readonly tenant: Tenant;
  readonly rules: PingOneRules;
  /** Base of the endpoints, `<origin>/<environment>/as`. */
  readonly issuer: string;
};

/** A request of an authenticated application. */
export type ClientRequest = EnvironmentContext & {
  readonly client: Document;
  readonly form: URLSearchParams;
};
