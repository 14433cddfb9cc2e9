/** What PingOne gives to every new object of its own accord. */

/** The environment's default key-rotation policy, which an application falls back to (pingone §4.2). */
export const DEFAULT_KEY_POLICY = { keyRotationPolicy: { id: "99999999-9999-4999-8999-999999999999" } };

/** The mapping that every application has from creation (pingone §5.5). */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of PingOne
export const SUB = { name: "sub", value: "${user.id}", required: true, mappingType: "CORE" };

/** The attribute that every custom resource has from creation (pingone §5.3). */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of PingOne
export const RESOURCE_SUB = { name: "sub", value: "${user.id}", type: "CORE" };
