/** `npm run test:package`: takes the network and minutes, so it is no part of `npm test`. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/package/*.package.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
