import { answerQuickly } from './quick.ts';

const words = process.argv.slice(2);
const answer = answerQuickly(words);
if (answer === undefined) {
  void import('./edge.ts').then(({ runEdge }) => runEdge(words));
} else {
  // The reader of a pipe may leave early: `release --help | head -1` is no failure.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${answer}\n`);
}
