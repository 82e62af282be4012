import { COMMANDS, findCommand } from './catalogue/index.ts';
import { plainWords } from './global-flags.ts';
import { renderExitCodes, renderFullHelp, renderHelp, renderOverview } from './help.ts';

const isHelpFlag = (word: string): boolean => word === '-h' || word === '--help';

/**
 * The answer to words that only ask for help, without loading anything; undefined when there is work to do.
 * Help wins over everything else on the line: asking what a dangerous verb does must never run it (kamal#1658).
 */
export function answerQuickly(words: readonly string[]): string | undefined {
  if (words.length === 0) return renderOverview();
  const end = words.indexOf('--');
  const flagged = (end < 0 ? words : words.slice(0, end)).some(isHelpFlag);
  const [first, second] = plainWords(words);
  if (first === 'help') return helpOn(second);
  return flagged ? helpOn(first) : undefined;
}

function helpOn(topic: string | undefined): string | undefined {
  if (topic === undefined) return renderFullHelp();
  if (topic === 'exit-codes') return renderExitCodes();
  const spec = findCommand(topic);
  return spec && renderHelp(spec);
}

/** Every word that may stand where a command stands, for suggestions. */
export const commandWords = (): string[] => [...COMMANDS.map((c) => c.name), 'help'];
