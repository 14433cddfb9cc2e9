/** A provider process for one operation, so that a test can kill it: reads `{type, method, args}`, prints the result. */

import { text } from "node:stream/consumers";
import { provider } from "../../src/providers/entry.ts";

type Operation = { type: string; method: "create" | "update" | "delete"; args: never };

const { type, method, args } = JSON.parse(await text(process.stdin)) as Operation;
const operation = provider(type)[method] as (...args: unknown[]) => Promise<unknown>;
process.stdout.write(JSON.stringify((await operation(...(args as unknown[]))) ?? null));
