import type { ReleaseError } from '../../domain/failure.ts';
import type { Finding } from '../../domain/finding.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { EngineEvent } from '../../engine/events.ts';
import { placesOf } from '../files/places.ts';

/** GitHub shows ten annotations of a kind for one step and drops the rest without a word (zizmor#634). */
const MOST = 9;

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly text: string;
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

const escapeData = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

function write({ kind, title, text, at }: Annotation): string {
  const place = at === undefined ? {} : { file: at.file, line: at.line, col: at.column };
  const properties = Object.entries({ ...place, title: oneLine(title) })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  return `::${kind} ${properties}::${escapeData(oneLine(text, 1000))}`;
}

function kindOf({ outcome, weight, waived }: Finding): Kind | undefined {
  if (outcome === 'pass' || outcome === 'skip') return undefined;
  if (outcome === 'warn' || weight === 'advisory' || waived !== undefined) return 'warning';
  return 'error';
}

const KIND_OF_LEVEL = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** A finding that names places is told at each of them, any other once. What passed is told only where it has a note. */
function annotate(finding: Finding): readonly Annotation[] {
  const { check, said, waived } = finding;
  const kind = kindOf(finding);
  const spots = placesOf(finding).map(({ level, rule, message, file, line, column }) => ({
    kind: waived === undefined ? KIND_OF_LEVEL[level] : ('warning' as const),
    title: rule,
    text: message,
    at: { file, line, column },
  }));
  if (spots.length > 0) return spots;
  if (kind === undefined) return [];
  const text = waived === undefined ? said : `${finding.outcome}, ${sayWaiver(waived)}: ${said}`;
  return [{ kind, title: check, text }];
}

const KINDS: readonly Kind[] = ['error', 'warning', 'notice'];

const sayMore = (kind: Kind, more: number): Annotation => ({
  kind,
  title: 'release',
  text: `and ${more} more, see the summary and the log of this step`,
});

/** At most ten of each kind: nine, and how many more there are. */
function limit(annotations: readonly Annotation[]): readonly Annotation[] {
  return KINDS.flatMap((kind) => {
    const all = annotations.filter((one) => one.kind === kind);
    return all.length <= MOST + 1 ? all : [...all.slice(0, MOST), sayMore(kind, all.length - MOST)];
  });
}

/** A command that was refused, told at the line of the file that is wrong when one is known. */
export function annotateError({ code, text }: Pick<ReleaseError, 'code' | 'text'>): string {
  const { what, next, at } = text;
  const place = at === undefined ? {} : { at: { file: at.file, line: at.line, column: at.col } };
  return write({ kind: 'error', title: code, text: `${what} ${next}`, ...place });
}

/** Commands to GitHub around what is shown of a run. */
export interface Workflow {
  /** Before the event is shown: its details are folded into a group. */
  before(event: EngineEvent): void;
  /** After it was shown. */
  after(event: EngineEvent): void;
  /** The annotations, at most ten of a kind. */
  close(): void;
}

/** Folds the lines of a gate into a group, and turns troubles into annotations of the step. */
export function makeWorkflow(writeLine: (line: string) => void): Workflow {
  const found: Annotation[] = [];
  let isOpen = false;
  const endGroup = (): void => {
    if (isOpen) writeLine('::endgroup::');
    isOpen = false;
  };
  return {
    before(event) {
      if (event.type !== 'gate.started') return;
      endGroup();
      writeLine(`::group::${escapeData(`${event.gate}: ${event.checks.length} checks`)}`);
      isOpen = true;
    },
    after(event) {
      if (event.type === 'check.result') found.push(...annotate(event.finding));
      if (event.type === 'step.failed') found.push({ kind: 'error', title: event.name, text: event.said });
      if (event.type === 'gate.decided') endGroup();
    },
    close() {
      endGroup();
      for (const one of limit(found)) writeLine(write(one));
    },
  };
}
