import { makePaint, type Paint } from '../../../report/color.ts';
import { makeRedraw, type Redraw } from '../../../report/terminal-redraw.ts';
import { drawWatch } from '../../../report/watch-screen/draw-screen.ts';
import type { WatchScene } from '../../../report/watch-screen/scene.ts';
import type { CliContext } from '../../context.ts';
import { redactDeep } from '../../redactor.ts';

/** Where the scene comes from, once there is a watch. `recent` is what was said last. */
export type TellScene = (recent: readonly string[]) => WatchScene;

/** The redrawn screen of a watch, on stderr. */
export interface Screen {
  /** From here on it is drawn. */
  begin(tell: TellScene): void;
  /** Draws anew, unless that was a moment ago. */
  refresh(isUrgent?: boolean): void;
  /** A line that stays: it stands on the screen while it is new, and above it afterwards. */
  note(text: string): void;
  /** Calls whoever sits there. */
  ring(): void;
  /** Gives the terminal to somebody else; what is said meanwhile is kept. */
  rest(): void;
  /** Takes it back. */
  goOn(): void;
  /** Leaves the last picture, without its keys, and all that was said. */
  close(): void;
}

/** A terminal that is drawn on. */
export type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

/** At most four times a second, whatever happens. */
const PACE_MS = 250;
const BELL = '\u0007';
/** Newest lines; what is older has scrolled up. */
const RECENT = 4;

/** True where a person sees what is drawn, and nothing else is written between. */
export const canDraw = ({ terminal, flags }: CliContext): boolean =>
  terminal.isLive && !flags.quiet && flags.verbose === 0 && flags.events !== '-';

const asLeft = (scene: WatchScene): WatchScene => ({
  ...scene,
  ...{ keys: [], typing: undefined, recent: [], alarms: scene.alarms.map((one) => ({ ...one, keys: '' })) },
});

class DrawnScreen implements Screen {
  private readonly context: CliContext;
  private readonly stream: Stream;
  private readonly redraw: Redraw;
  private readonly paint: Paint;
  private tell: TellScene | undefined;
  private isResting = false;
  private last = Number.NEGATIVE_INFINITY;
  private recent: string[] = [];

  constructor(context: CliContext, stream: Stream) {
    this.context = context;
    this.stream = stream;
    this.redraw = makeRedraw(stream);
    this.paint = makePaint(context.terminal.color.stderr);
  }

  begin(tell: TellScene): void {
    this.tell = tell;
    // Whatever ends the process, the cursor comes back.
    process.once('exit', this.onExit);
    this.refresh(true);
  }

  refresh(isUrgent = false): void {
    const now = this.context.clock.monotonic();
    if (this.tell === undefined || this.isResting || (!isUrgent && now - this.last < PACE_MS)) return;
    this.last = now;
    this.redraw.draw(this.picture((scene) => scene));
  }

  // Handed on as the voice of the watch, apart from the screen.
  readonly note = (text: string): void => {
    if (this.tell === undefined) {
      this.context.out.note(text);
      return;
    }
    this.recent.push(...text.split('\n'));
    this.refresh(!this.isResting && this.letScroll(RECENT));
  };

  ring(): void {
    if (this.tell !== undefined && !this.isResting) this.stream.write(BELL);
  }

  rest(): void {
    this.isResting = true;
    this.redraw.clear();
  }

  goOn(): void {
    this.isResting = false;
    this.letScroll(RECENT);
    this.refresh(true);
  }

  close(): void {
    if (this.tell === undefined) return;
    process.off('exit', this.onExit);
    const left = this.isResting ? [] : this.picture(asLeft);
    this.letScroll(0);
    this.redraw.clear(left.map((line) => `${line}\n`).join(''));
    this.tell = undefined;
  }

  private readonly onExit = (): void => this.redraw.clear();

  private picture(change: (scene: WatchScene) => WatchScene): readonly string[] {
    if (this.tell === undefined) return [];
    const { context, stream, paint } = this;
    const { columns = 80, rows = 24 } = stream;
    const scene = change(redactDeep(this.tell(this.recent), context.redact));
    return drawWatch(scene, { paint, ascii: context.terminal.ascii, columns, rows });
  }

  /** Writes all but the newest lines where they stay. */
  private letScroll(kept: number): boolean {
    const old = this.recent.splice(0, Math.max(0, this.recent.length - kept));
    if (old.length === 0) return false;
    this.redraw.clear();
    this.context.out.note(old.join('\n'));
    return true;
  }
}

/** A screen on this stream. `context.out` writes what stays, `context.clock` says when it was drawn last. */
export const openScreen = (context: CliContext, stream: Stream): Screen => new DrawnScreen(context, stream);
