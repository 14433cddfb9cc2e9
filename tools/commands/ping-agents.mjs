#!/usr/bin/env node
// `npx ping-agents …` in this repository: the same program that the published package has.
import { requireSetUp } from "./set-up.mjs";

requireSetUp();
await import("../../bin/ping-agents.mjs");
