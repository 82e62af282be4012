import type { Finding } from '../../domain/finding.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';

/** Everything worth reading about a finding, a line each: what was seen, what to do, who waived it, how old it is. */
export const sayFinding = ({ said, remedy, waived, recorded, at, runbook }: Finding): string =>
  [
    said,
    ...(remedy === undefined ? [] : [`what to do: ${remedy}`]),
    ...(waived === undefined ? [] : [sayWaiver(waived)]),
    `${recorded === true ? 'from the ledger, found' : 'found'} ${at}; rows ${runbook.join(', ')}`,
  ].join('\n');
