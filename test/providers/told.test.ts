/** A mistake that every resource meets is told in full once; those of single resources are told each time. */

import { expect, test } from "vitest";
import { AdminApiError } from "../../src/admin-api/http/errors.ts";
import { Told } from "../../src/providers/told.ts";

test("cause and next step of what all meet come once, also in what is recorded as partial", () => {
  const told = new Told();
  const say = (code: ConstructorParameters<typeof AdminApiError>[0]) => {
    const error = Object.assign(new AdminApiError(code, "what", { hint: "do" }), { reasons: ["what"] });
    told.shorten(error);
    return [error.message, error.reasons];
  };
  const full = (code: string) => `${code}: what\n  Next: do`;
  expect(say("ERR_API_OUTAGE")).toEqual([full("ERR_API_OUTAGE"), ["what"]]);
  const short = "ERR_API_OUTAGE: met here, too; told in full of another resource of this run";
  expect(say("ERR_API_OUTAGE")).toEqual([short, [short]]);
  expect(say("ERR_API_UNAUTHENTICATED")[0]).toBe(full("ERR_API_UNAUTHENTICATED"));
  for (let i = 0; i < 2; i += 1) expect(say("ERR_API_CONFLICT")[0]).toBe(full("ERR_API_CONFLICT"));
});
