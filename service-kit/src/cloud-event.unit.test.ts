import { describe, expect, test } from 'vitest';
import { cloudEvent } from './cloud-event.ts';
import { acceptRequestId, continueTrace } from './trace.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';

describe('cloudEvent', () => {
  test('begins a conversation when nothing caused it', () => {
    const event = cloudEvent({ type: 'demo.done.v1', source: '/demo', data: { a: 1 } });
    expect(event).toMatchObject({ specversion: '1.0', datacontenttype: 'application/json', data: { a: 1 } });
    expect(event.correlationid).toBe(event.id);
    expect('causationid' in event).toBe(false);
  });

  test('carries the trail of a request', () => {
    const cause = { correlationid: 'r_1', causationid: 'r_1', traceparent: `00-${trace}-b7ad6b7169203331-01` };
    expect(cloudEvent({ type: 'demo.done.v1', source: '/demo', data: {}, cause })).toMatchObject(cause);
  });

  test('carries the trail of an event in the log: same conversation, caused by that event', () => {
    const first = cloudEvent({ type: 'demo.a.v1', source: '/demo', data: {} });
    const recorded = { stream: 'demo', subject: 'demo.a', position: 1, event: first };
    const second = cloudEvent({ type: 'demo.b.v1', source: '/demo', data: {}, cause: recorded });
    const third = cloudEvent({ type: 'demo.c.v1', source: '/demo', data: {}, cause: second });
    expect(second).toMatchObject({ correlationid: first.id, causationid: first.id });
    expect(third).toMatchObject({ correlationid: first.id, causationid: second.id });
  });

  test('makes the same event again from the same id and time', () => {
    const input = { type: 'demo.a.v1', source: '/demo', data: {}, id: 'e_1', time: new Date(0) } as const;
    expect(cloudEvent(input)).toEqual(cloudEvent(input));
    expect(cloudEvent(input).time).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('continueTrace', () => {
  test('keeps the trace and its flags, with a span of its own', () => {
    const next = continueTrace(`00-${trace}-b7ad6b7169203331-01`);
    expect(next).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(next).not.toContain('b7ad6b7169203331');
  });

  test.each([
    undefined,
    '',
    'x',
    `01-${trace}-b7ad6b7169203331-01`,
    `00-${trace.toUpperCase()}-b7ad6b7169203331-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${trace}-0000000000000000-01`,
    `00-${trace}-b7ad6b7169203331-01\r\nx: y`,
  ])('begins a new trace for %j', (header) => {
    const next = continueTrace(header);
    expect(next).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(next).not.toContain(trace);
  });
});

describe('acceptRequestId', () => {
  test('takes a plain id and nothing else', () => {
    expect(acceptRequestId('r_01m847rvck')).toBe('r_01m847rvck');
    for (const header of [undefined, 'short', 'x'.repeat(65), 'with space', 'a\nb_______', ['r_01m847rvck']]) {
      expect(acceptRequestId(header)).toBeUndefined();
    }
  });
});
