import { relative } from 'node:path';
import type { Figures } from '../../report/postmortem/metrics/figures.ts';
import { sayMarks } from '../../report/postmortem/regions.ts';
import type { CommandResult } from '../command.ts';
import type { Picture } from './make-picture.ts';

/** The same answer with what became of the measurements. */
export function tellPicture(
  told: CommandResult,
  { file, svg, part }: Picture,
  figures: Figures,
  root: string,
): CommandResult {
  const result = { ...told.result, picture: svg === undefined ? null : file };
  if (svg !== undefined)
    return { ...told, result, text: `${told.text}\n  ✔ ${relative(root, file)}   errors and P95` };
  if (part === '' && figures.length > 0) {
    const older = `The document is older than the part about measurements: nothing was drawn. Put ${sayMarks('metrics')} where it is to stand, and update again.`;
    return { ...told, result, warnings: [...told.warnings, older] };
  }
  return { ...told, result };
}
