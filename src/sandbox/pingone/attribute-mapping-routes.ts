/** Attribute mappings: which claims an application gets about a user (pingone §5.5). */
import { z } from "zod";
import { parsed } from "./body.ts";
import { checkClaimName, checkClaimValue } from "./claim-rules.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid, taken } from "./dialect.ts";
import { type Document, listed } from "./documents.ts";

const mappingBody = z.strictObject({
  name: z.string().min(1),
  value: z.string(),
  required: z.boolean(),
  idToken: z.boolean().optional(),
  userInfo: z.boolean().optional(),
  oidcScopes: z.array(z.string()).min(1).optional(),
});
type MappingBody = z.infer<typeof mappingBody>;

export function attributeMappingRoutes(management: Management): void {
  collectionRoutes(management, {
    name: "attributes",
    of: "applications",
    create(write) {
      const body = checked(write);
      if (write.others().some(({ name }) => name === body.name)) throw taken("name");
      checkClaimName(body.name);
      return { ...body, mappingType: "CUSTOM" };
    },
    replace(write, live) {
      const body = checked(write, live);
      if (body.name !== live.name) throw invalid("name", "cannot be changed", "D");
      return { ...body, mappingType: live.mappingType };
    },
    checkDelete({ mappingType }) {
      if (mappingType === "CORE") throw invalid("mappingType", "core mappings cannot be deleted", "D");
    },
  });

  function checked({ call, owner }: Write, live?: Document): MappingBody {
    const body = parsed(mappingBody, call, "mappingType");
    checkClaimValue(body.value);
    if (body.idToken === false && body.userInfo === false) {
      throw invalid("userInfo", "a mapping goes to the ID token, to UserInfo, or both", "D");
    }
    const granted = listed(management.tenant.store, `applications/${owner().id}/grants`).flatMap(({ scopes }) =>
      (scopes as { id: string }[]).map(({ id }) => id),
    );
    if (body.oidcScopes?.some((scope) => !granted.includes(scope))) {
      throw invalid("oidcScopes", "names a scope that is not granted", "S");
    }
    return live?.mappingType === "CORE" ? body : { idToken: true, userInfo: true, ...body };
  }
}
