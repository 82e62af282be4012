import { basename } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { makeShell } from '../../services/shell/real.ts';
import type { CommandModule, CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { type Answers, askAnswers, guessAnswers } from '../init/answers.ts';
import { detect } from '../init/detect.ts';
import type { Detected } from '../init/detected.ts';
import { lookAt, type Place } from '../init/place-file.ts';
import { type PlannedFile, planFiles, planIgnore } from '../init/plan-files.ts';
import { printFiles } from '../init/print-files.ts';
import { sayDone, sayFile } from '../init/say-files.ts';
import { writeFiles } from '../init/write-files.ts';
import { namesIn } from '../init/write-others.ts';

const CONFIG = 'runbook.config.yaml';

const cannotAsk = (): ReleaseError =>
  new ReleaseError('E_INPUT_OFF', {
    what: 'init asks up to seven questions, and this is not a terminal.',
    next: 'Take every default: release init --yes   (release init --plan shows the files)',
    state: 'untouched',
  });

const onlyToProbe = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--env and --send belong to init --probe; init alone asks nobody and works on no environment.',
    next: 'release init, or release init --probe',
    state: 'untouched',
  });

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

function sayFound({
  notes,
  migrations,
  repository,
  replit,
  postgres,
  services,
}: Detected): readonly string[] {
  const seen = [
    ...(repository === undefined ? [] : [`GitHub ${repository}`]),
    ...(migrations === undefined ? [] : [`migrations in ${migrations.folder}`]),
    ...(postgres ? ['PostgreSQL'] : []),
    ...(replit ? ['Replit'] : []),
    ...services,
  ];
  return [
    ...(seen.length > 0 ? [`  found   ${seen.join(', ')}`] : []),
    ...notes.map((note) => `  ▲ ${note}`),
  ];
}

async function findAnswers(context: CliContext, found: Detected): Promise<Answers> {
  const { flags, terminal, cwd } = context;
  const guess = guessAnswers(found, basename(cwd), zoneHere());
  if (flags.yes || flags.plan) return guess;
  if (!terminal.canAsk) throw cannotAsk();
  return askAnswers(context, guess);
}

const asResult = (files: readonly PlannedFile[]) => {
  const named = (does: PlannedFile['does']) =>
    files.filter((file) => file.does === does).map(({ name }) => name);
  return { wrote: named('write'), changed: named('change'), kept: named('keep'), refused: named('refuse') };
};

function nextOf(files: readonly PlannedFile[]): readonly string[] {
  const config = files.find(({ name }) => name === CONFIG);
  const counts = config?.does === 'keep' ? config.before : (config?.after ?? '');
  const secrets = namesIn(counts).length > 0 ? ['cp .env.runbook.example .env.runbook'] : [];
  // Where there is a staging, that is where a first question does the least.
  const first = /^ {2}staging:$/m.test(counts) ? 'release preflight --env staging' : 'release preflight';
  return [...secrets, 'release config check', first];
}

/** What was seen and takes more than a guess: a service that is not configured is not asked about. */
function sayNotYet({ repository, services }: Detected, files: readonly PlannedFile[]): readonly string[] {
  const config = files.find((file) => file.name === CONFIG && file.does === 'write')?.after;
  if (config === undefined) return [];
  const seen = [...(repository === undefined ? [] : ['GitHub']), ...services];
  const open = seen.filter((name) => !config.includes(`\n  ${name.toLowerCase()}:`));
  return open.length === 0 ? [] : [`  ▲ not configured yet: ${open.join(', ')} (docs/config.md, services)`];
}

/** Secrets that lie beside the code are one `git add .` away from everybody. */
const sayCommittable = ({ ignore }: Answers, lookIn: (name: string) => Place): readonly string[] =>
  ignore || planIgnore(lookIn('.gitignore')).does === 'nothing'
    ? []
    : ['  ▲ .env.runbook is not in .gitignore: put it there before you write secrets into it'];

/** An address that nobody typed is no application. */
const sayAddress = ({ production }: Answers, files: readonly PlannedFile[]): readonly string[] =>
  /\.example\.com$/.test(production) && files.some((file) => file.name === CONFIG && file.does === 'write')
    ? [`  ▲ production is ${production} for now: put its address into ${CONFIG}`]
    : [];

const tell = (
  text: readonly string[],
  files: readonly PlannedFile[],
  next: readonly string[],
): CommandResult => ({
  exitCode: files.some(({ does }) => does === 'refuse') ? EXIT.broke : EXIT.ok,
  result: asResult(files),
  text: text.join('\n'),
  next,
  warnings: [],
});

/** Loaded when it is asked for: everything else here works without a configuration. */
async function probe(options: CommandOptions, context: CliContext): Promise<CommandResult> {
  const [{ runProbe }, { withWired }] = await Promise.all([
    import('../probe/run-probe.ts'),
    import('../with-wired.ts'),
  ]);
  return withWired(context, (wired) => runProbe(options, context, wired));
}

/**
 * Writes a first configuration from what the folder tells and the person answers. Existing files stay as they are; with
 * --force-print every file does, and all of them are printed.
 */
export const run: CommandModule['run'] = async (_args, options, context) => {
  if (options.probe === true) return probe(options, context);
  if (options.send === true || context.flags.envIsTyped) throw onlyToProbe();
  const root = context.cwd;
  const found = await detect(root, makeShell());
  for (const line of sayFound(found)) context.out.note(line);
  if (options.forcePrint === true) return printFiles(guessAnswers(found, basename(root), zoneHere()), found);
  const answers = await findAnswers(context, found);
  const files = planFiles(answers, found, (name) => lookAt(root, name));
  const said = files.flatMap(sayFile);
  if (context.flags.plan) return tell(['release init would write', ...said], files, ['release init']);
  writeFiles(root, files);
  const notes = [
    ...sayAddress(answers, files),
    ...sayNotYet(found, files),
    ...sayCommittable(answers, (name) => lookAt(root, name)),
  ];
  return tell([...said, '', sayDone(files), ...notes], files, nextOf(files));
};
