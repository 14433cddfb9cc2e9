/** Every case on PingOne, by subject, in the order in which they run. */
import { negativesOf } from "../case.ts";
import { cibaCases } from "./cases/ciba.ts";
import { codeCases } from "./cases/code.ts";
import { delegationCases } from "./cases/delegation.ts";
import { exchangeCases } from "./cases/exchange.ts";
import { ownCases } from "./cases/own.ts";
import type { Group } from "./session.ts";

export const GROUPS: readonly Group[] = [ownCases, codeCases, exchangeCases, delegationCases, cibaCases];

/** What agents of PingOne must not get, by id. */
export const PINGONE_CASES = negativesOf(GROUPS);
