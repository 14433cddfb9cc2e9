/** The management API of one PingOne environment (pingone §4, §5). */

import { answeredAt } from "../http/clock.ts";
import { noteSecret } from "../http/redaction.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";
import { segment } from "../http/url.ts";
import { PingOneCollection, type PingOneObject } from "./collection.ts";
import type { Settling } from "./settling.ts";

const SECOND_MS = 1_000;

/** The secret of an application, as read. Secret. `previous` is there until it expires (pingone §5.1). */
export type ApplicationSecret = {
  readonly secret: string;
  readonly previous?: { readonly secret: string; readonly expiresAt: string };
};

/** An image as it was uploaded. */
export type Image = { readonly id: string; readonly targets: { readonly original: { readonly href: string } } };

/** Who holds a role assignment. */
export type Holder = "users" | "groups";

/** An environment. */
export class PingOneEnvironment {
  readonly id: string;
  readonly applications: PingOneCollection;
  readonly resources: PingOneCollection;
  readonly users: PingOneCollection;
  readonly groups: PingOneCollection;
  readonly populations: PingOneCollection;
  readonly signOnPolicies: PingOneCollection;
  readonly agreements: PingOneCollection;
  /** DaVinci flow policies; ids are 32 hexadecimal characters. */
  readonly flowPolicies: PingOneCollection;
  /** Roles of the platform, the same in every environment. */
  readonly roles: PingOneCollection;
  readonly #transport: Transport;
  readonly #settling: Settling;
  readonly #base: string;

  constructor(transport: Transport, settling: Settling, id: string) {
    this.id = id;
    this.#transport = transport;
    this.#settling = settling;
    this.#base = `/environments/${segment(id)}`;
    this.applications = this.collection("applications");
    this.resources = this.collection("resources");
    this.users = this.collection("users");
    this.groups = this.collection("groups");
    this.populations = this.collection("populations");
    this.signOnPolicies = this.collection("signOnPolicies");
    this.agreements = this.collection("agreements");
    this.flowPolicies = this.collection("flowPolicies");
    this.roles = new PingOneCollection(transport, settling, { path: "/roles", embedded: "roles" });
  }

  /**
   * The objects below a path, as a kind may name them that needs no more than to read and write them.
   *
   * @param path below the environment, e.g. `agreements`; its last part is also the name of the rows
   * @param parent id of the object that they belong to. @default the environment's own
   */
  collection(path: string, parent?: string): PingOneCollection {
    const embedded = path.slice(path.lastIndexOf("/") + 1);
    const place = { path: `${this.#base}/${path}`, embedded, ...(parent !== undefined && { parent }) };
    return new PingOneCollection(this.#transport, this.#settling, place);
  }

  /** `SANDBOX` or `PRODUCTION` (pingone §2.5); the list is open. */
  async type(): Promise<string> {
    const { body } = await this.#transport.request<{ readonly type?: unknown }>({ method: "GET", path: this.#base });
    return String(body.type);
  }

  /**
   * What time it is for PingOne. It says so to the second: where this machine's clock says the same, the time is that clock's, else
   * it is the end of the second that PingOne said, so that it is not before the call.
   */
  async now(): Promise<Date> {
    const at = answeredAt(await this.#transport.request({ method: "GET", path: this.#base }));
    const here = new Date();
    const ahead = at ? here.getTime() - at.getTime() : 0;
    return at && (ahead < 0 || ahead >= 2 * SECOND_MS) ? new Date(at.getTime() + SECOND_MS) : here;
  }

  /** What hangs below an application: grants, policies of either kind, attribute mappings. */
  below(
    application: string,
    what: "grants" | "signOnPolicyAssignments" | "flowPolicyAssignments" | "attributes",
  ): PingOneCollection {
    return this.collection(`applications/${segment(application)}/${what}`, application);
  }

  scopes(resource: string): PingOneCollection {
    return this.collection(`resources/${segment(resource)}/scopes`, resource);
  }

  resourceAttributes(resource: string): PingOneCollection {
    return this.collection(`resources/${segment(resource)}/attributes`, resource);
  }

  roleAssignments(holder: Holder, id: string): PingOneCollection {
    return this.collection(`${holder}/${segment(id)}/roleAssignments`, id);
  }

  /** The metadata of an application; empty when there is none. */
  async metadata(application: string): Promise<Readonly<Record<string, unknown>>> {
    const body = await this.#settling.below(application, () =>
      this.#maybe<{ metadata?: Record<string, unknown> }>({
        method: "GET",
        path: `${this.#base}/applications/${segment(application)}/metadata`,
      }),
    );
    return body?.metadata ?? {};
  }

  /** Replaces the metadata of an application as a whole; empty is none. */
  async setMetadata(application: string, metadata: Readonly<Record<string, unknown>>): Promise<void> {
    const path = `${this.#base}/applications/${segment(application)}/metadata`;
    const body = Object.keys(metadata).length > 0 ? { metadata } : {};
    await this.#settling.below(application, () =>
      this.#transport.request({ method: "PUT", path, body, mayBeEmpty: true }),
    );
  }

  /** The secret of an application; `undefined` when it has none, or none yet: it is generated after creation. */
  async secret(application: string): Promise<ApplicationSecret | undefined> {
    const path = `${this.#base}/applications/${segment(application)}/secret`;
    return noted(
      await this.#settling.below(application, () => this.#maybe<ApplicationSecret>({ method: "GET", path })),
    );
  }

  /**
   * Makes a new secret. Not repeated when the answer is lost: the caller looks which secret there is.
   *
   * @param expiresAt until when the old one still works, one minute to thirty days ahead; without it the old one ends at once
   */
  async rotateSecret(application: string, expiresAt?: Date): Promise<ApplicationSecret> {
    const path = `${this.#base}/applications/${segment(application)}/secret`;
    const body = expiresAt && { previous: { expiresAt: expiresAt.toISOString() } };
    const answer = await this.#transport.request<ApplicationSecret>({ method: "POST", path, body });
    return noted(answer.body);
  }

  /** @param type e.g. `image/png` */
  async uploadImage(bytes: Uint8Array, type: string, fileName: string): Promise<Image> {
    const headers = {
      "content-type": type,
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, "_")}"`,
    };
    const path = `${this.#base}/images`;
    const { body } = await this.#transport.request<Image>({ method: "POST", path, headers, bytes, safeToRepeat: true });
    return body;
  }

  /** Deletes an image; `false` when there was none. */
  deleteImage(id: string): Promise<boolean> {
    return this.collection("images").delete(id);
  }

  async #maybe<T>(request: ApiRequest): Promise<T | undefined> {
    const { status, body } = await this.#transport.request<T>({ ...request, accept: [404] });
    return status === 404 ? undefined : body;
  }
}

/** The secrets, noted as such: no message of this process shows them. */
function noted<Found extends ApplicationSecret | undefined>(found: Found): Found {
  noteSecret(found?.secret);
  noteSecret(found?.previous?.secret);
  return found;
}

/** The text of a SCIM filter for one value, e.g. `username eq "barbara.jensen"` (RFC 7644 §3.4.2.2). */
export function scimEq(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

/** True when the object has this name, in exactly this spelling: look-ups of PingOne may ignore case. */
export const hasName = (name: string) => (row: PingOneObject) => row.name === name;
