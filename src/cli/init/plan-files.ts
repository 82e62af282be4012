import type { Answers } from './answers.ts';
import type { Detected } from './detected.ts';
import type { Place } from './place-file.ts';
import { writeConfig } from './write-config.ts';
import { EXAMPLE_CHECK, writeEnvExample, writeWorkflow } from './write-others.ts';

/** A file as it is and as it would be. */
export interface PlannedFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly does: 'write' | 'change' | 'keep' | 'nothing' | 'refuse';
  /** Why nothing is written, when it is refused. */
  readonly why?: string;
}

const IGNORED = ['.env.runbook', '.release/'];

const planNew = (name: string, after: string, place: Place): PlannedFile => {
  if (place.kind === 'free') return { name, before: '', after, does: 'write' };
  if (place.kind === 'refused') return { name, before: '', after, does: 'refuse', why: place.why };
  return { name, before: place.text, after, does: place.text === after ? 'nothing' : 'keep' };
};

/** The lines that .gitignore lacks, at its end. */
export function planIgnore(place: Place): PlannedFile {
  const name = '.gitignore';
  const before = place.kind === 'taken' ? place.text : '';
  const known = before.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '').replace(/\/$/, ''));
  const missing = IGNORED.filter((line) => !known.includes(line.replace(/\/$/, '')));
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  const after = `${before}${gap}${missing.map((line) => `${line}\n`).join('')}`;
  if (place.kind === 'refused') return { name, before, after, does: 'refuse', why: place.why };
  if (missing.length === 0) return { name, before, after: before, does: 'nothing' };
  return { name, before, after, does: place.kind === 'free' ? 'write' : 'change' };
}

/** Every file that `init` would write. A file that is there stays as it is. */
export function planFiles(
  answers: Answers,
  found: Detected,
  look: (name: string) => Place,
): readonly PlannedFile[] {
  const config = writeConfig(answers, found);
  const file = (name: string, text: string): PlannedFile => planNew(name, text, look(name));
  const standing = look('runbook.config.yaml');
  // The other files are for the configuration that counts, and that is the one that is there.
  const counts = standing.kind === 'taken' ? standing.text : config;
  return [
    file('runbook.config.yaml', config),
    file('.env.runbook.example', writeEnvExample(counts)),
    file('checks/example.check.ts', EXAMPLE_CHECK),
    ...(answers.workflow ? [file('.github/workflows/preflight.yml', writeWorkflow(counts))] : []),
    ...(answers.ignore ? [planIgnore(look('.gitignore'))] : []),
  ];
}
