import { ReleaseError } from '../../domain/failure.ts';
import type { StatusWord } from '../../domain/status-word.ts';

export const pageAbsent = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `environments.${env}.statusPage is not configured.`,
    next: 'Describe the status page (docs/status-page.md), or tell customers by hand.',
    state: 'untouched',
  });

export const notReadable = (): ReleaseError =>
  new ReleaseError('E_STATUS_PAGE_UNREADABLE', {
    what: 'The status page is told by a webhook and cannot be asked what it says.',
    next: 'Look at the page itself.',
    state: 'untouched',
  });

export const saysOther = (wanted: StatusWord, said: string): ReleaseError =>
  new ReleaseError('E_STATUS_PAGE_REFUSED', {
    what: `The status page was told "${wanted}" and answers "${said}".`,
    next: 'Look at the page, and correct it there.',
    state: 'unclear',
  });

export const fileTrouble = (path: string, because: string): ReleaseError =>
  new ReleaseError('E_STATUS_PAGE_FILE', {
    what: `The status page's file ${path} ${because}.`,
    next: 'Look at its owner, its rights and its content; then tell the page again.',
    state: 'untouched',
  });

export const badAddress = (name: string): ReleaseError =>
  new ReleaseError('E_STATUS_PAGE_REFUSED', {
    what: `${name} is not a web address.`,
    next: `Put the full address of the webhook into ${name}.`,
    state: 'untouched',
  });
