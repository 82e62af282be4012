interface Platforms {
  readonly platform: string;
  readonly stagingPlatform: string;
}

/** What the runbook calls "publish": asks the sandbox's platform, as a deploy hook would. */
export const writePublish = ({ platform, stagingPlatform }: Platforms): string =>
  [
    `const platforms = ${JSON.stringify({ production: platform, staging: stagingPlatform })};`,
    "const answer = await fetch(platforms[process.env.RELEASE_ENV] + '/api/publishes', {",
    "  method: 'POST',",
    "  headers: { 'content-type': 'application/json' },",
    '  body: JSON.stringify({ commit: process.env.RELEASE_COMMIT }),',
    '});',
    'if (!answer.ok) throw new Error(await answer.text());',
    '',
  ].join('\n');
