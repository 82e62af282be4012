import { describe, expect, it } from 'vitest';
import { findMismatch } from '../../../src/domain/smoke/match-schema.ts';

describe('an answer against its JSON Schema', () => {
  it.each([
    ['a name that is required and not described', { type: 'object', required: ['id'] }, {}],
    ['the same where not even the type is said', { required: ['id'] }, {}],
    ['a text where fields are required', { required: ['id'] }, 'x'],
    ['items of another type, where the array is understood', { items: { type: 'string' } }, [1]],
    ['a field of an item', { items: { required: ['id', 'name'] } }, [{ id: 1 }]],
    ['a field of a field', { properties: { user: { required: ['id'] } } }, { user: {} }],
    ['a field in each of several ways', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { c: 1 }],
    ['a number below its minimum', { minimum: 3 }, 1],
    ['a text that does not match', { pattern: '^a' }, 'b'],
    [
      'a field that is null where a text is wanted',
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { a: null },
    ],
  ])('SMK-05F: finds %s', (_name, schema, value) => {
    expect(findMismatch(value, schema)).toEqual(expect.any(String));
  });

  it.each([
    ['fields beside those that are required', { required: ['id'] }, { id: null, more: 1 }],
    ['an empty list', { items: { required: ['id'] } }, []],
    ['one of several ways', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { b: 1 }],
    ['anything for a schema that says nothing', {}, 'x'],
  ])('SMK-05F: takes %s', (_name, schema, value) => {
    expect(findMismatch(value, schema)).toBeUndefined();
  });
});
