// esbuild splits ES modules only. CommonJS starts sooner: Node's loader of ES modules stays asleep, and what V8 made of a
// file can be kept (bin/load-kept.js).
import { transform } from 'esbuild';

const ADDRESS = 'ownAddress';

/** The text of one file of a split bundle, as CommonJS; what it imports while it runs is required then. */
export async function asCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': ADDRESS },
  });
  const address = `const ${ADDRESS}=require("node:url").pathToFileURL(__filename).href;`;
  return `"use strict";${code.includes(ADDRESS) ? address : ''}${code}`;
}
