import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { Incident } from '../../ledger/find-incident.ts';
import { htmlText } from '../../report/messages/html-text.ts';
import { drawChart } from '../../report/postmortem/metrics/draw-chart.ts';
import type { Figures } from '../../report/postmortem/metrics/figures.ts';
import { listMarks } from '../../report/postmortem/metrics/list-marks.ts';
import { writeMetrics } from '../../report/postmortem/metrics/write-metrics.ts';
import { findRegion, isBefore } from '../../report/postmortem/regions.ts';
import type { Place } from './place-document.ts';

/** The part about what was measured, and the picture beside the document; without `svg` there is none to write. */
export interface Picture {
  readonly file: string;
  readonly svg: string | undefined;
  readonly part: string;
}

const foreign = (file: string): ReleaseError =>
  new ReleaseError('E_FILE_EXISTS', {
    what: `${file} exists and is no picture of this postmortem.`,
    why: 'What is there is never overwritten.',
    next: 'Move it away, or name another file for the postmortem: --file docs/postmortems/….md',
    state: 'untouched',
  });

/** The part as another machine wrote it, which had measurements. */
function findKept({ text }: Place): string | undefined {
  const inside = text === undefined ? undefined : findRegion(text, 'metrics')?.inside;
  return inside?.startsWith('![') ? inside : undefined;
}

/**
 * Errors and P95 of an incident as a picture beside its postmortem. Where nothing was measured here, what another machine wrote
 * stays. A document that is older than the part gets no picture. Throws E_FILE_EXISTS for a picture of something else.
 */
export function makePicture(
  place: Place,
  incident: Incident,
  figures: Figures,
  title: string,
  zone: string,
): Picture {
  const name = `${basename(place.file, extname(place.file))}-metrics.svg`;
  const file = join(dirname(place.file), name);
  const none = { file, svg: undefined };
  if (place.text !== undefined && isBefore(place.text, 'metrics')) return { ...none, part: '' };
  if (figures.length === 0)
    return { ...none, part: findKept(place) ?? writeMetrics(incident, figures, name, zone) };
  const { run } = incident.rollback;
  if (existsSync(file) && !readFileSync(file, 'utf8').includes(`data-run="${htmlText.text(run)}"`))
    throw foreign(file);
  const svg = drawChart({ title, run, figures, marks: listMarks(incident), zone });
  return { file, svg, part: writeMetrics(incident, figures, name, zone) };
}
