import { sayDuration } from '../../../domain/duration.ts';
import { plural } from '../../../domain/plural.ts';
import type { RunState } from '../../../ledger/fold.ts';
import { sumKeptOut } from '../../kept-out.ts';
import { findDatabaseWay } from '../../messages/database-way.ts';
import { sayClock, sayDay } from '../../messages/times.ts';
import { findGravest, listCalls } from '../find-call.ts';
import { type Html, html } from '../html.ts';
import { judgeStory } from '../judge-story.ts';
import { outcome, pairs } from '../parts.ts';
import { findPeak, sayNumber } from '../peaks.ts';
import type { Report } from '../report.ts';
import { listSmoke } from '../smoke-seen.ts';
import { endOf, momentOf, sayHowBad, sayLost, sayWhat, sayWhenOf, sayWho } from './answers.ts';

/** A figure of the head: what, how much, and what that is measured by. */
type Tile = readonly [what: string, value: string, note: string];

const NOT_MEASURED = 'not measured';

function tellErrors(report: Report): Tile {
  const call = findGravest(listCalls(report.story.events).filter(({ rule }) => rule === 'error-percent'));
  const name = 'Error rate';
  if (call?.value !== undefined) {
    const of = call.k === undefined || call.n === undefined ? '' : `${call.k} of ${call.n}, `;
    return [name, `${sayNumber(call.value)} %`, `${of}when ${call.severity} was called`];
  }
  const peak = findPeak(report, 'error-percent');
  return peak === undefined
    ? [name, NOT_MEASURED, 'no watch of this machine']
    : [
        name,
        `${sayNumber(peak.value)} %`,
        peak.value === 0 ? 'in every measured minute' : `highest minute, ${peak.series}`,
      ];
}

function tellLatency(report: Report): Tile {
  const peak = findPeak(report, 'p95-all-ms') ?? findPeak(report, 'p95-ms');
  if (peak !== undefined) return ['P95', `${sayNumber(peak.value)} ms`, `highest, ${peak.series}`];
  const slowest = listSmoke(report.story.runs.at(-1))
    .flatMap(({ p95Ms, endpoint }) => (p95Ms === undefined ? [] : [{ p95Ms, endpoint }]))
    .sort((a, b) => b.p95Ms - a.p95Ms)[0];
  return slowest === undefined
    ? ['P95', NOT_MEASURED, 'no watch, no smoke tests']
    : ['P95', `${sayNumber(slowest.p95Ms)} ms`, `slowest smoke test, ${slowest.endpoint}`];
}

function tellSmoke({ story: { runs } }: Report): Tile {
  const last = runs.findLast((run) => listSmoke(run).length > 0);
  const asked = listSmoke(last).filter(({ state }) => state !== 'skip');
  if (asked.length === 0) return ['Smoke tests', NOT_MEASURED, 'none on record'];
  const good = asked.filter(({ state }) => state === 'pass' || state === 'close').length;
  return ['Smoke tests', `${good} of ${asked.length}`, `endpoints of ${last?.plan.version}`];
}

function tellLoss({ story: { rollback } }: Report): Tile {
  const what = 'Data lost';
  if (rollback === undefined) return [what, 'none taken', 'there was no rollback'];
  const way = findDatabaseWay(momentOf(rollback));
  if (way.kind === 'unchanged') return [what, 'none', 'the database was not changed'];
  if (way.kind === 'scripts')
    return [what, 'not counted', `what only ${plural(way.tags.length, 'migration')} could hold`];
  const { loss } = way;
  return loss === undefined
    ? [what, 'not counted', 'the database was restored']
    : [what, `${loss.rows} rows`, `${loss.minutes} min, ${loss.tables} tables`];
}

/** What a rollback takes is counted from what called for it: users waited for that. */
function sayFrom({ story: { rollback, events } }: Report, last: RunState): string {
  if (last.end !== 'completed') return 'so far as is recorded';
  const call = rollback && findGravest(listCalls(events));
  const after = call && Date.parse(endOf(last)) - call.at;
  return after === undefined || after < 0
    ? 'from its start to its end'
    : `over ${sayDuration(after)} after ${call?.severity} was called`;
}

function listTiles(report: Report): readonly Tile[] {
  const { runs, subject, events, rollback } = report.story;
  const last = runs.at(-1) ?? subject;
  const took = sayDuration(Date.parse(endOf(last)) - Date.parse(last.startedAt));
  const kept = sumKeptOut(runs, events);
  return [
    [rollback === undefined ? 'Took' : 'Rollback took', took, sayFrom(report, last)],
    [
      'Users kept out',
      kept === undefined ? NOT_MEASURED : sayDuration(kept.ms),
      kept === undefined
        ? 'no maintenance mode on record'
        : kept.isOpen
          ? 'and nobody was let in again'
          : 'maintenance mode',
    ],
    tellSmoke(report),
    tellErrors(report),
    tellLatency(report),
    tellLoss(report),
  ];
}

const drawTile = ([what, value, note]: Tile): Html =>
  html`<li><span class="what">${what}</span><strong>${value}</strong><small>${note}</small></li>`;

function sayVersions({ story: { rollback, subject } }: Report): Html {
  const { from, version, command } = (rollback ?? subject).plan;
  return from === '' || command === 'prepare' || command === 'smoke'
    ? html`${version}`
    : html`${from} <span class="to" aria-label="to">→</span> ${version}`;
}

/** What somebody has to know who has ten seconds: what, when, how bad, what was lost, who decided. */
export function writeHeadline(report: Report): Html {
  const { runbook, env, story, madeAt, unreached } = report;
  const { mark, word } = judgeStory(story);
  const { timezone: zone } = runbook;
  return html`<header class="head ${mark}">${runbook.sandbox && html`<p class="ribbon">SANDBOX: none of this happened to real users</p>`}<p class="kicker">${runbook.product} · <b>${env}</b> · release report</p><h1>${sayVersions(report)} ${outcome(mark, word.toUpperCase())}</h1>${pairs(
    [
      ['What happened', sayWhat(report)],
      ['When', sayWhenOf(report)],
      ['How bad', sayHowBad(report)],
      ['What was lost', sayLost(report)],
      ['Who decided', sayWho(report)],
    ],
  )}<ul class="tiles">${listTiles(report).map(drawTile)}</ul><p class="made">Made ${sayDay(madeAt, zone)}, ${sayClock(madeAt, zone)}, from the ledger of ${runbook.service}/${env}. Times are those of ${zone}.${unreached !== undefined && html` <strong>The ledger could not be asked: ${unreached} What stands here is as this machine last saw it.</strong>`}</p></header>`;
}
