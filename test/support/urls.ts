/** Arbitrary addresses. To build such an arbitrary takes far longer than to draw from it. */
import fc from "fast-check";

export const webUrl = fc.webUrl();
export const httpsUrl = webUrl.map((url) => url.replace("http:", "https:"));
