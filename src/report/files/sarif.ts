import type { Finding } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';
import { cleanForScreen } from '../../domain/screen-text.ts';
import type { GateReport } from './gate-report.ts';
import { type Place, placesOf } from './places.ts';

/** GitHub takes 25,000 results of a run and shows 5,000. */
const MOST = 5000;

const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/');

const locationOf = ({ file, line, column }: Place): JsonObject => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file), uriBaseId: 'SRCROOT' },
    region: { startLine: line, startColumn: column },
  },
});

const suppressionsOf = ({ waived }: Finding): JsonObject =>
  waived === undefined
    ? {}
    : { suppressions: [{ kind: 'external', status: 'accepted', justification: sayWaiver(waived) }] };

const resultOf = (finding: Finding, place: Place, rules: readonly string[]): JsonObject => ({
  ruleId: place.rule,
  ruleIndex: rules.indexOf(place.rule),
  level: place.level,
  message: { text: cleanForScreen(place.message) || place.rule },
  locations: [locationOf(place)],
  ...suppressionsOf(finding),
  properties: { check: finding.check },
});

/** What every rule that is named by a place is, told once. */
const ruleOf = (id: string, check: string): JsonObject => ({
  id,
  shortDescription: { text: id },
  properties: { check },
});

function notificationsOf({ error }: GateReport): JsonObject {
  if (error === undefined) return {};
  const text = [error.text.what, error.text.why, error.text.next].filter(Boolean).join(' ');
  return {
    toolExecutionNotifications: [
      { level: 'error', descriptor: { id: error.code }, message: { text: cleanForScreen(text) } },
    ],
  };
}

/**
 * SARIF 2.1.0 of the findings that name places in files; checks of a live system have none and are in none. Without any it
 * is still whole, which closes what an earlier file had opened.
 */
export function writeSarif(report: GateReport): string {
  const found = report.findings.flatMap((finding) => placesOf(finding).map((place) => ({ finding, place })));
  const checkOf = new Map(found.map(({ finding, place }) => [place.rule, finding.check]));
  const rules = [...checkOf.keys()];
  const run: JsonObject = {
    tool: {
      driver: {
        name: 'release',
        semanticVersion: report.tool,
        rules: rules.map((rule) => ruleOf(rule, checkOf.get(rule) ?? '')),
      },
    },
    columnKind: 'unicodeCodePoints',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
    invocations: [
      {
        executionSuccessful: report.error === undefined,
        exitCode: report.exitCode,
        startTimeUtc: report.startedAt,
        endTimeUtc: report.finishedAt,
        ...notificationsOf(report),
        ...(report.part ? { properties: { part: true } } : {}),
      },
    ],
    results: found.slice(0, MOST).map(({ finding, place }) => resultOf(finding, place, rules)),
  };
  const document = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
