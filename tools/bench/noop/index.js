// The Pulumi program of the baseline: as many dynamic resources as resources.json names, which do nothing.
import { readFileSync } from "node:fs";
import pulumi from "@pulumi/pulumi";

const __provider = `exports.handler=()=>require("node:module").createRequire(process.cwd()+"/")("./provider.cjs")`;

class Noop extends pulumi.CustomResource {
  /**
   * @param {string} name
   * @param {Record<string, unknown>} inputs
   */
  constructor(name, inputs) {
    super("pulumi-nodejs:dynamic/noop:Noop", name, { ...inputs, __provider });
  }
}

const file = new URL("resources.json", import.meta.url);
for (const { name, inputs } of JSON.parse(readFileSync(file, "utf8"))) new Noop(name, inputs);
