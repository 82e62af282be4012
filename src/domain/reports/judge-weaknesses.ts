import type { Judgement } from '../finding.ts';
import { plural } from '../plural.ts';
import type { Weakness } from './weakness.ts';
import type { Weighed } from './weigh-weaknesses.ts';

const MOST = 5;

const sayOne = ({ ids, where, severity, score }: Weakness): string => {
  const points = score === undefined ? '' : ` ${score.toFixed(1)}`;
  return `${ids[0] ?? 'unnamed'} in ${where} (${severity}${points})`;
};

const sayMany = (all: readonly Weakness[]): string =>
  all.slice(0, MOST).map(sayOne).join(', ') + (all.length > MOST ? ` and ${all.length - MOST} more` : '');

/** What to do about the first few; one package may have many findings and one fix. */
function sayFixes(all: readonly Weakness[]): string {
  const fixes = [
    ...new Set(all.flatMap(({ where, fix }) => (fix === undefined ? [] : [`${where}: ${fix}`]))),
  ];
  const first = fixes.slice(0, 3).join('; ');
  const hint = 'or accept one by its id under evidence.waivers, with a reason and a last day';
  return first === '' ? `Replace what is affected, ${hint}.` : `${first}; ${hint}.`;
}

function listWarnings({ waived, devOnly }: Weighed): readonly string[] {
  const accepted = waived.map(
    ({ weakness, waiver }) =>
      `${sayOne(weakness)} accepted by ${waiver.by} until ${waiver.until}: ${waiver.reason}`,
  );
  return devOnly.length === 0 ? accepted : [...accepted, `not in production: ${sayMany(devOnly)}`];
}

/** One verdict for every list of weaknesses (E-13, corrections 2.3): severe in production is no. */
export function judgeWeaknesses(weighed: Weighed): Judgement {
  const { blocking, waived, devOnly, mild, expired } = weighed;
  const evidence = {
    blocking: blocking.slice(0, 50).map(sayOne),
    waived: waived.map(({ waiver }) => ({ ...waiver })),
    devOnly: devOnly.length,
    mild: mild.length,
  };
  if (blocking.length > 0) {
    const late = expired.map(({ id, until }) => `the waiver of ${id} ended on ${until}`);
    return {
      outcome: 'fail',
      said: [sayMany(blocking), ...late].join('; '),
      remedy: sayFixes(blocking),
      evidence,
    };
  }
  const warnings = listWarnings(weighed);
  if (warnings.length > 0)
    return { outcome: 'warn', said: warnings.join('; '), remedy: sayFixes(devOnly), evidence };
  const said = mild.length === 0 ? 'nothing known' : `${plural(mild.length, 'finding')}, all below the limit`;
  return { outcome: 'pass', said, evidence };
}
