import type { CliContext } from '../context.ts';
import type { Detected } from './detected.ts';

export const STRATEGIES = ['manual', 'push', 'command', 'github-workflow'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** What the files are written from. */
export interface Answers {
  readonly product: string;
  readonly production: string;
  /** Undefined: there is none. */
  readonly staging?: string;
  readonly timezone: string;
  readonly strategy: Strategy;
  readonly workflow: boolean;
  readonly ignore: boolean;
}

/** `my-shop` → `My shop`. */
const sayName = (slug: string): string =>
  `${slug.charAt(0).toUpperCase()}${slug.slice(1)}`.replace(/[-_.]+/g, ' ');

/** Short name of the service, as the configuration wants it. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'app';

/** What is taken when nobody is asked. */
export function guessAnswers(found: Detected, folder: string, timezone: string): Answers {
  const slug = slugOf(found.name ?? folder);
  return {
    product: sayName(slug),
    production: `https://${slug}.example.com`,
    timezone,
    strategy: found.replit ? 'manual' : 'push',
    workflow: found.repository !== undefined || found.workflows.length > 0,
    ignore: true,
  };
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:\/\//.test(text);
const isZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

const SAID: Readonly<Record<Strategy, string>> = {
  push: 'the platform publishes by itself when main moves',
  manual: 'a person clicks (Replit and the like)',
  command: 'a command line',
  'github-workflow': 'a GitHub workflow',
};

/** Seven questions, each with its default in brackets; Enter takes it. Throws E_ANSWERED_NO on Ctrl-C. */
export async function askAnswers({ ask, out }: CliContext, guess: Answers): Promise<Answers> {
  const type = async (question: string, usual: string, isGood: (text: string) => boolean, want: string) => {
    for (;;) {
      const typed = (await ask.type({ question: `${question} [${usual}]`, flag: '--yes' })).trim() || usual;
      if (isGood(typed)) return typed;
      out.note(`  ${want}`);
    }
  };
  const order = [guess.strategy, ...STRATEGIES.filter((one) => one !== guess.strategy)];
  const product = await type('Name of the product', guess.product, (text) => text !== '', '');
  const address = 'An address begins with https://';
  const production = await type('Address of production', guess.production, isAddress, address);
  const orNone = (text: string): boolean => text === 'none' || isAddress(text);
  const staging = await type('Address of staging', 'none', orNone, `${address}, or is "none"`);
  const zone = 'A zone is like Europe/Berlin';
  const timezone = await type('Time zone of the runbook', guess.timezone, isZone, zone);
  const choices = order.map((one) => SAID[one]);
  const chosen = await ask.choose({ question: 'What publishes a version?', flag: '--yes', choices });
  const workflow = await ask.confirm({ question: 'Write .github/workflows/preflight.yml?', flag: '--yes' });
  const lines = 'Add ".env.runbook" and ".release/" to .gitignore?';
  const ignore = await ask.confirm({ question: lines, flag: '--yes' });
  return {
    product,
    production,
    ...(staging === 'none' ? {} : { staging }),
    timezone,
    strategy: order[chosen] ?? guess.strategy,
    workflow,
    ignore,
  };
}
