import { relative } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { findStory, type Story } from '../../ledger/find-story.ts';
import { lookAt } from '../../ledger/look-at.ts';
import { judgeStory } from '../../report/page/judge-story.ts';
import { writeReportMarkdown } from '../../report/page/markdown/write-report-markdown.ts';
import type { Report } from '../../report/page/report.ts';
import { sayWhat } from '../../report/page/sections/answers.ts';
import { listSections, writePage } from '../../report/page/write-page.ts';
import { wrapWords } from '../../report/table.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { readChange } from '../postmortem/read-change.ts';
import type { Wired } from '../wired.ts';
import { openPage } from './open-page.ts';
import { placePages } from './place-pages.ts';
import { readMeasured } from './read-measured.ts';
import { readSignOffs } from './read-sign-offs.ts';

const COLUMNS = 80;

const noRun = (named: string | undefined, env: string): ReleaseError =>
  new ReleaseError('E_RUN_UNKNOWN', {
    what:
      named === undefined
        ? `No run is recorded for ${env}.`
        : `The ledger of ${env} has no run and no version ${oneLine(named, 60)}.`,
    next: 'release history shows the runs.',
    state: 'untouched',
  });

const sizeOf = (page: string): string => `${Math.ceil(Buffer.byteLength(page) / 1024)} KB`;

async function readReport(
  story: Story,
  unreached: string | undefined,
  ticks: string | undefined,
  context: CliContext,
  wired: Wired,
): Promise<Report> {
  const { from, version, command } = (story.deploy ?? story.subject).plan;
  const [measured, signOffs, change] = await Promise.all([
    readMeasured(story, ticks, context, wired),
    readSignOffs(story, wired),
    command === 'smoke' ? undefined : readChange({ from, to: version }, wired),
  ]);
  const made = { madeAt: wired.clock.now().toISOString(), tool: context.tool };
  const more = unreached === undefined ? {} : { unreached };
  return { story, runbook: wired.runbook, env: wired.env, measured, signOffs, change, ...made, ...more };
}

/** A path as whoever typed the command would name it. */
const asSeen = (file: string, { cwd }: Pick<CliContext, 'cwd'>): string => relative(cwd, file) || file;

const sayHead = (text: string): string[] => wrapWords(text, COLUMNS - 2).map((line) => `  ${line}`);

const isMarkdown = (file: string): boolean => /\.md$/i.test(file);

/** Every section is drawn once, for the page and for its words. */
interface Drawn {
  readonly page: string;
  readonly sections: ReturnType<typeof listSections>;
}

function tell(
  report: Report,
  { page, sections }: Drawn,
  files: readonly string[],
  context: CliContext,
  wired: Wired,
): CommandResult {
  const { story, env } = report;
  const { run, plan } = story.subject;
  const { word } = judgeStory(story);
  const lines = files.map(
    (file) => `  ✔ ${asSeen(file, context)}   ${sizeOf(page)}, one file, works offline`,
  );
  return {
    exitCode: EXIT.ok,
    result: {
      files: [...files],
      bytes: Buffer.byteLength(page),
      runs: story.runs.map((one) => one.run),
      says: word,
      sections: sections.map(({ id }) => id),
    },
    text: [...sayHead(`${plan.version} ${env}: ${word}. ${oneLine(sayWhat(report), 300)}`), ...lines].join(
      '\n',
    ),
    ...(context.flags.out.some(isMarkdown) ? { document: writeReportMarkdown(report, sections) } : {}),
    next: [],
    warnings: [],
    env,
    version: plan.version,
    run,
    sandbox: wired.runbook.sandbox,
  };
}

/** One page of a run that needs nothing else, from the ledger and from what watches left on this machine (POST-14, DOC-01). */
export async function runReport(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { events, unreached } = await lookAt(wired.ledger, wired.scope);
  const story = findStory(events, args[0]);
  if (story === undefined) throw noRun(args[0], wired.env);
  const places = placePages(story.subject.run, context, wired);
  const ticks = typeof options.ticks === 'string' ? options.ticks : undefined;
  const report = await readReport(story, unreached, ticks, context, wired);
  const sections = listSections(report);
  const page = writePage(report, sections);
  for (const { file } of places) context.out.file(file, page);
  const files = places.map(({ file }) => file);
  const told = tell(report, { page, sections }, files, context, wired);
  const anew = places
    .filter(({ isAnew }) => isAnew)
    .map(({ file }) => `${asSeen(file, context)} was there and is written anew.`);
  const opened = options.open === true ? await openPage(files[0] ?? '', context, wired) : [];
  const behind = unreached === undefined ? [] : [`${unreached} The report is as this machine last saw it.`];
  return { ...told, warnings: [...behind, ...anew, ...opened] };
}
