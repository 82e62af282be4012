import { seconds } from '../../domain/duration.ts';
import { type DecisionRecord, foldDecision } from '../../ledger/fold-decision.ts';
import { askDeciders } from './ask-deciders.ts';
import { type DueDecision, findPoint, makeDue } from './find-due.ts';
import { anewSince, type Live, verdictOf } from './live.ts';
import { readAnswer } from './read-answer.ts';
import { linesOf } from './say-due.ts';

/** How often the ledger is asked whether somebody has answered. */
const ASK_MS = seconds(30);

/** `isBlock`: it stands on a screen as a block of its own, until somebody answers. */
const say = (due: DueDecision, live: Live, isBlock: boolean): void => {
  const more = isBlock ? [] : linesOf(due, live).map((line) => `       ${line}`);
  for (const line of [`  ████ ${due.head}`, ...more]) live.context.out.note(line);
};

/** Whether people were asked, and what they have decided by now. */
type Heard = DecisionRecord & { readonly answer?: string };

/** Undefined: the ledger cannot be asked. */
async function readRecord({ point }: DueDecision, live: Live): Promise<Heard | undefined> {
  const { watched, base } = live;
  const since = new Date(anewSince(live) ?? watched.start).toISOString();
  const events = await base.ledger.read(base.scope).catch(() => undefined);
  if (events === undefined) return undefined;
  const record = foldDecision(events, point, { version: watched.version, since });
  const answer = await readAnswer(Number(point) as 2 | 3 | 4, events, live);
  return { ...record, ...(answer === undefined ? {} : { answer }) };
}

/** A deploy asks for decision 2 itself (src/plans/plan-deploy.ts). */
function wasAskedByDeploy({ point }: DueDecision, { watched }: Live): boolean {
  const sent = watched.facts[`ask-${point}`]?.sent;
  return Array.isArray(sent) && sent.length > 0;
}

/** The points of decision of a watch (DP rows). */
export class Decisions {
  private readonly live: Live;
  private said: DueDecision | undefined;
  private isAsked = false;
  private askAt = 0;
  private work: Promise<void> = Promise.resolve();
  private isBusy = false;
  private isOver = false;
  /** When the last beat was, where something was still under way then. */
  private droppedAt: number | undefined;

  constructor(live: Live) {
    this.live = live;
  }

  /** Says each point when it comes, asks its people once, and forgets it when they have answered, from wherever. */
  beat(at: number): void {
    const { live, said } = this;
    // An earlier version that is back is no release that somebody decides about.
    const point = live.watched.plan?.command === 'rollback' ? undefined : findPoint(live);
    if (point === undefined || this.isBusy || live.other !== undefined) return;
    const isNew = point !== said?.point;
    if (!isNew && (live.due === undefined || at < this.askAt)) return;
    const due = isNew ? makeDue(point, live) : said;
    if (due === undefined) return;
    if (isNew) this.isAsked = false;
    this.askAt = at + ASK_MS;
    this.isBusy = true;
    this.work = this.look(due, isNew)
      // Whatever is wrong with a message must not end the watch.
      .catch(() => live.context.out.note(`  decision ${point} could not be asked for`))
      .finally(() => {
        this.isBusy = false;
      });
  }

  /** The last beat. The end of a watch is the moment of a decision, and the screen is gone by then. */
  end(at: number): void {
    this.isOver = true;
    if (this.isBusy) this.droppedAt = at;
    this.beat(at);
  }

  /** Waits for what is still being posted, and asks what came meanwhile; after a rollback nobody is asked any more. */
  async done(): Promise<void> {
    await this.work;
    if (this.droppedAt === undefined || verdictOf(this.live) === 'rollback') return;
    this.beat(this.droppedAt);
    await this.work;
  }

  private async look(due: DueDecision, isNew: boolean): Promise<void> {
    const { live } = this;
    const record = await readRecord(due, live);
    this.said = due;
    if (record?.answer !== undefined) {
      if (!isNew) live.context.out.note(`  decision ${due.point} was taken: ${record.answer}`);
      live.due = undefined;
      return;
    }
    if (isNew) {
      live.due = due;
      say(due, live, live.screen !== undefined && !this.isOver);
    }
    if (this.isAsked || record?.askedAt !== undefined || wasAskedByDeploy(due, live)) return;
    this.isAsked = await askDeciders(due, record, live);
  }
}
