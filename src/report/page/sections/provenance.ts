import { html } from '../html.ts';
import { pairs, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';

/** What the report rests on, so that another can be made and compared. */
export function writeProvenance({ story, runbook, env, tool, measured, madeAt }: Report): Section {
  const last = story.events.at(-1);
  const count = measured.reduce((sum, one) => sum + one.count, 0);
  return {
    id: 'made',
    title: 'What this rests on',
    body: html`${table(
      'Runs',
      ['Run', 'Command', 'By', 'On', 'Program', 'Configuration', 'Plan'],
      story.runs.map(({ run, plan, actor, host, tool: by, configDigest }) => [
        run,
        `${plan.command} ${plan.version}`,
        actor,
        host,
        by,
        html`<code>${configDigest.slice(0, 12)}</code>`,
        html`<code>${plan.digest.slice(0, 12)}</code>`,
      ]),
      [],
      'named-blocks',
    )}${pairs([
      [
        'Ledger',
        `${runbook.service}/${env}, ${story.events.length} entries of this story${last === undefined ? '' : `, the last of them entry ${last.seq}`}`,
      ],
      [
        'Measurements',
        count === 0
          ? 'none on the machine that made this: a watch keeps them beside its ledger (watch/)'
          : `${count} of watches, from the machine that made this or a named file`,
      ],
      ['Made', html`${madeAt} by release ${tool}`],
      [
        'Secrets',
        'Values that the program knows to be secret are taken out of every byte; the file asks nothing of any network, and runs nothing',
      ],
    ])}`,
  };
}
