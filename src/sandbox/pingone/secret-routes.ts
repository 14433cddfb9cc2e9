/** Secrets of applications and resources: read, rotate with or without overlap (pingone §5.1). */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Gap } from "../errors.ts";
import type { Answer, Call } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { detailsOf } from "./body.ts";
import { loadableOnly, type Management } from "./collection.ts";
import { absent, invalid, invalidData } from "./dialect.ts";
import { collectionOf, found, ONLY } from "./documents.ts";

const VENDOR_TYPE = "application/vnd.pingidentity.secret+json";
const MINUTE_MS = 60_000;
const LONGEST_OVERLAP_MS = 30 * 24 * 60 * MINUTE_MS;

export type Secret = { secret: string; previous?: { secret: string; expiresAt: string } };

const rotation = z.strictObject({ previous: z.strictObject({ expiresAt: z.iso.datetime() }).optional() });

/** Gives an application or resource a secret. @param path of the object below the environment */
export function newSecret({ store }: Tenant, path: string, previous?: Secret["previous"]): Secret {
  const document: Secret = { secret: randomBytes(32).toString("base64url"), ...(previous && { previous }) };
  store.put(collectionOf(`${path}/secret`), ONLY, document);
  return document;
}

/** The secret that is there now; an expired previous one is gone (pingone §9, complaint 1). */
export function currentSecret({ store, clock }: Tenant, path: string): Secret | undefined {
  const stored = store.get<Secret>(collectionOf(`${path}/secret`), ONLY);
  if (!stored?.previous || Date.parse(stored.previous.expiresAt) > clock.now()) return stored;
  return { secret: stored.secret };
}

/** @param collection `applications` or `resources` */
export function secretRoutes(management: Management, collection: string): void {
  const { route, tenant, base } = management;
  const path = `${base}/${collection}/:owner/secret`;
  const owner = ({ params }: Call) => {
    const { id } = found(tenant.store, collection, params.owner, collection.slice(0, -1));
    return `${collection}/${id}`;
  };
  const existing = (call: Call): Secret => {
    const secret = currentSecret(tenant, owner(call));
    if (!secret) throw absent("secret");
    return secret;
  };
  const answer = (call: Call, secret: Secret): Answer => {
    const [environmentId] = call.url.split("/").slice(5);
    return {
      status: 200,
      body: { _links: { self: { href: call.url } }, environment: { id: environmentId }, ...secret },
    };
  };

  route("GET", path, (call) => answer(call, existing(call)));
  loadableOnly(management, `${collection}/:owner/secret`);
  route("POST", path, (call) => {
    if (call.headers.get("content-type")?.startsWith(VENDOR_TYPE)) throw new Gap("secrets of imported applications");
    const parsed = rotation.safeParse(call.body ?? {});
    if (!parsed.success) throw invalidData("S", detailsOf("previous", parsed));
    const old = existing(call);
    const { previous } = parsed.data;
    const ahead = previous ? Date.parse(previous.expiresAt) - tenant.clock.now() : MINUTE_MS;
    if (ahead < MINUTE_MS || ahead > LONGEST_OVERLAP_MS) {
      throw invalid("previous.expiresAt", "must be between one minute and thirty days ahead", "D");
    }
    return answer(call, newSecret(tenant, owner(call), previous && { secret: old.secret, ...previous }));
  });
  route("DELETE", path, (call) => {
    const { secret } = existing(call);
    tenant.store.put(collectionOf(`${owner(call)}/secret`), ONLY, { secret });
    return { status: 204 };
  });
}
