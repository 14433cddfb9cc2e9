/** What a schema can say of a value that a preview knows in part: the same, field by field, as it says of the whole later. */

import { z } from "zod";
import { isRecord } from "../admin-api/http/json.ts";
import { innerOf } from "./annotations.ts";
import { hasUnknown, UNKNOWN } from "./pulumi-values.ts";

/**
 * The schema for what is known of a value. It takes anything in the place of what is not, fills in the same defaults, and
 * leaves out the rules over several fields that ask for one of those. A leaf of which a part is unknown, such as an entry of a
 * set, is unknown as a whole: nobody can tell its canonical form.
 */
export function knownPart(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (!hasUnknown(value)) return schema;
  const inner = innerOf(schema);
  if (inner) return knownPart(inner, value);
  if (schema instanceof z.ZodObject && isRecord(value)) {
    const shape = mapEntries(schema.shape, (key, field) => knownPart(field, value[key]));
    return schema.clone({ ...schema.def, shape, checks: whereKnown(schema) });
  }
  if (schema instanceof z.ZodRecord && isRecord(value)) {
    const fields = z.object(mapEntries(value, (_key, entry) => knownPart(schema.valueType, entry)));
    const entries = z.record(schema.keyType, z.any()).pipe(fields);
    return entries.clone({ ...entries.def, checks: whereKnown(schema) });
  }
  return z.any().transform(() => UNKNOWN);
}

/** Thrown at a rule that asks for a field which is not known. */
const NOT_KNOWN = new Error("not known yet");

/** The rules of a schema, each of which is left out once it asks for something that is not known. */
const whereKnown = ({ def }: z.ZodType) =>
  (def.checks ?? []).map((rule) =>
    z.check<never>((payload) => {
      try {
        return rule._zod.check({ ...payload, value: guarded(payload.value) });
      } catch (error) {
        if (error !== NOT_KNOWN) throw error;
        return undefined;
      }
    }),
  );

function guarded<T>(value: T): T {
  if (value === UNKNOWN) throw NOT_KNOWN;
  if (!isRecord(value)) return value;
  return new Proxy(value, { get: (target, key) => guarded(Reflect.get(target, key)) });
}

const mapEntries = <In>(
  entries: Readonly<Record<string, In>>,
  each: (key: string, value: In) => z.core.$ZodType,
): Record<string, z.core.$ZodType> =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, each(key, value)]));
