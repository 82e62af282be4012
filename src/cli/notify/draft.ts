import type { JsonObject } from '../../domain/json.ts';
import { MESSAGE_KINDS } from '../../domain/message-kinds.ts';
import type { Moment } from '../../domain/moment.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import { type FilledVariable, fillVariables } from '../../report/messages/list-variables.ts';
import { renderMessage } from '../../report/messages/render-announcement.ts';
import type { RenderedMessage } from '../../report/messages/render-template.ts';
import { makeView } from '../../report/messages/view.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { refuseSet } from './read-set.ts';

/** A message that is written and not sent. */
export interface Draft {
  readonly template: TemplateName;
  readonly moment: Moment;
  readonly variables: readonly FilledVariable[];
  /** The same message as it is in a channel with threads, or without. */
  readonly render: (canThread: boolean, repeated?: boolean) => RenderedMessage;
}

/** Variables that only a person can give, and nobody has. */
export const needsOf = ({ template, variables, moment }: Draft): readonly string[] => {
  const { needs } = MESSAGE_KINDS[template];
  const has = (name: string): boolean =>
    moment.notes[name] !== undefined || variables.some((one) => one.name === name && one.value !== undefined);
  return needs.filter((name) => !has(name));
};

/** Writes a message of this moment. Throws E_FLAG_VALUE for what cannot be set, and the errors of templates. */
export function writeDraft(
  template: TemplateName,
  moment: Moment,
  set: JsonObject,
  { redact }: Pick<CliContext, 'redact'>,
  { runbook, root }: Pick<Wired, 'runbook' | 'root'>,
): Draft {
  const isFree = MESSAGE_KINDS[template].about === 'nothing';
  refuseSet(set, makeView(template, moment, runbook), isFree);
  const full = { ...moment, notes: { ...moment.notes, ...set } };
  const view = makeView(template, full, runbook);
  return {
    template,
    moment: full,
    variables: fillVariables(template, view, set, root),
    render: (canThread, repeated = false) =>
      renderMessage(template, { ...full, canThread, repeated }, { runbook, root, redact }),
  };
}
