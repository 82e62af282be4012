import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { SlackMessage } from '../../services/slack/port.ts';
import { isTemplateName } from './names.ts';
import { type RenderedMessage, renderTemplate } from './render-template.ts';
import { makeView } from './view.ts';

/** A template at a moment of a run, in every form. `root` is the folder of the configuration. */
export function renderMessage(
  template: string,
  moment: Moment,
  runbook: Runbook,
  root?: string,
): RenderedMessage {
  const view = isTemplateName(template) ? makeView(template, moment, runbook) : {};
  return renderTemplate(template, view, root);
}

/**
 * What steps are given as `context.render`. The view a step hands over is its moment (domain/moment.ts), so this needs
 * nothing of the run and can be made once.
 */
export const makeAnnouncementRender =
  (runbook: Runbook, root?: string) =>
  (template: string, view: JsonObject): SlackMessage =>
    renderMessage(template, view as unknown as Moment, runbook, root).slack;
