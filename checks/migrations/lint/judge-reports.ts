import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { plural } from '../../../src/domain/plural.ts';
import type { Judgement } from '../../../src/kit.ts';
import { findRule } from '../rules/index.ts';
import { classOf } from './class-of.ts';
import type { FileReport, Remark } from './lint-file.ts';
import type { Level } from './rule.ts';
import { waiverLine } from './waivers.ts';

type Placed = Remark & { readonly path: string; readonly hash: string };

const MAX_TOLD = 3;

const isOpen = (level: Level) => (one: Remark) => one.level === level && one.waived === undefined;

const say = ({ path, line, column, rule, said }: Placed): string =>
  `${path}:${line}:${column} ${rule}: ${said}`;

function sayAll(remarks: readonly Placed[]): string {
  const told = remarks.slice(0, MAX_TOLD).map(say).join('; ');
  const more = remarks.length - MAX_TOLD;
  return more > 0 ? `${told}; and ${more} more` : told;
}

/** What an annotation of a pull request needs; other parts of the program read exactly these names. */
const placeOf = ({ path: file, line, column, rule, level, said, remedy, waived }: Placed) => ({
  file,
  line,
  column,
  rule,
  level: waived === undefined ? level : ('note' as const),
  message: waived === undefined ? `${said}. ${remedy}` : `${said}. Allowed in the file: ${waived}`,
});

/** Lines that would allow what is refused, each with the file that it belongs into. */
function linesToPaste(reports: readonly FileReport[]): readonly JsonObject[] {
  return reports.flatMap(({ path: file, hash, remarks }) => {
    const refused = remarks.filter(isOpen('error')).map((one) => one.rule);
    const waivable = [...new Set(refused)].filter((rule) => findRule(rule)?.isFinal !== true);
    return waivable.map((rule) => ({ file, line: waiverLine(rule, hash) }));
  });
}

function evidenceOf(reports: readonly FileReport[], remarks: readonly Placed[]): Json {
  return {
    places: remarks.map(placeOf),
    paste: linesToPaste(reports),
    files: reports.map((report) => ({
      file: report.path,
      class: classOf(report.remarks),
      hash: report.hash,
      remarks: report.remarks.map((one) => ({ ...one })),
    })),
  };
}

const remedyOf = (remarks: readonly Placed[]): string => {
  const [first] = remarks;
  return first === undefined ? '' : `${first.rule}: ${first.remedy}`;
};

/** The answer over all files: an error without a waiver is NO-GO; what is allowed stays visible. */
export function judgeReports(reports: readonly FileReport[]): Judgement {
  const remarks = reports.flatMap(({ path, hash, remarks: all }) =>
    all.map((one) => ({ ...one, path, hash })),
  );
  const evidence = evidenceOf(reports, remarks);
  const [errors, warnings] = [remarks.filter(isOpen('error')), remarks.filter(isOpen('warning'))];
  const waived = remarks.filter((one) => one.waived !== undefined);
  const open = [...errors, ...warnings];
  if (open.length > 0) {
    const outcome = errors.length > 0 ? 'fail' : 'warn';
    return { outcome, said: sayAll(open), remedy: remedyOf(open), evidence };
  }
  const allowed = waived.map((one) => `${one.rule} (${one.waived})`).join(', ');
  const said = `${plural(reports.length, 'file')}${allowed === '' ? ', nothing to say' : `, allowed: ${allowed}`}`;
  const isGrave = waived.some((one) => one.level === 'error');
  return isGrave
    ? { outcome: 'warn', said, remedy: 'Allowed in the file itself; read the reason.', evidence }
    : { outcome: 'pass', said: reports.length === 0 ? 'nothing is pending' : said, evidence };
}
