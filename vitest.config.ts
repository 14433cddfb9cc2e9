import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { type ProjectName, testsOf } from "./test/support/projects.ts";

/** Milliseconds: a test that takes longer hangs, however many others use the machine. */
const LIMITS: Record<ProjectName, number> = { unit: 15_000, sandbox: 120_000, engine: 300_000, faults: 600_000 };

export default defineConfig({
  test: {
    // One more than the machine works on at a time: tests of the engine wait, for pauses before repetitions among others.
    maxWorkers: availableParallelism() + 1,
    projects: Object.entries(LIMITS).map(([name, limit]) => ({
      test: {
        name,
        include: testsOf(name as ProjectName),
        testTimeout: limit,
        hookTimeout: limit,
        isolate: false,
        // Node strips the types itself, as it does for users. No test replaces a module, which only Vite's way of loading can.
        experimental: { viteModuleRunner: false, nodeLoader: false },
        // For the Pulumi CLI, wherever a test starts it: a run is over before there is anything to collect.
        env: { GOGC: "off" },
      },
    })),
  },
});
