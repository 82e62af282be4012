import { describe, expect, it } from 'vitest';
import { absentService } from '../../../src/cli/wiring/absent-service.ts';
import type { SlackPort } from '../../../src/services/slack/port.ts';
import type { WebPort } from '../../../src/services/web/port.ts';

describe('a service that is not configured', () => {
  it('refuses every call by its name, instead of guessing', () => {
    const slack = absentService<SlackPort>('slack');
    const web = absentService<WebPort>('web');
    const calls = [() => slack.transport('releases'), () => web.certificate('production')];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'E_NOT_CONFIGURED' }));
    expect(() => slack.transport('releases')).toThrow('slack is not configured in runbook.config.yaml.');
  });

  it('can be awaited and printed without being called', async () => {
    const slack = absentService<SlackPort>('slack');
    expect(await slack).toBe(slack);
    expect(JSON.stringify({ slack })).toBe('{"slack":{}}');
    expect(Object.prototype.toString.call(slack)).toBe('[object Object]');
  });
});
