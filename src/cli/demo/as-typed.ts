/** A line of ours as it can be typed where this command was typed: behind `npm run`, in a clone, there is no `release`. */
export function asTyped(line: string, { npm_lifecycle_event: script }: NodeJS.ProcessEnv): string {
  if (script !== 'demo' && script !== 'release') return line;
  if (line === 'release demo') return 'npm run demo';
  return line.replace(/^release demo /, 'npm run demo -- ').replace(/^release /, 'npm run release -- ');
}
