/** The AIC kinds of agents, applications and the realm's OAuth2 provider through their whole life, against a local tenant. */

import { startAic } from "../../support/aic.ts";
import { describeKinds } from "../../support/kind-suite.ts";
import { oauthSamples } from "./oauth-samples.ts";

describeKinds(oauthSamples, startAic);
