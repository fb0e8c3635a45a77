import { Check } from 'typebox/value';
import { expect, it } from 'vitest';
import { SampleChanged, sampleChangedSchema } from './sample-changed.ts';

it.each([{ count: 0 }, { count: 3, more: true }, { count: -1 }, { count: 1.5 }, { count: '1' }, {}, null, 'count'])(
  'the guard and the schema say the same of %j.',
  (detail) => expect(SampleChanged.is(detail)).toBe(Check(sampleChangedSchema, detail)),
);

it('a detail is a frozen copy under the type of the event.', () => {
  const event = new SampleChanged({ count: 2 });
  expect(event.type).toBe('sample:changed');
  expect(Object.isFrozen(event.detail)).toBe(true);
});
