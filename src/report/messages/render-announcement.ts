export { keepBuiltIn } from './template-file.ts';

import type { Runbook } from '../../config/schema/index.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { Redact } from '../../domain/redact.ts';
import { isTemplateName } from '../../domain/template-names.ts';
import { type RenderedMessage, renderTemplate } from './render-template.ts';
import { makeView } from './view.ts';

/** Where messages come from. `root` is the folder of the configuration; no secret passes `redact`. */
export interface MessageDesk {
  readonly runbook: Runbook;
  readonly root: string;
  readonly redact: Redact;
}

/** Values are cleared before they are escaped, while a secret is still spelled as the redactor knows it. */
function redactValues(value: Json, redact: Redact): Json {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one: Json) => redactValues(one, redact));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactValues(one, redact)]));
}

/** A template at a moment of a run, in every form. Throws E_TEMPLATE_UNKNOWN for a name that is none. */
export function renderMessage(
  template: string,
  moment: Moment,
  { runbook, root, redact }: MessageDesk,
): RenderedMessage {
  const view = isTemplateName(template) ? makeView(template, moment, runbook) : {};
  return renderTemplate(template, redactValues(view, redact) as JsonObject, root);
}
