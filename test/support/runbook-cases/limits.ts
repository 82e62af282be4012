import type { LintCase } from './lint-case.ts';

const bands = (upper: string, lower: string, more = '') =>
  `## When to go back\n\n**P1 - urgent**:\n- Error rate: ${upper}\n\n**P2 - evaluate**:\n»- Error rate: ${lower}\n${more}`;

export const limitCases: readonly LintCase[] = [
  {
    rule: 'limit-gap',
    row: 'E-11',
    bad: '**GO**:\n- Parity above 95 %\n\n**NO-GO**:\n»- Parity below 70 %\n',
    good: '**GO**:\n- Parity above 95 %\n\n**HOLD**:\n- Parity 70 to 95 % inclusive\n\n**NO-GO**:\n- Parity below 70 %\n',
  },
  {
    rule: 'limit-gap',
    row: 'E-14',
    bad: '**Success**:\n- Error rate <0.2%\n\n**P2**:\n»- Error rate >=3%\n\n**P3 - no action**:\n- Error rate <3%\n',
    good: '**Success**:\n- Error rate <3%\n\n**P2**:\n- Error rate >=3%\n',
  },
  {
    rule: 'limit-gap',
    bad: '| Metric | GO | NO-GO |\n|---|---|---|\n»| CPU | below 60 % | above 80 % |\n',
    good: '| Metric | GO | NO-GO |\n|---|---|---|\n| CPU | below 60 % | at least 60 % |\n',
  },
  {
    rule: 'limit-overlap',
    bad: '**GO**:\n- Latency below 400 ms\n\n**NO-GO**:\n»- Latency above 300 ms\n',
    good: '**GO**:\n- Latency below 400 ms\n\n**NO-GO**:\n- Latency at least 400 ms\n',
  },
  {
    rule: 'limit-edge',
    bad: '**GO**:\n- Pass rate >98%\n\n**NO-GO**:\n»- Pass rate <98%\n',
    good: '**GO**:\n- Pass rate ≥98%\n\n**NO-GO**:\n- Pass rate <98%\n',
  },
  {
    rule: 'band-edge',
    row: 'E-14',
    bad: bands('above 4 %', '2-4 %'),
    good: bands('at least 4 %', 'at least 2 % and below 4 %').replace('»', ''),
  },
  {
    rule: 'band-dwell',
    row: 'E-14',
    bad: bands('above 4 % for 3 minutes', '2-4 % for 9 minutes'),
    good: bands(
      'above 4 % for 3 minutes',
      '2-4 % for 9 minutes',
      '\nTime in a worse band counts for every milder one.\n',
    ).replace('»', ''),
  },
  {
    rule: 'limit-differs',
    bad: '## Staging\n\n- Page load <3s\n\n## Production\n\n»- Page load <2s\n',
    good: '## Staging\n\n- Page load <2s\n\n## Production\n\n- Page load <2s\n',
  },
];
