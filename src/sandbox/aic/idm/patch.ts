/** JSON patch as IDM takes it: `[{operation, field, value}]`, on plain properties and on relations (aic §3). */
import { ApiError, Gap } from "../../errors.ts";
import { isObject, type JsonObject, memberOf, same } from "../../json.ts";

export type Operation = { readonly operation: string; readonly pointer: readonly string[]; readonly value: unknown };

/** @throws {ApiError} 400 for a malformed body; a gap for operations that nobody recorded */
export function readPatch(body: unknown): Operation[] {
  if (!Array.isArray(body))
    throw new ApiError(400, "The request could not be processed because it is not a patch: array expected");
  return body.map((raw: unknown) => {
    if (!isObject(raw) || typeof raw.operation !== "string" || typeof raw.field !== "string") {
      throw new ApiError(400, "Patch operations need an operation and a field");
    }
    if (!["add", "replace", "remove", "increment"].includes(raw.operation))
      throw new Gap(`patch operation ${raw.operation}`);
    if (raw.operation !== "remove" && raw.value === undefined)
      throw new ApiError(400, "The patch operation needs a value");
    const pointer = raw.field
      .split("/")
      .filter(Boolean)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (pointer.length === 0) throw new Gap("patch of a whole object");
    if (pointer.includes("__proto__")) throw new ApiError(400, `The patch field ${raw.field} is not a property`);
    return { operation: raw.operation, pointer, value: raw.value };
  });
}

/** Applies an operation to plain properties, in place. */
export function applyPlain(target: JsonObject, { operation, pointer, value }: Operation): void {
  const [head = "", ...rest] = pointer;
  if (rest.length > 0) {
    const inner = memberOf(target, head);
    const next = Array.isArray(inner) || isObject(inner) ? inner : rest[0] === "-" ? [] : {};
    if (Array.isArray(next)) applyElement(next, { operation, pointer: rest, value });
    else applyPlain(next, { operation, pointer: rest, value });
    target[head] = next;
    return;
  }
  if (operation === "increment") target[head] = Number(target[head] ?? 0) + Number(value);
  else if (operation !== "remove") target[head] = value;
  else if (value !== undefined && Array.isArray(target[head]))
    target[head] = target[head].filter((one) => !same(one, value));
  else delete target[head];
}

/** `/permissions/-` appends, `/permissions/0` is one element. */
function applyElement(list: unknown[], { operation, pointer, value }: Operation): void {
  const [head = "", ...rest] = pointer;
  if (head === "-" && rest.length === 0 && operation !== "remove") {
    list.push(value);
    return;
  }
  const index = Number(head);
  if (!Number.isInteger(index) || index < 0 || index >= list.length)
    throw new ApiError(400, `No element ${head} in the array`);
  if (rest.length > 0) {
    const inner = list[index];
    if (isObject(inner)) applyPlain(inner, { operation, pointer: rest, value });
    return;
  }
  if (operation === "remove") list.splice(index, 1);
  else if (operation === "add") list.splice(index, 0, value);
  else list[index] = value;
}
