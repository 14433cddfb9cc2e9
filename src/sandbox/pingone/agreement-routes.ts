/** Agreements, without the languages below them that would give them a text (delegation §1.1). */
import { z } from "zod";
import { Gap } from "../errors.ts";
import { parsed } from "./body.ts";
import { collectionRoutes, type Management, type Write } from "./collection.ts";
import { invalid } from "./dialect.ts";
import type { Document } from "./documents.ts";

const agreementBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  enabled: z.boolean(),
  reconsentPeriodDays: z.int().min(1).optional(),
});

export function agreementRoutes(management: Management): void {
  collectionRoutes(management, { name: "agreements", create: checked, replace: checked });
}

/** An agreement can be enabled once it has a text, and so only where it was loaded with one. */
function checked({ call, others }: Write, live?: Document) {
  const body = parsed(agreementBody, call);
  if (body.enabled && live?.enabled !== true) throw invalid("enabled", "the default language has no content", "D");
  if (others().some(({ name }) => name === body.name)) throw new Gap("two agreements of one name");
  return body;
}
