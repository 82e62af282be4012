import { expect, it } from 'vitest';
import { splitWords } from '../../src/domain/split-words.ts';

it.each([
  ['code --wait', ['code', '--wait']],
  ['  vim  ', ['vim']],
  ['"/opt/my editor/bin" -w', ['/opt/my editor/bin', '-w']],
  ["'/opt/my editor' a\\ b", ['/opt/my editor', 'a b']],
  ['', []],
  ['vi; rm -rf $(pwd) | `id`', ['vi;', 'rm', '-rf', '$(pwd)', '|', '`id`']],
])('T08: %j is words, and nothing of it is run', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});
