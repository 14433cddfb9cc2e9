/** The environment API: ESV secrets and variables, restart, and the switch for AI agents (aic §2.9, §8). */

import type { EsvExpressionType } from "../../fields/aic.ts";
import { noteSecret } from "../http/redaction.ts";
import type { ApiRequest, Transport } from "../http/transport.ts";
import { segment } from "../http/url.ts";
import { allPages } from "./pages.ts";

/** The value is base64; `encoding` and `useInPlaceholders` cannot be changed later. */
export type EsvSecretInput = {
  readonly valueBase64: string;
  readonly description?: string;
  readonly encoding: "generic" | "pem" | "base64hmac";
  readonly useInPlaceholders: boolean;
};

/** An ESV secret as read: the value is never returned. */
export type EsvSecret = {
  readonly _id: string;
  readonly activeVersion: string;
  readonly loadedVersion: string;
  readonly description: string;
  readonly encoding: EsvSecretInput["encoding"];
  readonly useInPlaceholders: boolean;
  /** Whether a placeholder already resolves to the active version; a restart makes it so. */
  readonly loaded: boolean;
  readonly lastChangeDate: string;
  readonly lastChangedBy: string;
};

export type EsvSecretVersion = {
  readonly version: string;
  readonly status: "ENABLED" | "DISABLED" | "DESTROYED";
  readonly loaded: boolean;
  readonly createDate: string;
};

export type EsvVariableInput = {
  readonly valueBase64: string;
  readonly description?: string;
  /** Cannot be changed later. */
  readonly expressionType: EsvExpressionType;
};

export type EsvVariable = Required<EsvVariableInput> & {
  readonly _id: string;
  readonly loaded: boolean;
  readonly lastChangeDate: string;
  readonly lastChangedBy: string;
};

/** `ready`, `restarting`, and whatever a tenant may add. */
export type StartupStatus = string;

const HEADERS = { "accept-api-version": "protocol=1.0,resource=1.0" };

/** Enabling may take ten minutes (aic §2.9). */
const ENABLE_DEADLINE_MS = 600_000;

/** A client of `/environment`. */
export class Environment {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** @throws AdminApiError `ERR_API_CONFLICT` when the secret exists: this PUT creates only (aic §8.1) */
  createSecret(id: string, secret: EsvSecretInput): Promise<EsvSecret> {
    noteValue(secret.valueBase64);
    return this.#ask({ method: "PUT", path: esv("secrets", id), body: secret });
  }

  getSecret(id: string): Promise<EsvSecret | undefined> {
    return this.#get(esv("secrets", id));
  }

  listSecrets(): Promise<EsvSecret[]> {
    return allPages(this.#transport, { path: "/environment/secrets", headers: HEADERS });
  }

  /** A new value. The value of the latest version again makes no new version, so repeating is safe (aic §8.1). */
  addSecretVersion(id: string, valueBase64: string): Promise<EsvSecretVersion> {
    noteValue(valueBase64);
    const path = `${esv("secrets", id)}/versions`;
    return this.#ask({ method: "POST", path, query: { _action: "create" }, body: { valueBase64 }, safeToRepeat: true });
  }

  /** Answered with an empty body, as nothing else of this API is (aic §8.1). */
  async setSecretDescription(id: string, description: string): Promise<void> {
    await this.#transport.request({
      method: "POST",
      path: esv("secrets", id),
      query: { _action: "setDescription" },
      headers: HEADERS,
      body: { description },
      safeToRepeat: true,
      mayBeEmpty: true,
    });
  }

  /** `false` when there was none. */
  deleteSecret(id: string): Promise<boolean> {
    return this.#delete(esv("secrets", id));
  }

  /** Creates the variable, or replaces value and description. */
  putVariable(id: string, variable: EsvVariableInput): Promise<EsvVariable> {
    return this.#ask({ method: "PUT", path: esv("variables", id), body: variable });
  }

  getVariable(id: string): Promise<EsvVariable | undefined> {
    return this.#get(esv("variables", id));
  }

  listVariables(): Promise<EsvVariable[]> {
    return allPages(this.#transport, { path: "/environment/variables", headers: HEADERS });
  }

  /** `false` when there was none. @throws AdminApiError `ERR_API_FORBIDDEN` while a placeholder uses it (aic §8.2) */
  deleteVariable(id: string): Promise<boolean> {
    return this.#delete(esv("variables", id));
  }

  async startupStatus(): Promise<StartupStatus> {
    const { restartStatus } = await this.#ask<{ restartStatus: StartupStatus }>({
      method: "GET",
      path: "/environment/startup",
    });
    return restartStatus;
  }

  /** Starts the restart that makes changed ESVs effective; it takes minutes, poll {@link startupStatus} until `ready`. */
  async restart(): Promise<StartupStatus> {
    const { restartStatus } = await this.#ask<{ restartStatus: StartupStatus }>({
      method: "POST",
      path: "/environment/startup",
      query: { _action: "restart" },
    });
    return restartStatus;
  }

  /** Switches AI agents on for the tenant. Cannot be undone. Needs `fr:am:*` and `fr:idm:*`. */
  async enableAiAgents(): Promise<void> {
    await this.#transport.request({
      method: "POST",
      path: "/environment/aiagent",
      query: { _action: "enable" },
      headers: HEADERS,
      mayBeEmpty: true,
      deadlineMs: ENABLE_DEADLINE_MS,
    });
  }

  async #ask<T>(request: ApiRequest): Promise<T> {
    const { body } = await this.#transport.request<T>({ ...request, headers: HEADERS });
    return body;
  }

  async #get<T>(path: string): Promise<T | undefined> {
    const { status, body } = await this.#transport.request<T>({ method: "GET", path, headers: HEADERS, accept: [404] });
    return status === 404 ? undefined : body;
  }

  async #delete(path: string): Promise<boolean> {
    const { status } = await this.#transport.request({ method: "DELETE", path, headers: HEADERS, accept: [404] });
    return status !== 404;
  }
}

function esv(kind: "secrets" | "variables", id: string): string {
  return `/environment/${kind}/${segment(id)}`;
}

function noteValue(valueBase64: string): void {
  noteSecret(valueBase64);
  noteSecret(Buffer.from(valueBase64, "base64").toString());
}
