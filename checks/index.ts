// Written by scripts/build.mjs from the files in this folder.
import type { Check } from '../src/kit.ts';

/** Every built-in check, in the order of its file. */
export const checks = [
] as unknown as readonly Check[];
