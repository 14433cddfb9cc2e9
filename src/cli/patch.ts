/** What changes in a file, as a patch that people and `git apply` read. Pure. */

import { createTwoFilesPatch } from "diff";

/** @param file from the working directory */
export const patchText = (file: string, before: string, after: string): string =>
  before === after ? `${file} stays as it is` : createTwoFilesPatch(file, file, before, after, "", "", { context: 3 });
