import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, reactor, type Database, type Logger, type Projection, type Reactor } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { slugsIn } from './changed-products.ts';
import { numbersOf } from './numbers-of.ts';

export interface PushChangesOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly products: Projection;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Changes of so many milliseconds travel as one. @default 500 */
  readonly togetherMs?: number;
}

/** More products than this are not named: whoever shows one asks again. */
const mostNamed = 20;

/** A change that lay around longer, because nobody was there to tell, is on every page by now. Milliseconds. */
const newsMs = 60_000;

/**
 * Tells every open page what products cost now and how many are left, by slugs and numbers only. What changes together
 * travels together, so that an import, or a rush, is a few messages. A change counts as told when its message is in the log:
 * after a crash it is told again, with the numbers of then.
 */
export function pushChanges({ channel, db, products, clock, log, togetherMs = 500 }: PushChangesOptions): Reactor {
  let changed = new Set<string>();
  let last: Recorded | undefined;
  let told: Promise<void> | undefined;

  const tell = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, togetherMs));
    const [slugs, cause] = [changed, last];
    [changed, last, told] = [new Set(), undefined, undefined];
    if (slugs.size === 0 || cause === undefined) return;
    const named = slugs.size <= mostNamed ? [...slugs] : [];
    const detail = { products: named.map((slug) => numbersOf(db, slug)), more: slugs.size > mostNamed };
    const data = { type: 'catalog:product-changed', detail };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/catalog', data, cause, time: clock() });
    await channel.append(subjects.pushToEverybody(), [event], { expect: 'any' });
  };

  return reactor({
    name: 'catalog-push',
    ...{ channel, db, log, stream: 'catalog', deliver: 'new', order: 'none', inbox: false },
    async handle(recorded) {
      if (clock().getTime() - Date.parse(recorded.event.time) > newsMs) return;
      await products.waitFor(recorded.position, { timeoutMs: 30_000 });
      for (const slug of slugsIn(recorded.event, db)) changed.add(slug);
      last = recorded;
      await (told ??= tell());
    },
  });
}
