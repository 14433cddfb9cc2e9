/** Catches the error of a call that must fail. */
import { PingAgentsError } from "../../src/errors.ts";

/** The error that a promise or function rejects with; anything but one that is raised on purpose fails the test. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<PingAgentsError> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof PingAgentsError) return error;
    throw error;
  }
  throw new Error("the call was expected to fail");
}
