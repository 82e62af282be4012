import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY } from '../../../src/sandbox/world/make-secrets.ts';
import type { Scenario } from './open-scenario.ts';

/** Base64 of a text at each of the three places at which it may begin, without what its neighbours decide. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + text).toString('base64');
    return whole.slice(Math.ceil((before * 4) / 3), -4).replace(/=+$/, '');
  });

const spell = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  JSON.stringify(text).slice(1, -1),
  Buffer.from(text).toString('hex'),
  ...inBase64(text),
];

/** The end of a secret is enough to know it by, and no other world has it. */
const TAIL = 12;

/** The database's password, and every secret of the world: each with the word that they all carry. */
export function listSecrets({ world }: Pick<Scenario, 'world'>): readonly string[] {
  const password = new URL(world.cluster.url('rur2')).password;
  const named = Object.entries(world.secrets).filter(([name]) => name !== 'SMOKE_USER');
  return [password, ...named.map(([, value]) => value)];
}

/** Spellings that must stand nowhere: the common word, and the end of every secret. */
const listSpellings = (scenario: Pick<Scenario, 'world'>): readonly string[] => [
  ...new Set([CANARY, ...listSecrets(scenario).map((secret) => secret.slice(-TAIL))].flatMap(spell)),
];

const NOT_OURS = ['.env.runbook'];

/** Files that runs have left in the scenario's folder: ledger, events, results, logs, git's cache. */
function readFiles(folder: string): { readonly file: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_OURS.includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, text: readFileSync(file, 'latin1') }));
}

/** The spellings that stand in a text. */
export const findLeaksIn = (text: string, scenario: Pick<Scenario, 'world'>): readonly string[] =>
  listSpellings(scenario).filter((spelling) => text.includes(spelling));

/** Where a secret can be read: streams of all runs, files they left, Slack. Empty when nowhere. */
export function findLeaks(scenario: Scenario): readonly string[] {
  const places = [
    { file: 'stdout or stderr', text: scenario.heard() },
    { file: 'Slack', text: JSON.stringify(scenario.world.slack.messages()) },
    ...readFiles(scenario.folder),
  ];
  return places.flatMap(({ file, text }) =>
    findLeaksIn(text, scenario).map((spelling) => `${file}: ${spelling}`),
  );
}
