import { describe, expect, it } from 'vitest';
import { saySlack } from '../../../src/cli/demo/say-slack.ts';

const transcript = `#releases
  14:00  RuR2 Release
    v2.1.0 is on its way
      # not a channel
  14:09  v2.1.0 is live ${'and well '.repeat(20)}
    ↳ 14:10  thanks

#engineering
  14:00  Release start
`;

describe('what people saw in Slack, in short', () => {
  it('is a line for every channel, message and reply, and none of their bodies', () => {
    expect(saySlack(transcript).map((line) => line.trim().slice(0, 20))).toEqual([
      '#releases',
      '14:00  RuR2 Release',
      '14:09  v2.1.0 is liv',
      '↳ 14:10  thanks',
      '#engineering',
      '14:00  Release start',
    ]);
  });

  it('fits 80 columns', () => {
    for (const line of saySlack(transcript)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is nothing for nothing', () => {
    expect(saySlack('')).toEqual([]);
  });
});
