import { complete } from './complete.ts';
import { makeSources } from './sources.ts';

/** Tells a shell what may stand at the end of these words; whatever goes wrong, it hears nothing and the line stays. */
export async function answerShell(words: readonly string[]): Promise<void> {
  const { stdout } = process;
  stdout.on('error', () => undefined);
  const said = await complete(words, makeSources(process.cwd(), process.env)).catch(() => '');
  if (said !== '') stdout.write(`${said}\n`);
}
