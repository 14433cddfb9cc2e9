/** The AIC kinds of keys, ESVs, secret labels and demo identities through their whole life, against a local tenant. */

import { startAic } from "../../support/aic.ts";
import { describeKinds } from "../../support/kind-suite.ts";
import { environmentSamples } from "./environment-samples.ts";

describeKinds(environmentSamples, startAic);
