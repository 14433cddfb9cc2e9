/** AM's configuration of one realm: agents, OAuth 2.0 provider, journeys, secret mappings (aic §1.2, §2, §5–7, 9). */

import type { Transport } from "../http/transport.ts";
import { segment } from "../http/url.ts";
import { allPages } from "./pages.ts";

/** An AM document as it is on the wire: attributes may be wrapped as `{ inherited, value }`, depending on the call. */
export type AmDocument = Record<string, unknown> & { _id: string; _rev?: string };

/** A body for AM, sent as it is. `_rev` is no attribute, AM refuses it (aic §1.4). */
export type AmBody = Readonly<Record<string, unknown>>;

/** The two kinds of OAuth 2.0 client profile. */
export type AgentType = "AIAgent" | "OAuth2Client";

export type AmPutOptions = {
  /** Create only: an object that exists is `ERR_API_PRECONDITION`. Not recorded for every kind of object (aic §1.5). @default false */
  readonly ifNoneMatch?: boolean;
  /** Replace only what has this `_rev`: another one is `ERR_API_PRECONDITION`, where the tenant looks at it (aic §1.5). */
  readonly ifMatch?: string | undefined;
};

/** What a PUT did. */
export type AmPutResult = { readonly created: boolean; readonly document: AmDocument };

/** A set of documents below one path, all with the same version header. */
export class AmCollection {
  readonly #transport: Transport;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(transport: Transport, path: string, version: string) {
    this.#transport = transport;
    this.#path = path;
    this.#headers = { "accept-api-version": version };
  }

  /** The document, or `undefined` when there is none. Agents come wrapped. */
  async get(id: string): Promise<AmDocument | undefined> {
    const { status, body } = await this.#transport.request<AmDocument>({
      method: "GET",
      ...this.#at(id),
      accept: [404],
    });
    return status === 404 ? undefined : body;
  }

  /** All documents that the filter selects. Agents come plain, and with another `_rev` than by `get` (aic §1.5, §2.1). */
  query(filter = "true"): Promise<AmDocument[]> {
    return allPages(this.#transport, { path: this.#path, headers: this.#headers, query: { _queryFilter: filter } });
  }

  /** Creates the document or replaces it as a whole. */
  async put(id: string, body: AmBody, { ifNoneMatch = false, ifMatch }: AmPutOptions = {}): Promise<AmPutResult> {
    const { path, headers } = this.#at(id);
    const { status, body: document } = await this.#transport.request<AmDocument>({
      method: "PUT",
      path,
      headers: {
        ...headers,
        ...(ifNoneMatch && { "if-none-match": "*" }),
        ...(ifMatch !== undefined && { "if-match": `"${ifMatch}"` }),
      },
      body,
    });
    return { created: status === 201, document };
  }

  /** Deletes the document; `false` when there was none. */
  async delete(id: string): Promise<boolean> {
    const { status } = await this.#transport.request({ method: "DELETE", ...this.#at(id), accept: [404] });
    return status !== 404;
  }

  #at(id: string) {
    return { path: `${this.#path}/${segment(id)}`, headers: this.#headers };
  }
}

/** Version headers of agents, as recorded (aic §1.2). */
const AGENT_VERSIONS: Readonly<Record<AgentType, string>> = {
  AIAgent: "protocol=2.1,resource=2.0",
  OAuth2Client: "protocol=2.1,resource=1.0",
};

/** The configuration of one realm. */
export class AmRealm {
  readonly realm: string;
  /** Journeys, by name (aic §7.1). Write the nodes first. */
  readonly trees: AmCollection;
  /** Secret label to ESV, by label (aic §9). */
  readonly secretMappings: AmCollection;
  readonly #transport: Transport;
  readonly #base: string;
  readonly #services: AmCollection;

  constructor(transport: Transport, realm: string) {
    this.realm = realm;
    this.#transport = transport;
    this.#base = `/am/json/realms/root/realms/${segment(realm)}`;
    this.#services = this.#configuration("services", "protocol=2.1,resource=1.0");
    this.trees = this.#configuration("authentication/authenticationtrees/trees", "protocol=2.1,resource=1.0");
    this.secretMappings = this.#configuration(
      "secrets/stores/GoogleSecretManagerSecretStoreProvider/ESV/mappings",
      "protocol=2.1,resource=2.0",
    );
  }

  /** An agent, wrapped (aic §2.1), or `undefined`. */
  get(type: AgentType, id: string): Promise<AmDocument | undefined> {
    return this.#agents(type).get(id);
  }

  /** All agents of a type that the filter selects, plain. */
  query(type: AgentType, filter?: string): Promise<AmDocument[]> {
    return this.#agents(type).query(filter);
  }

  /** Creates an agent, or replaces it as a whole: sections that the body lacks are removed (aic §2.4). */
  put(type: AgentType, id: string, body: AmBody, options?: AmPutOptions): Promise<AmPutResult> {
    return this.#agents(type).put(id, body, options);
  }

  /** Deletes an agent, with its identity and privileges; `false` when there was none. */
  delete(type: AgentType, id: string): Promise<boolean> {
    return this.#agents(type).delete(id);
  }

  /** The realm's OAuth 2.0 provider, or `undefined` where it was never created (aic §6). */
  getOAuth2Provider(): Promise<AmDocument | undefined> {
    return this.#services.get("oauth-oidc");
  }

  /** Replaces the realm's OAuth 2.0 provider: send every section, the whole realm shares it. */
  putOAuth2Provider(body: AmBody, options?: AmPutOptions): Promise<AmPutResult> {
    return this.#services.put("oauth-oidc", body, options);
  }

  /** Journey nodes of a type, by id; with `version`, e.g. `"1.0"`, on the versioned path (aic §7.2). */
  nodes(type: string, version?: string): AmCollection {
    const path = `authentication/authenticationtrees/nodes/${segment(type)}`;
    if (version === undefined) return this.#configuration(path, "protocol=2.1,resource=1.0");
    return this.#configuration(`${path}/${segment(version)}`, "protocol=2.1,resource=3.0");
  }

  /**
   * The documents of a kind that needs no more of AM than to read and write them.
   *
   * @param path below the realm, e.g. `scripts`
   * @param version header of every call, e.g. `protocol=2.0,resource=1.0`
   */
  collection(path: string, version: string): AmCollection {
    return new AmCollection(this.#transport, `${this.#base}/${path}`, version);
  }

  #agents(type: AgentType): AmCollection {
    return this.#configuration(`agents/${type}`, AGENT_VERSIONS[type]);
  }

  #configuration(path: string, version: string): AmCollection {
    return this.collection(`realm-config/${path}`, version);
  }
}
