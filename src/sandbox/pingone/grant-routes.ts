/** Grants: which scopes of which resource an application may ask for (pingone §5.2). */
import { z } from "zod";
import { parsed, reference } from "./body.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid } from "./dialect.ts";
import { collectionOf, type Document, found } from "./documents.ts";

const grantBody = z.strictObject({ resource: reference, scopes: z.array(reference).min(1) });
type GrantBody = z.infer<typeof grantBody>;

export function grantRoutes(management: Management): void {
  const { store } = management.tenant;
  collectionRoutes(management, {
    name: "grants",
    of: "applications",
    showsOwner: true,
    create: checked,
    replace: checked,
  });

  function checked(write: Write, live?: Document): GrantBody {
    const body = parsed(grantBody, write.call, "application");
    const resource = found(store, "resources", body.resource.id, "resource");
    const others = write.others() as (Document & GrantBody)[];
    if (write.owner().type === "WORKER" && resource.type === "CUSTOM") {
      throw invalid("resource", "a worker takes no grants on custom resources", "T");
    }
    if (others.some((other) => other.resource.id === resource.id)) {
      throw invalid("resource", "there is a grant on this resource", "I", "UNIQUENESS_VIOLATION");
    }
    if (live && (live as Document & GrantBody).resource.id !== resource.id) {
      throw invalid("resource", "cannot be changed", "I");
    }
    const names = body.scopes.map(({ id }) => scopeName(resource, id));
    if (resource.type === "OPENID_CONNECT" && names.includes("openid")) {
      throw invalid("scopes", "openid is granted implicitly and cannot be listed", "S");
    }
    // A grant may outlive its resource, and says nothing then.
    const foreign = others.flatMap((other) =>
      other.scopes.flatMap(
        ({ id }) => store.get(collectionOf(`resources/${other.resource.id}/scopes`), id)?.name ?? [],
      ),
    );
    const twice = names.filter((name) => foreign.includes(name));
    if (twice.length) throw invalid("scopes", `${twice} is granted for another resource`, "T", "CONSTRAINT_VIOLATION");
    return body;
  }

  function scopeName(resource: Document, id: string): string {
    const scope = store.get(collectionOf(`resources/${resource.id}/scopes`), id);
    if (!scope) throw invalid("scopes", "is no scope of the resource", "I");
    return String(scope.name);
  }
}
