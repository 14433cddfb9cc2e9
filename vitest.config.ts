import { defineConfig } from "vitest/config";
import { type ProjectName, testsOf } from "./test/support/projects.ts";

/** Milliseconds: a test that takes longer hangs, however many others use the machine. */
const LIMITS: Record<ProjectName, number> = { unit: 15_000, sandbox: 120_000, engine: 300_000 };

export default defineConfig({
  test: {
    // The default leaves a core to the terminal, which is half of a machine that has two.
    maxWorkers: "100%",
    projects: Object.entries(LIMITS).map(([name, limit]) => ({
      test: {
        name,
        include: testsOf(name as ProjectName),
        testTimeout: limit,
        hookTimeout: limit,
        isolate: name === "engine",
      },
    })),
  },
});
