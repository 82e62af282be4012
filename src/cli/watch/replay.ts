import { loadRunbook } from '../../config/load.ts';
import { loadRules } from '../../config/load-rules.ts';
import { makeRuleBook } from '../../config/make-rule-book.ts';
import type { Runbook } from '../../config/schema/index.ts';
import { sayInstant } from '../../domain/calendar/say-moment.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/watch/change.ts';
import { Watch } from '../../domain/watch/fold.ts';
import { isAllKnown } from '../../domain/watch/is-all-known.ts';
import type { Level, RuleBook } from '../../domain/watch/rule.ts';
import { judgeTally, Tallying } from '../../domain/watch/tally.ts';
import { listDecisions, type Replayed, sayReplay } from '../../report/replay-text.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import { WATCH_EXITS } from './exits.ts';
import { openLines } from './open-lines.ts';
import { readTickFile } from './read-tick-file.ts';

/** What is replayed, and under which rules. */
export interface ReplayOrder {
  readonly file: string;
  /** A file of other rules. */
  readonly rules: string | undefined;
  readonly failOn: Level;
}

/** The configuration of this folder; undefined when there is none and other rules are given. */
function findRunbook({ cwd, flags }: CliContext, { rules }: ReplayOrder): Runbook | undefined {
  try {
    return loadRunbook({ cwd, file: flags.config }).runbook;
  } catch (error) {
    if (rules !== undefined && isReleaseError(error, 'E_CONFIG_MISSING')) return undefined;
    throw error;
  }
}

/** The rules that decide come last. */
function listBooks(
  context: CliContext,
  order: ReplayOrder,
  runbook: Runbook | undefined,
): { readonly name: string; readonly book: RuleBook }[] {
  const own = runbook === undefined ? [] : [{ name: 'runbook.config.yaml', book: makeRuleBook(runbook) }];
  if (order.rules === undefined) return own;
  return [...own, { name: order.rules, book: loadRules(context.cwd, order.rules) }];
}

/** One set of rules, as far as it has read. */
class Reading {
  readonly changes: Change[] = [];
  private readonly name: string;
  private readonly watch: Watch;
  private readonly tallying: Tallying;

  constructor(name: string, book: RuleBook, failOn: Level, runbook: Runbook | undefined) {
    this.name = name;
    this.watch = new Watch(book);
    this.tallying = new Tallying(this.watch, failOn, {
      decision3: runbook?.decisions?.['3']?.afterMinutes ?? 30,
      decision4: runbook?.decisions?.['4']?.afterMinutes ?? 120,
    });
  }

  take(tick: Parameters<Watch['take']>[0]): void {
    this.changes.push(...this.tallying.take(tick));
  }

  end(): Replayed {
    const { to } = this.tallying.tally();
    if (to !== undefined) this.changes.push(...this.tallying.advance(to));
    const tally = this.tallying.tally();
    const { states } = this.watch;
    const unmeasured = states.filter(
      ({ rule, heard }) => rule.needed && heard.every(({ feeds }) => feeds.length === 0),
    );
    return {
      name: this.name,
      changes: this.changes,
      tally,
      verdict: judgeTally(tally, isAllKnown(states)),
      unmeasured: unmeasured.map(({ rule }) => rule.id),
    };
  }
}

const asJson = ({ name, changes, tally, verdict, unmeasured }: Replayed): JsonObject => ({
  rules: name,
  verdict,
  unmeasured,
  decision3: tally.decision3 ?? null,
  decision4: tally.decision4 ?? null,
  rolledBack: tally.rolledBack === undefined ? null : { ...tally.rolledBack },
  changes: changes.map((one) => ({ ...one })),
});

/** `release watch --replay`: what the rules say of a record. Asks nobody, and needs no environment. */
export async function replay(order: ReplayOrder, context: CliContext): Promise<CommandResult> {
  const runbook = findRunbook(context, order);
  const readings = listBooks(context, order, runbook).map(
    ({ name, book }) => new Reading(name, book, order.failOn, runbook),
  );
  const { cwd, terminal } = context;
  await readTickFile({ cwd, file: order.file, stdin: process.stdin }, (tick) => {
    for (const reading of readings) reading.take(tick);
  });
  const all = readings.map((reading) => reading.end());
  const deciding = all.at(-1) as Replayed;
  const lines = openLines(context);
  for (const change of deciding.changes) lines.write(change);
  lines.close();
  const zone = runbook?.timezone ?? 'UTC';
  const sayTime = (at: number): string => sayInstant(at, zone);
  const decisions = listDecisions(all, order.failOn, sayTime);
  const look = lookOf({ terminal });
  return {
    exitCode: WATCH_EXITS[deciding.verdict],
    verdict: deciding.verdict,
    result: {
      samples: deciding.tally.samples,
      under: all.map(asJson),
      decisions: decisions.map(({ what, said, flips }) => ({ what, said, flips })),
    },
    text: `${sayReplay(all, decisions, sayTime, look)}\n  times in ${zone}`,
    next: [],
    warnings: [],
  };
}
