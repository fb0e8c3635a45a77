import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { cloudEvent, createLogger } from '@souk/service-kit';
import { createPushHub } from './push-hub.ts';
import type { PushHub } from './push-hub.ts';
import { defaultPushLimits } from './push-limits.ts';

let channel: EventChannel;
let hub: PushHub;
let released: PromiseWithResolvers<void>;

/** A hub whose tail delivers nothing before it is released: it lags behind the log. */
beforeEach(async () => {
  channel = memoryChannel();
  released = Promise.withResolvers();
  const lagging: EventChannel = {
    ...channel,
    async *tail(filter, from, signal) {
      await released.promise;
      yield* channel.tail(filter, from, signal);
    },
  };
  const log = createLogger({ name: 'test', level: 'silent' });
  hub = await createPushHub({ channel: lagging, log, limits: defaultPushLimits });
});
afterEach(async () => {
  released.resolve();
  await hub.close();
  await channel.close();
});

const push = async (n: number) => {
  const data = { type: 'tiny:happened', detail: { n } };
  const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/tiny', data });
  return (await channel.append('push.shopper.a', [event], { expect: 'any' })).position;
};

/** An answer without a network. */
const fakeAnswer = () => {
  const socket = Object.assign(new PassThrough(), { destroySoon: () => socket.end() });
  const answer = { socket, writeHead: () => answer, removeHeader: () => {}, flushHeaders: () => {} };
  return { res: answer as unknown as ServerResponse, socket };
};

/** What a browser would read, up to the message with this id. */
const listen = async (after: number | undefined, last: number) => {
  const { res, socket } = fakeAnswer();
  const ids: number[] = [];
  const reading = (async () => {
    for await (const chunk of socket) {
      ids.push(...[...String(chunk).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)));
      if (ids.at(-1) === last) return;
    }
  })();
  await hub.connect(res, { sessionId: 's', subjects: ['push.shopper.a'], after });
  released.resolve();
  await reading;
  return ids;
};

it('does not repeat what the reader has seen when the hub itself lags behind the log', async () => {
  await push(1);
  const seen = await push(2);
  const next = await push(3);
  expect(await listen(seen, next)).toEqual([next]);
});

it('gives a reader from the beginning everything once, also when the hub lags behind the log', async () => {
  const sent = [await push(1), await push(2), await push(3)];
  expect(await listen(0, sent.at(-1) ?? 0)).toEqual(sent);
});
