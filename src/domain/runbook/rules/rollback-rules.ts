import { isUnder, type Line, MESSAGES, messageLines, ROLLBACK, somewhere, workLines } from '../ask.ts';
import type { RunbookDocument } from '../document.ts';
import { firstOf, type Hit, hit, type LintRule } from '../rule.ts';

const GOES_BACK =
  /\b(deployments? roll-?back|redeploy|roll back (the )?(deployment|release|image)|helm rollback|rollout undo|eb abort|releases:rollback|previous (deployment|image|build))\b/i;
const SETTINGS = /\b(secrets?|environment variables?|env vars?|config(uration)?|settings)\b/i;

const rollbackLines = (document: RunbookDocument): readonly Line[] =>
  workLines(document).filter(({ section }) => isUnder(section, ROLLBACK) && !isUnder(section, MESSAGES));

/** The platform brings an old image back; the settings it runs with are another matter. */
function findForgotten(document: RunbookDocument): readonly Hit[] {
  const lines = rollbackLines(document);
  const back = lines.filter(({ text }) => GOES_BACK.test(text));
  return firstOf(
    back
      .filter(({ section }) => !lines.some((one) => one.section === section && SETTINGS.test(one.text)))
      .map((one) =>
        hit(one, 'an earlier build comes back, and nothing says with which secrets and settings it runs'),
      ),
  );
}

const STOPS = /\b(disable|stop|pause|turn off|unsubscribe)\b.*\bwebhooks?\b/i;
const REPLAYS = /\b(replay|resend|re-?deliver|redeliver|reprocess|backfill|catch up|503)\w*\b/i;

const findStopped = (document: RunbookDocument): readonly Hit[] =>
  somewhere(rollbackLines(document), REPLAYS)
    ? []
    : rollbackLines(document)
        .filter(({ text }) => STOPS.test(text))
        .map((one) =>
          hit(one, `"${one.text}": what is sent meanwhile is never delivered, and no step fetches it`),
        );

const LOSES = /\b(los(es|e|ing|s)\b.*\bdata|data\b.*\bloss|point[- ]in[- ]time|PITR|restore point)\b/i;
const NO_LOSS =
  /\bno\b[\w\s-]{0,20}\bdata\b[\w\s]{0,12}\blost\b|\bno data loss\b|\bwithout (any )?(loss of data|data loss)\b/i;
const NO_DOWNTIME = /\b(zero|no) (downtime|interruption|outage)\b|\bdowntime:\s*none\b/i;
const OPEN = /\[[^\]]*(none|minimal|\/)[^\]]*\]|\{[^}]*(loss|downtime)[^}]*\}/i;

/** Sentences of messages that are true only if nothing went wrong. */
function findPromises(document: RunbookDocument): readonly Hit[] {
  const work = workLines(document);
  const canLose = somewhere(work, LOSES);
  const isKeptOut = somewhere(work, /\bmaintenance mode\b/i);
  return messageLines(document)
    .filter(
      ({ text }) =>
        !OPEN.test(text) && ((canLose && NO_LOSS.test(text)) || (isKeptOut && NO_DOWNTIME.test(text))),
    )
    .map((one) => hit(one, `"${one.text.trim()}" is said whatever happened`));
}

const BY_WEBHOOK = /\b\w*SLACK_WEBHOOK\w*|hooks\.slack\.com|\bincoming webhook/i;
const BY_TOKEN = /\b(bot token|chat\.postMessage|SLACK_BOT_TOKEN|xoxb)/i;
const THREAD = /\b(in|to|on) (this|the|a) thread\b|\bthread on\b|\breply in thread\b/i;

function findThreads(document: RunbookDocument): readonly Hit[] {
  const { lines } = document;
  if (!lines.some((line) => BY_WEBHOOK.test(line)) || lines.some((line) => BY_TOKEN.test(line))) return [];
  const all = [...messageLines(document), ...document.statements];
  return all
    .filter(({ text }) => THREAD.test(text))
    .map((one) =>
      hit(one, `"${one.text.trim()}": a webhook answers "ok", so that no message can be replied to`),
    );
}

/** The way back, and what is said about it. */
export const rollbackRules: readonly LintRule[] = [
  {
    id: 'rollback-forgets-settings',
    severity: 'error',
    title: 'An earlier build comes back with whatever settings there are',
    why: 'A platform asks, or guesses, whether secrets go back as well; the wrong side breaks the database or payments.',
    next: 'Record the names that a release changes, and say for each which value the earlier build needs.',
    find: findForgotten,
  },
  {
    id: 'webhooks-stopped',
    severity: 'error',
    title: 'Deliveries are switched off and never fetched',
    why: 'Events of a disabled endpoint are not sent again: payments of that time are not heard of.',
    next: 'Leave it on and answer 503 meanwhile, so that the sender tries again; or replay the events of the gap.',
    find: findStopped,
  },
  {
    id: 'promise-unconditional',
    severity: 'error',
    title: 'A message says that nothing was lost, whatever happened',
    why: 'The same runbook has steps that lose data or keep users out. To customers it may be untrue.',
    next: 'Let the sentence follow from what was counted, and say nothing where that is not known.',
    find: findPromises,
  },
  {
    id: 'thread-by-webhook',
    severity: 'error',
    title: 'Replies in a thread by an incoming webhook',
    why: 'A Slack webhook returns no message, so that nothing can be put below it.',
    next: 'Use a bot token (chat.postMessage), or promise updates in the channel.',
    find: findThreads,
  },
];
