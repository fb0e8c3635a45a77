import { cloudEvent, reactor, type Reactor } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import type { PushToBrowsersOptions } from './push-to-browsers.ts';

/** Tells a customer's pages the number, with what the guest brought along who they were. */
export function pushTakenOver(options: Omit<PushToBrowsersOptions, 'shopView'>): Reactor {
  const { channel, db, log, notifications, view } = options;
  return reactor({
    ...{ name: 'bell-take-over', channel, db, log, stream: 'account', filter: 'account.customer.>' },
    types: ['account.signed-in.v1'],
    async handle(recorded) {
      await notifications.waitFor(recorded.position, { stream: 'account', timeoutMs: 10_000 });
      const { customerId } = recorded.event.data as IntegrationData['account.signed-in.v1'];
      const detail = { unread: view.unread(customerId), position: notifications.position() };
      const data = { type: 'bell:changed', detail };
      const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/bell', data, cause: recorded });
      const messageId = `/bell/push/${recorded.event.id}/bell:changed`;
      await channel.append(subjects.pushToShopper(customerId), [event], { expect: 'any', messageId });
    },
  });
}
