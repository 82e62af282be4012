import { describe, expect, it } from 'vitest';
import { minutes } from '../../../src/domain/duration.ts';
import { hurry, keepPace, makeCadence, notBefore } from '../../../src/domain/watch/cadence.ts';

const [QUARTER, TEN] = [minutes(15), minutes(10)];
const at = (nth: number): number => minutes(nth);

describe('when people are told next', () => {
  it('COM-01g, E-103: is a quarter of an hour after they were told last', () => {
    expect(makeCadence(at(30), QUARTER).dueAt).toBe(at(45));
    expect(keepPace(makeCadence(at(30), QUARTER), QUARTER, at(40)).dueAt).toBe(at(45));
  });

  it('E-103: is not before somebody watches, and as promised where that comes later', () => {
    expect(notBefore(makeCadence(at(0), QUARTER), at(34)).dueAt).toBe(at(34));
    expect(notBefore(makeCadence(at(0), QUARTER), at(1)).dueAt).toBe(at(15));
  });

  it('COM-09f: comes sooner once it is an incident, and makes nothing late that was in time', () => {
    expect(keepPace(makeCadence(at(30), QUARTER), TEN, at(33)).dueAt).toBe(at(40));
    expect(keepPace(makeCadence(at(30), QUARTER), TEN, at(44)).dueAt).toBe(at(44));
  });

  it('COM-01g: comes a quarter of an hour after the last one again when it is none any more', () => {
    expect(keepPace(makeCadence(at(30), TEN), QUARTER, at(35)).dueAt).toBe(at(45));
  });

  it('E-103: stays due from when it was due, whatever the pace becomes', () => {
    expect(keepPace(makeCadence(at(30), QUARTER), TEN, at(50)).dueAt).toBe(at(45));
    expect(keepPace(makeCadence(at(30), TEN), QUARTER, at(50)).dueAt).toBe(at(40));
  });

  it('COM-02b: is at once when something has become worse', () => {
    expect(hurry(makeCadence(at(30), QUARTER), at(33)).dueAt).toBe(at(33));
    expect(hurry(makeCadence(at(30), QUARTER), at(50)).dueAt).toBe(at(45));
  });
});
