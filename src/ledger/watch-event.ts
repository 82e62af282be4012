import type { DecisionPoint } from '../domain/decision-point.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Level } from '../domain/watch/rule.ts';

/** What the events of a watch, of the looks after it and of people who watch carry. */
export interface WatchEventData {
  /** A rule calls for a rollback, or does no longer; `change` as in docs/ticks.md. */
  'watch.changed': { readonly version: string; readonly change: JsonObject };
  /** How it stood, when that was not as before: the rules that are not well, with what they lack. */
  'watch.stood': {
    readonly version: string;
    readonly level: Level;
    readonly rules: readonly JsonObject[];
    /** Rules above a limit that have not been for long enough. Left out by older programs. */
    readonly building?: readonly string[];
    /** Why nobody knew which version was judged; null: it was known. Left out by older programs. */
    readonly doubt?: string | null;
  };
  /** What a person adds to a watch (E-118): a note, a complaint, or something declared. */
  'watch.noted': {
    readonly text: string;
    readonly by: string;
    readonly version: string;
    readonly complaint?: string;
    readonly severity?: 'P0' | 'P1' | 'P2' | 'P3';
    /** The note that is over now. */
    readonly resolves?: string;
  };
  /** Whoever recorded this asks the deciders of a point, and nobody else. */
  'watch.asking': { readonly version: string; readonly point: DecisionPoint };
  /** An update that people were promised has been posted (E-103). */
  'watch.told': {
    readonly template: string;
    readonly version: string;
    readonly channels: readonly string[];
    /** What people were told of a look, for an incident. */
    readonly level?: Level;
    /** The point of decision that people were asked about. */
    readonly point?: DecisionPoint;
  };
  /** A watch of the monitoring is under way; until is ISO. */
  'watch.begun': { readonly version: string; readonly until: string };
  /** Whoever recorded this posts the message of that name, and nobody else. */
  'watch.telling': { readonly version: string; readonly name: string };
  /** live → complete → successful (E-116). */
  'watch.ended': {
    readonly version: string;
    readonly verdict: string;
    readonly state: 'complete' | 'successful' | 'stopped';
    readonly said: string;
    /** ISO: it tells of the time since then. Left out: since users came. */
    readonly since?: string;
    /** What values were compared with, for those who look later from another machine: series, source and value. */
    readonly baselines?: readonly JsonObject[];
    /** By rule, its reading at the end. */
    readonly figures?: JsonObject;
  };
  /** A look at a complete release, so many hours after users came: what it came to, and each rule's reading. */
  'watch.looked': {
    readonly version: string;
    readonly hour: number;
    readonly verdict: 'clean' | 'above' | 'unknown';
    readonly level: Level;
    readonly said: string;
    readonly figures: JsonObject;
    /** ISO. */
    readonly since: string;
    /** ISO: when it was begun. Left out by older programs. */
    readonly began?: string;
  };
  /** Hours at which nobody looked; they are not made up for. */
  'watch.missed': { readonly version: string; readonly hours: readonly number[] };
  /** In a ledger that has no queue: whoever recorded this looks, and nobody else. */
  'watch.look-begun': { readonly version: string; readonly hour: number };
}
