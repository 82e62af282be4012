// M14: the report of a release with a thousand checks and two hours of ten series, beyond what help takes.
import { statSync } from 'node:fs';
import { rotate, valueMetric } from '../measure.mjs';
import { withRecord } from '../write-record.mjs';

const CHECKS = 1000;
const SERIES = 10;
const SAMPLES = 7200;

/** Whole processes; the record and the measurements are files. */
export const measureReport = ({ n, bin, root }) =>
  withRecord(root, 'write-incident', [CHECKS, SERIES, SAMPLES].map(String), (folder) => {
    const release = [process.execPath, bin];
    const page = `${folder}/page.html`;
    const at = { cwd: folder, env: { XDG_CACHE_HOME: `${folder}/cache` } };
    const { help, report, bare } = rotate(
      {
        help: [...release, '--help'],
        report: [...release, 'report', 'v2.1.0', '--ticks', 'ticks.jsonl', '--out', page],
        bare: [...release, 'report', 'v2.1.0', '--out', `${folder}/bare.html`],
      },
      n,
      { help: at, report: at, bare: at },
    );
    const beyond = (samples) => samples.map(({ cpu }, i) => cpu - help[i].cpu);
    const floor = { what: '--help', value: Math.round(help[0].cpu), unit: 'ms' };
    const size = { what: 'nothing', value: 0, unit: 'KiB' };
    return [
      valueMetric(
        'M14.report',
        'report, 1,000 checks, 72,000 readings',
        'ms of CPU',
        beyond(report),
        80,
        40,
        floor,
      ),
      valueMetric('M14.record', 'the same without readings', 'ms of CPU', beyond(bare), 80, 40, floor),
      valueMetric('M14.size', 'its page, one file', 'KiB', [statSync(page).size / 1024], 300, 300, size),
    ].map(({ metric, rounds }) => ({ metric: { ...metric, basis: 'cpu' }, rounds }));
  });
