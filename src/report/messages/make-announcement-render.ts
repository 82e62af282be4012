import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { SlackMessage } from '../../services/slack/port.ts';
import type { MessageDesk } from './render-announcement.ts';

/**
 * What steps are given as `context.render`. The view a step hands over is its moment (domain/moment.ts), so this needs
 * nothing of the run and can be made once. `readOnDuty`: who is on call at that moment.
 */
export const makeAnnouncementRender =
  (desk: MessageDesk, readOnDuty?: () => Promise<NonNullable<Moment['onDuty']>>) =>
  async (template: string, view: JsonObject): Promise<SlackMessage> => {
    // The template language is loaded with the first message: most commands send none.
    const { renderMessage } = await import('./render-announcement.ts');
    const onDuty = await readOnDuty?.();
    const moment = { ...view, ...(onDuty ? { onDuty } : {}) } as unknown as Moment;
    return renderMessage(template, moment, desk).slack;
  };
