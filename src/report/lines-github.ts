import type { EngineEvent } from '../engine/events.ts';

/** GitHub shows ten annotations of a kind for one step and drops the rest without a word (zizmor#634). */
const MOST = 9;

const escapeData = (text: string): string =>
  text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

const annotation = (title: string, text: string): string =>
  `::error title=${escapeProperty(title)}::${escapeData(text)}`;

/** Turns failures into workflow annotations; the tenth says how many more there are. */
export function makeAnnotations(write: (line: string) => void) {
  let failures = 0;
  const add = (title: string, text: string): void => {
    failures += 1;
    if (failures <= MOST) write(annotation(title, text));
  };
  return {
    emit(event: EngineEvent): void {
      if (event.type === 'check.result' && event.finding.outcome === 'fail' && !event.finding.waived)
        add(event.finding.check, event.finding.said);
      if (event.type === 'step.failed') add(event.name, event.said);
    },
    close(): void {
      if (failures > MOST) write(annotation('release', `and ${failures - MOST} more failures, see the log`));
    },
  };
}
