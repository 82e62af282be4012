import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DateTime } from 'luxon';
import { ReleaseError } from '../../domain/failure.ts';
import { readVersion } from '../../domain/version.ts';
import { runOf } from '../../report/postmortem/document.ts';

/** Where the postmortem of a run lies, or is to lie. */
export interface Place {
  readonly file: string;
  /** As people are told of it. */
  readonly shown: string;
  /** What it holds now; undefined when it is not there yet. */
  readonly text: string | undefined;
}

const FOLDER = 'docs/postmortems';
/** More incidents on one day than anybody can write about. */
const MOST_A_DAY = 50;

const foreign = (shown: string): ReleaseError =>
  new ReleaseError('E_FILE_EXISTS', {
    what: `${shown} exists and is no postmortem of this program, or one of another run.`,
    why: 'What people wrote is never overwritten.',
    next: 'Name another file: --file docs/postmortems/….md',
    state: 'untouched',
  });

const readText = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

/** Names in the order in which they are taken: two incidents of one day get two files (E-102). */
const namesOf = (stem: string): readonly string[] =>
  Array.from({ length: MOST_A_DAY }, (_, i) => `${stem}-incident${i === 0 ? '' : `-${i + 1}`}.md`);

/** The run that a postmortem is about, when it began (ISO) and the version that was taken back. */
export interface About {
  readonly run: string;
  readonly startedAt: string;
  readonly bad: string;
}

/**
 * The file of this run: the one that is about it already, else the first free name of the day on which the rollback
 * began, in the runbook's zone, and of the version that it took back (PMT-01, E-102): branches that are merged later hold no two
 * incidents under one name. Throws E_FILE_EXISTS for a named file that is about something else.
 */
export function placeDocument(root: string, run: About, zone: string, named: string | undefined): Place {
  const at = (path: string): Place => {
    const file = join(root, path);
    return { file, shown: relative(root, file), text: readText(file) };
  };
  const isOurs = ({ text }: Place): boolean => text !== undefined && runOf(text) === run.run;
  if (named !== undefined) {
    const place = { file: named, shown: named, text: readText(named) };
    if (place.text !== undefined && !isOurs(place)) throw foreign(named);
    return place;
  }
  const day = DateTime.fromISO(run.startedAt).setZone(zone).toISODate() ?? run.startedAt.slice(0, 10);
  const stem = `${day}-${readVersion(run.bad) ?? 'unknown-version'}`;
  const places = namesOf(stem).map((name) => at(`${FOLDER}/${name}`));
  // Older programs left the version out of the name.
  const older = namesOf(day).map((name) => at(`${FOLDER}/${name}`));
  const place = [...places, ...older].find(isOurs) ?? places.find(({ text }) => text === undefined);
  if (place === undefined) throw foreign(`${FOLDER}/${stem}-incident.md`);
  return place;
}
