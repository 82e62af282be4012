import { isWorse, type Level } from '../../domain/watch/rule.ts';
import type { RuleView } from '../../domain/watch/view-rule.ts';
import { sayName } from './say-metric.ts';
import type { Standing } from './scene.ts';

/** How it stands as a whole: a word, its colour, and why. */
export interface StateSaid {
  readonly word: string;
  readonly standing: Standing;
  readonly said: string;
}

const namesOf = (views: readonly RuleView[], which: (view: RuleView) => boolean): string =>
  views
    .filter(which)
    .map(({ id }) => sayName(id))
    .join(', ');

/** Unknown is never healthy, and neither is what is above its limit and has not lasted yet. */
export function sayState(level: Level, views: readonly RuleView[], isBuilding: boolean): StateSaid {
  const firing = (least: Level) => namesOf(views, (view) => view.fired !== undefined && view.level === least);
  if (level === 'P0' || level === 'P1')
    return { word: `ROLL BACK (${level})`, standing: 'bad', said: firing(level) };
  if (level === 'P2') return { word: 'EVALUATE (P2)', standing: 'bad', said: firing(level) };
  const held = firing('hold');
  if (level === 'hold' && held !== '')
    return { word: 'HOLD', standing: 'near', said: `people have to look at: ${held}` };
  if (level === 'hold') {
    const lacking = namesOf(views, (view) => view.level === 'hold');
    return { word: 'UNKNOWN', standing: 'unknown', said: `not known enough: ${lacking}` };
  }
  const building = namesOf(
    views,
    (view) => view.building !== undefined && isWorse(view.building.level, 'P3'),
  );
  if (isBuilding)
    return { word: 'BUILDING', standing: 'near', said: `above a limit, not for long enough: ${building}` };
  return { word: 'HEALTHY', standing: 'good', said: 'nothing above its limit' };
}
