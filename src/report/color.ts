import { Chalk } from 'chalk';

/** What decides about colour on one stream. */
export interface ColorFacts {
  readonly isTty: boolean;
  /** False after --no-color. */
  readonly flag: boolean;
  readonly noColor: string | undefined;
  readonly forceColor: string | undefined;
  readonly term: string | undefined;
}

/**
 * Whether one stream is coloured. The flag wins; then FORCE_COLOR over NO_COLOR, as Node itself orders them;
 * then a dumb terminal; then whether somebody looks. Decided here for every library at once, because chalk,
 * listr2 and Node disagree on the same variables in one process (ux D5).
 */
export function decideColor({ isTty, flag, noColor, forceColor, term }: ColorFacts): boolean {
  if (!flag) return false;
  if (forceColor !== undefined) return forceColor !== '0' && forceColor !== 'false';
  if (noColor !== undefined && noColor !== '') return false;
  return isTty && term !== 'dumb';
}

/** How words are emphasised. Colour never carries a meaning that the word beside it does not. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly alarm: (text: string) => string;
}

/** Paint for a stream; without colour every text stays as it is. */
export function makePaint(color: boolean): Paint {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    dim: chalk.dim,
    bold: chalk.bold,
    alarm: chalk.bold.white.bgRed,
  };
}
