import { describe, expect, it } from 'vitest';
import { MESSAGE_KINDS } from '../../../src/domain/message-kinds.ts';
import { TEMPLATE_NAMES } from '../../../src/domain/template-names.ts';
import { templateVariables } from '../../../src/report/messages/render-template.ts';
import { sourceOf } from '../../../src/report/messages/variable-sources.ts';

const kindRow = (template: (typeof TEMPLATE_NAMES)[number]): string => {
  const { sentBy, needs, ownCommandOnly } = MESSAGE_KINDS[template];
  const hand = ownCommandOnly ? 'only `--resend`' : 'yes';
  return `| \`${template}\` | ${sentBy} | ${hand} | ${needs.map((name) => `\`${name}\``).join(', ') || '–'} |`;
};

const variables = TEMPLATE_NAMES.flatMap((template) => templateVariables(template));
const names = [...new Set(variables)].sort();

const variableRow = (name: string): string => {
  const { source, where } = sourceOf(name) ?? { source: '', where: '' };
  const used = TEMPLATE_NAMES.filter((template) => templateVariables(template).includes(name));
  const all =
    used.length === TEMPLATE_NAMES.length ? 'every one' : used.map((one) => `\`${one}\``).join(', ');
  return `| \`${name}\` | ${source} | ${where} | ${all} |`;
};

const document = [
  '# Messages',
  '',
  'Made by `npx vitest run test/report/messages/reference.test.ts -u`. How a message is written: [templates](../templates/README.md).',
  '',
  'Runs send their messages by themselves, once for each step, also across a crash; Slack that is away is a warning and never',
  'stops a run. `release notify` is for people:',
  '',
  '- With a bot token the message that opens a thread is rewritten at each phase of its run and of the watch after it: what is under',
  '  way, steps done, what comes next, and how it ended, also after a rollback or a run that was given up (`release-card`,',
  '  `rollback-card`). It is made from the ledger alone, so that whoever goes on with a run goes on with its message. Nothing waits',
  '  for it; a head that could not be rewritten is said once, at the end, and `--resend` rewrites it. A webhook cannot rewrite: there',
  '  every message stands alone.',
  '- `release notify` lists every message: where it goes, sent last, due next, and what a run could not send.',
  '- `release notify <template> --preview` shows it framed: where it goes, how long it is, where its variables come from, and each',
  '  that has no value with the line that is left out for it. `--json` has text, Markdown, HTML and Slack blocks.',
  '- `release notify <template> [version]` shows it, asks, and sends it to its route or to `--to`. What the ledger contradicts is',
  '  refused (`E_MESSAGE_UNTRUE`): a start after the end, "complete" where nobody has watched. The same within ten minutes is asked',
  '  about; a script says `--again`.',
  '- `--set name=value` gives what nobody can compute. What was computed stays. A person of the configuration is mentioned.',
  '- `release notify --resend` sends what a run could not (its end names it), once to each channel that does not have it. It is made',
  '  again from the ledger as it was at that moment, and says in its first line how late it is. A bot channel is asked first whether it came after',
  '  all; a webhook cannot be asked, so there the message says that nobody knew. Once its run has ended, a start is not sent as it',
  '  was: in its place goes how it stands now. A question that nobody can answer any more is not sent.',
  '- `release-complete-email`, `incident-report` and `customer-rollback` go to people outside the team and only ever by a person.',
  '  With `services.mail.smtp` they are sent from a terminal, after the words have been typed; without it they are `.eml` and `.txt` files.',
  '  A script may write the files when it names the address (`--to`). The sentence about data is chosen (`--set data_loss=none`,',
  '  `possible` or `checking`), and `none` is refused where the record does not show it.',
  '- `incident-report` (to stakeholders) and `engineering-update` (to the team) tell of the last rollback, also before its end. What',
  '  nobody knows is said to be unknown; that no data was lost stands there only where the record of a rollback that has ended shows it.',
  '',
  'What was sent by hand stands in the ledger with who sent it and what they set.',
  '',
  '## Which there are',
  '',
  '| Message | Sent by | By hand | Must be set |',
  '|---|---|---|---|',
  ...TEMPLATE_NAMES.map(kindRow),
  '',
  '## Variables',
  '',
  'A variable without a value takes its line away. `person`: nobody can compute it, and `--set` gives it.',
  '',
  '| Variable | From | Where | In |',
  '|---|---|---|---|',
  ...names.map(variableRow),
  '',
].join('\n');

describe('docs/messages.md', () => {
  it('says where every variable of every template comes from', () => {
    expect(names.filter((name) => sourceOf(name) === undefined)).toEqual([]);
  });

  it('is up to date; run this file with -u to write it', async () => {
    await expect(document).toMatchFileSnapshot('../../../docs/messages.md');
  });
});
