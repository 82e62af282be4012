import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { SlackMessage } from '../../services/slack/port.ts';
import type { MessageDesk } from './render-announcement.ts';

/**
 * What steps are given as `context.render`. The view a step hands over is its moment (domain/moment.ts), so this needs
 * nothing of the run and can be made once.
 */
export const makeAnnouncementRender =
  (desk: MessageDesk) =>
  async (template: string, view: JsonObject): Promise<SlackMessage> => {
    // The template language is loaded with the first message: most commands send none.
    const { renderMessage } = await import('./render-announcement.ts');
    return renderMessage(template, view as unknown as Moment, desk).slack;
  };
