/** Catches the error of a call that must fail. */
import { AdminApiError } from "../../src/admin-api/http/errors.ts";
import { SettingError } from "../../src/errors.ts";

/** The error that a promise or function rejects with; anything but a failed call or an unusable setting fails the test. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<AdminApiError | SettingError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof AdminApiError || error instanceof SettingError) return error;
    throw error;
  }
  throw new Error("the call was expected to fail");
}
