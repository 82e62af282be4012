import { resolve } from 'node:path';
import { dateAt } from '../../domain/calendar/dates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { readVersion } from '../../domain/version.ts';
import { findIncident, type Incident } from '../../ledger/find-incident.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import { lookAt } from '../../ledger/look-at.ts';
import { judgeActions, type OpenLine } from '../../report/postmortem/action-items.ts';
import { listOpen, writeDocument } from '../../report/postmortem/document.ts';
import { listLate } from '../../report/postmortem/follow-up.ts';
import { writeParts } from '../../report/postmortem/parts.ts';
import { listTimeline } from '../../report/postmortem/timeline.ts';
import { updateDocument } from '../../report/postmortem/update-document.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { findList } from './find-list.ts';
import { makePicture } from './make-picture.ts';
import { type Place, placeDocument } from './place-document.ts';
import { readChange } from './read-change.ts';
import { readCommand } from './read-command.ts';
import { readFigures } from './read-figures.ts';
import { tellPicture } from './tell-picture.ts';

const noIncident = (run: string | undefined, env: string): ReleaseError =>
  new ReleaseError('E_NO_INCIDENT', {
    what:
      run === undefined
        ? `No rollback is recorded for ${env}.`
        : `The ledger of ${env} knows no rollback ${oneLine(run, 60)}, and none that took this run back.`,
    next: 'release history shows the runs; a postmortem is written about a rollback.',
    state: 'untouched',
  });

const exists = ({ shown }: Place): ReleaseError =>
  new ReleaseError('E_FILE_EXISTS', {
    what: `${shown} exists.`,
    why: 'What people wrote there is never overwritten.',
    next: 'release postmortem --update writes the parts between the marks anew, and leaves the rest.',
    state: 'untouched',
  });

const notThere = ({ shown }: Place): ReleaseError =>
  new ReleaseError('E_NO_FILE', {
    what: `${shown} does not exist yet.`,
    next: 'release postmortem makes it.',
    state: 'untouched',
  });

const titleOf = ({ rollback }: Incident): string =>
  `Incident Postmortem: ${readVersion(rollback.plan.from) ?? 'unknown version'} Rollback`;

const sayFields = (fields: readonly OpenLine[]): string =>
  fields.map(({ line, said }) => `  ${String(line).padStart(5)}  ${said}`).join('\n');

function tell(place: Place, document: string, incident: Incident, wired: Wired): CommandResult {
  const open = listOpen(document);
  const timeline = listTimeline(incident).length;
  const head = `  ✔ ${place.shown}   timeline ${plural(timeline, 'line')}, ${plural(open.length, 'field')} for you`;
  return {
    exitCode: EXIT.ok,
    result: { file: place.file, run: incident.rollback.run, timeline, open: open.map((one) => ({ ...one })) },
    text: open.length === 0 ? head : `${head}\n${sayFields(open)}`,
    next: [`release postmortem --check --env ${wired.env}`],
    warnings: [],
    env: wired.env,
    version: incident.rollback.plan.version,
    run: incident.rollback.run,
    sandbox: wired.runbook.sandbox,
  };
}

/** Exit 3 while anything is left to people, or overdue: a reminder for CI. */
function check(place: Place, incident: Incident, list: TaskList, wired: Wired): CommandResult {
  if (place.text === undefined) throw notThere(place);
  const now = wired.clock.now();
  const today = dateAt(now.getTime(), wired.runbook.timezone);
  const open = [
    ...listOpen(place.text),
    ...judgeActions(place.text, today),
    ...listLate(list, place.text, now),
  ];
  const told = tell(place, place.text, incident, wired);
  if (open.length === 0) return { ...told, text: `  ✔ ${place.shown} is complete`, next: [] };
  const text = `  ${place.shown}: ${plural(open.length, 'field')} open\n${sayFields(open)}`;
  const result = { ...told.result, open: open.map((one) => ({ ...one })) };
  return { ...told, exitCode: EXIT.no, result, text, next: [] };
}

/** Writes the postmortem of a rollback from the ledger, and leaves to people what only people know (PIR-11, PIR-25). */
export async function runPostmortem(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { events, unreached } = await lookAt(wired.ledger, wired.scope);
  const incident = findIncident(events, args[0]);
  if (incident === undefined) throw noIncident(args[0], wired.env);
  const named = typeof options.file === 'string' ? resolve(context.cwd, options.file) : undefined;
  const { run, startedAt, plan } = incident.rollback;
  const place = placeDocument(wired.root, { run, startedAt, bad: plan.from }, wired.runbook.timezone, named);
  const list = findList(incident.rollback, events, wired);
  if (options.check === true) return check(place, incident, list, wired);
  if (place.text !== undefined && options.update !== true) throw exists(place);
  if (place.text === undefined && options.update === true) throw notThere(place);
  const { from: bad, version: good } = plan;
  const change = await readChange({ from: good, to: bad }, wired);
  const ticks = typeof options.ticks === 'string' ? options.ticks : undefined;
  const { figures, warnings } = await readFigures(incident, ticks, context, wired);
  const picture = makePicture(place, incident, figures, titleOf(incident), wired.runbook.timezone);
  const command = readCommand(events, incident, wired.runbook);
  const parts = writeParts({
    ...{ incident, command, change, list, runbook: wired.runbook },
    metrics: picture.part,
  });
  const document =
    place.text === undefined
      ? writeDocument(titleOf(incident), run, parts)
      : updateDocument(place.text, place.shown, parts);
  // The picture first: the document names it.
  if (picture.svg !== undefined) context.out.file(picture.file, picture.svg);
  context.out.file(place.file, document);
  const told = tellPicture(tell(place, document, incident, wired), picture, figures, wired.root);
  const asSeen = `${unreached} The timeline is as this machine last saw it.`;
  return { ...told, warnings: [...told.warnings, ...warnings, ...(unreached === undefined ? [] : [asSeen])] };
}
