import { describe, expect, it } from 'vitest';
import { type Ended, writeOutFiles } from '../../src/cli/out-files.ts';

const ended: Ended = { envelope: { command: 'report', finishedAt: 'now' }, text: 'said', report: undefined };

function write(...files: readonly string[]) {
  const written: string[] = [];
  const unwritten = writeOutFiles(files, ended, { file: (file) => void written.push(file) });
  return { written, unwritten };
}

describe('the files of --out', () => {
  it('are written in the kind that their names say', () => {
    expect(write('a.json', 'b.md')).toEqual({ written: ['a.json', 'b.md'], unwritten: [] });
  });

  it('leave a page to the command that has one, and complain of nothing', () => {
    expect(write('incident.html', 'a.json')).toEqual({ written: ['a.json'], unwritten: [] });
  });

  it('are complained of when there are no findings to put into them', () => {
    expect(write('a.sarif')).toEqual({
      written: [],
      unwritten: ['--out a.sarif was not written: there are no findings to put into it'],
    });
  });
});
