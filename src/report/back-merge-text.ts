import { plural } from '../domain/plural.ts';
import type { HistoryCommit } from '../domain/prepare/commit.ts';
import { oneLine } from '../domain/screen-text.ts';
import { noteLines } from './note-lines.ts';

/** What a back-merge would do, ready to be shown before anybody agrees. */
export interface BackMergeStory {
  readonly version: string;
  readonly main: string;
  readonly tip: string;
  /** What develop lacks, newest first. */
  readonly lacked: readonly HistoryCommit[];
  /** Paths that are other ones in develop afterwards. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
  readonly source: { readonly main: string; readonly develop: string; readonly remote: string };
  readonly sandbox: boolean;
  readonly service: string;
}

const MOST = 8;

const short = (sha: string): string => sha.slice(0, 7);

const andMore = (count: number): readonly string[] => (count > MOST ? [`and ${count - MOST} more`] : []);

const list = (label: string, lines: readonly string[], count: number): readonly string[] =>
  [...lines.slice(0, MOST), ...andMore(count)].flatMap((line, i) => noteLines([i === 0 ? label : '', line]));

/** What main brings back to develop, as people read it. */
export function writeBackMerge(story: BackMergeStory): string {
  const { version, main, tip, lacked, files, warnings, source, sandbox, service } = story;
  const commits = lacked.map(({ sha, subject }) => `${short(sha)} ${oneLine(subject, 60)}`);
  const changed =
    files.length === 0 ? ['no file: only the history'] : files.map((file) => oneLine(file, 200));
  return [
    `release prepare --back-merge    ${sandbox ? 'SANDBOX  ' : ''}${service}`,
    '',
    ...noteLines(['from', `${source.main} @ ${short(main)}, which holds ${version}`]),
    ...noteLines([
      'into',
      `${source.develop} @ ${short(tip)}, which lacks ${plural(lacked.length, 'commit')}`,
    ]),
    ...list('brings', commits, commits.length),
    ...list('changes', changed, files.length),
    ...noteLines(['push', `${source.remote}: ${source.develop} alone, and only from where it stands now`]),
    ...warnings.flatMap((warning) => noteLines(['', `▲ ${warning}`])),
  ].join('\n');
}
