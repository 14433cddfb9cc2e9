/** Images, which come as raw bytes (pingone §5.8). */
import type { Hono } from "hono";
import { authorize } from "../access-tokens.ts";
import { ApiError } from "../errors.ts";
import { respond } from "../http.ts";
import type { Tenant } from "../tenant.ts";
import { loadable, type Management } from "./collection.ts";
import { dialect, invalid, WORKER } from "./dialect.ts";
import { collectionOf, found, timestamp } from "./documents.ts";

/** First bytes of what the console takes (JPG, JPEG, GIF, PNG). */
const FORMATS: Readonly<Record<string, readonly number[]>> = {
  "image/png": [0x89, 0x50, 0x4e, 0x47],
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/gif": [0x47, 0x49, 0x46, 0x38],
};
const LARGEST = 1_048_576;

export function imageRoutes(app: Hono, management: Management): void {
  const { route, tenant, environmentId, base } = management;
  const image = (id: string | undefined) => found(tenant.store, "images", id, "image");
  route("GET", `${base}/images/:image`, ({ params }) => ({ status: 200, body: image(params.image) }));
  loadable(management, "images");
  route("DELETE", `${base}/images/:image`, ({ params }) => {
    tenant.store.delete(collectionOf("images"), image(params.image).id);
    return { status: 204 };
  });
  app.post(`${base}/images`, async (context) => {
    try {
      authorize(tenant, context.req.header("authorization"), [WORKER]);
      const bytes = new Uint8Array(await context.req.arrayBuffer());
      const body = store(tenant, environmentId, context.req.raw.headers, bytes);
      return respond(context, { status: 201, body });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return respond(context, { status: error.status, body: dialect.error(error), headers: error.headers });
    }
  });
}

function store(tenant: Tenant, environmentId: string, headers: Headers, bytes: Uint8Array): object {
  const type = headers.get("content-type") ?? "";
  const signature = FORMATS[type];
  if (!signature) throw invalid("Content-Type", `must be one of ${Object.keys(FORMATS)}`, "S");
  if (!/^attachment;\s*filename=/.test(headers.get("content-disposition") ?? "")) {
    throw invalid("Content-Disposition", "must name the file as attachment", "S");
  }
  if (!signature.every((byte, index) => bytes[index] === byte)) throw invalid("image", "is of another type", "I");
  if (bytes.length > LARGEST) throw invalid("image", "must be at most 1 MB", "D");
  const id = crypto.randomUUID();
  const extension = type.slice("image/".length);
  const href = `https://uploads.pingone.com/environments/${environmentId}/images/${id}_original.${extension}`;
  const document = {
    id,
    environment: { id: environmentId },
    createdAt: timestamp(tenant),
    targets: { original: { href, id, type: extension } },
  };
  tenant.store.put(collectionOf("images"), id, document);
  return document;
}
