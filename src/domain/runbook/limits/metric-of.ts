/** What runbooks measure, and the words they use for it. The first that fits wins. */
const METRICS: readonly (readonly [name: string, words: RegExp])[] = [
  ['CVSS score', /\bcvss\b/i],
  ['parity', /\bparity\b|\blikeness\b/i],
  ['webhook failures', /webhook.*fail|fail.*webhook/i],
  ['login failures', /log-?in.*fail|fail.*log-?in|authentication.*fail/i],
  ['payment success', /(payment|checkout|charge)s?\b.*success|success.*\b(payment|checkout)/i],
  ['payment failures', /(payment|checkout|charge)s?\b.*fail|fail.*\b(payment|checkout)/i],
  ['test pass rate', /\bpass(ing)?[ -]rate|tests?\b.*\bpass/i],
  ['error rate', /\berror[ -](rate|share|budget)s?\b|\bfailed requests\b|\b5xx\b/i],
  ['crash rate', /\bcrash/i],
  [
    'query time',
    /\b(query|queries|database|db)\b.*(time|performance|p9\d|latency|ms\b)|p9\d.*\b(query|queries)\b/i,
  ],
  ['page load', /page[ -]load/i],
  ['P99', /\bp99\b/i],
  ['response time', /response[ -]time|\blatency\b|\bp95\b|\bresponses\b/i],
  ['complaints', /complaint|customer reports?|reports? of/i],
  ['connection pool', /\bpool\b|connections? in use/i],
  ['CPU', /\bcpu\b/i],
  ['memory', /\bmemory\b/i],
  ['disk', /\bdisk\b/i],
  ['replication lag', /\blag\b/i],
  ['queue', /\bqueue\b|\bbacklog\b/i],
  ['availability', /availability|uptime/i],
  ['coverage', /\bcoverage\b/i],
];

/** What a line measures: known by its own words, and where those say nothing by its label. Undefined: nothing known. */
export const metricOf = (text: string, label: string): string | undefined =>
  [text, label].flatMap((words) => METRICS.filter(([, fits]) => fits.test(words)).map(([name]) => name))[0];
