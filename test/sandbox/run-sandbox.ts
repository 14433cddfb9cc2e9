/** Runs `ping-agents sandbox` as its own process, for tests that kill it. */
import { Command } from "commander";
import { sandboxCommand } from "../../src/cli/sandbox.ts";

await new Command().addCommand(sandboxCommand()).parseAsync();
