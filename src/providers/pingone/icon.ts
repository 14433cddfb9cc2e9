/** The icon of an application: an image from a file, uploaded before the application can refer to it (pingone §5.8). */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import type { PingOneEnvironment } from "../../admin-api/pingone/environment.ts";

/** What the console takes, by the first bytes of the file: names of files may lie. */
const FORMATS = [
  { type: "image/png", signature: [0x89, 0x50, 0x4e, 0x47] },
  { type: "image/jpeg", signature: [0xff, 0xd8, 0xff] },
  { type: "image/gif", signature: [0x47, 0x49, 0x46, 0x38] },
] as const;
const LARGEST_BYTES = 1_048_576;

/** A picture on disk. The hash makes a changed file a change of the resource. */
export const iconSchema = z
  .strictObject({
    /** PNG, JPEG or GIF of at most 1 MB; a path relative to the project. */
    file: z
      .string()
      .min(1)
      .meta({
        description: "PNG, JPEG or GIF of at most 1 MB; a path relative to the project",
        examples: ["icons/support-agent.png"],
      }),
    /** SHA-256 of the content, filled in. */
    sha256: z
      .string()
      .optional()
      .meta({
        description: "SHA-256 of the content, filled in",
        otherwise: "computed",
        examples: ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
      }),
  })
  .transform(({ file }, { addIssue }) => {
    const problem = (message: string) => {
      addIssue({ code: "custom", path: ["file"], message });
      return z.NEVER;
    };
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file);
    } catch {
      return problem(`cannot read ${file}`);
    }
    if (bytes.length > LARGEST_BYTES) return problem(`${file} is larger than 1 MB`);
    if (!formatOf(bytes)) return problem(`${file} is no PNG, JPEG or GIF`);
    return { file, sha256: createHash("sha256").update(bytes).digest("hex") };
  })
  .describe("Picture that people see");

/** A picture as declared. */
export type Icon = z.infer<typeof iconSchema>;

/** The image that this resource uploaded last, as its outputs have it. */
export const uploadedIcon = z.object({ id: z.string(), href: z.string(), sha256: z.string() });
export type UploadedIcon = z.infer<typeof uploadedIcon>;

/** Uploads a picture. An upload whose reference is lost leaves an image that nothing uses: PingOne cannot list images. */
export async function uploadIcon(environment: PingOneEnvironment, { file, sha256 }: Icon): Promise<UploadedIcon> {
  const bytes = readFileSync(file);
  const type = formatOf(bytes)?.type ?? FORMATS[0].type;
  const { id, targets } = await environment.uploadImage(bytes, type, basename(file));
  return { id, href: targets.original.href, sha256 };
}

function formatOf(bytes: Uint8Array) {
  return FORMATS.find(({ signature }) => signature.every((byte, index) => bytes[index] === byte));
}
