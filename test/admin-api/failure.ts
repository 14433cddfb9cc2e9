/** Catches the error of a call that must fail. */
import { AdminApiError } from "../../src/admin-api/http/errors.ts";

/** The error that a promise or function rejects with; anything but an {@link AdminApiError} fails the test. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<AdminApiError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof AdminApiError) return error;
    throw error;
  }
  throw new Error("the call was expected to fail");
}
