import { fitScreen } from '../report/fit-screen.ts';
import { toAscii } from '../report/glyphs.ts';
import { isPlainOnly } from './plain-only.ts';
import { answerQuickly } from './quick.ts';
import { screenOf } from './screen-of.ts';

const words = process.argv.slice(2);
// A shell asks what may stand here, perhaps behind a `--help` that is only typed and never meant for us.
const asked = words[0] === 'complete' && words[1] === '--' ? words.slice(2) : undefined;
const answer = asked === undefined ? answerQuickly(words) : undefined;
if (asked !== undefined) {
  void import('./complete/answer-shell.ts').then(({ answerShell }) => answerShell(asked));
} else if (answer === undefined) {
  void import('./edge.ts').then(({ runEdge }) => runEdge(words));
} else {
  // The reader of a pipe may leave early: `release --help | head -1` is no failure.
  process.stdout.on('error', () => undefined);
  const isPlain = words.includes('--ascii') || isPlainOnly(process.env);
  const text = isPlain ? toAscii(answer) : answer;
  const columns = screenOf(process.stdout, process.env);
  process.stdout.write(`${columns === undefined ? text : fitScreen(text, columns)}\n`);
}
