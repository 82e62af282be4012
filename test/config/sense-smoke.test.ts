import { describe, expect, it } from 'vitest';
import { sayChanged } from './say-changed.ts';

describe('smoke calls', () => {
  it.each([
    [
      'path: /api/exports/{exportId}/download',
      'path: /api/exports/{exportID}/download',
      '{exportID} is not captured by an earlier call. Did you mean "exportId"?',
    ],
    [
      'capture: { questionId: questions.0.id }',
      'capture: { question: questions.0.id }',
      '{questionId} is not captured by an earlier call.',
    ],
    [
      'capture: { token: token }',
      'capture: { jwt: token }',
      'no earlier call captures "token", which "user" sends',
    ],
    [
      'undo: { path: "/api/exports/{exportId}",',
      'undo: { path: "/api/exports/{export}",',
      '{export} is captured neither here nor earlier. Did you mean "exportId"?',
    ],
    ['- id: download', '- id: export', 'two calls are named "export"'],
  ])('%j → %j', (was, now, message) => {
    expect(
      sayChanged(was, now)
        .map((one) => one.said)
        .join('\n'),
    ).toContain(`error: ${message}`);
  });
});

describe('checkout sessions that a killed smoke test opened', () => {
  it('are known by something of the test user alone: a constant would find those of customers', () => {
    const [one] = sayChanged('reference: "{userId}"', 'reference: "shop"');
    expect(one?.said).toContain('must hold a value that an earlier call captured of the test user');
    expect(sayChanged('reference: "{userId}"', 'reference: "{run}"')[0]?.said).toContain('must hold a value');
  });
});

describe('what a killed smoke test made', () => {
  it('E-72: can be found by the name of the run only where that name is sent', () => {
    expect(sayChanged('json: { name: "smoke:{version} {run}"', 'json: { name: "smoke:{version}"')).toEqual([
      {
        said: expect.stringContaining('nothing that "create-assessment" sends holds {run}'),
        at: '{ path: /api/assessments } }',
      },
    ]);
  });

  it('E-72: goes with what an earlier call made', () => {
    expect(sayChanged('goesWith: create-assessment', 'goesWith: create-assesment')).toEqual([
      { said: expect.stringContaining('Did you mean "create-assessment"?'), at: expect.any(String) },
    ]);
  });
});

describe('a smoke call', () => {
  it('E-74: signs no event that an application acts on', () => {
    for (const type of ['checkout.session.completed', 'invoice.paid', '"{run}"'])
      expect(sayChanged('type: release.smoke', `type: ${type}`)).toEqual([
        {
          said: expect.stringMatching(/^error: a signed event must be of a type that nobody acts on/),
          at: expect.stringContaining(type),
        },
      ]);
  });

  it('waits for an earlier call alone, by its name', () => {
    expect(sayChanged('      row: SMK-13\n', '      row: SMK-13\n      after: exprot\n')).toEqual([
      { said: 'error: no earlier call is named "exprot". Did you mean "export"?', at: 'exprot' },
    ]);
  });

  it('describes an answer in a schema that this program understands', () => {
    const schema = (text: string) => `      row: SMK-04\n      schema: ${text}\n`;
    expect(sayChanged('      row: SMK-04\n', schema('{ type: array }'))).toEqual([]);
    expect(sayChanged('      row: SMK-04\n', schema('{ $ref: "https://example.com/x.json" }'))).toEqual([
      { said: expect.stringMatching(/^error: is no schema: /), at: expect.any(String) },
    ]);
  });
});

describe('a smoke call that may change data', () => {
  it('is warned of when it does not say whether it does', () => {
    expect(sayChanged('      writes: true\n      budget: export\n', '      budget: export\n')).toEqual([
      { said: expect.stringMatching(/^warn: "export" does not say whether it changes/), at: 'POST' },
    ]);
  });

  it.each(['true', 'false'])('is not when it says %s, and a GET need not say it', (writes) => {
    const said = `writes: ${writes}\n      budget: export\n`;
    expect(sayChanged('writes: true\n      budget: export\n', said)).toEqual([]);
  });
});
