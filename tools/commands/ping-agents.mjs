#!/usr/bin/env node
// `npx ping-agents …` in this repository: the same program that the published package has.
import "../../bin/ping-agents.mjs";
