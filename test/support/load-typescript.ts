import { createRequire } from 'node:module';
import type typescript from 'typescript';

/** The compiler. An import would read its nine megabytes three times: for their format, for their exports, and to run them. */
export const ts: typeof typescript = createRequire(import.meta.url)('typescript');
