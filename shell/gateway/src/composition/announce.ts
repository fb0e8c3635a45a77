import type { EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import type { Registry } from '@souk/shell-registry';
import { subjects } from '@souk/shared-events/integration';

/** Tells every open page that something else is live. Each gateway does so; the channel keeps it once. @returns ends it */
export const announceChanges = (registry: Registry, channel: EventChannel, log: Logger): (() => void) =>
  registry.onChange((name) => {
    const data = { type: 'shell:deployment-changed', detail: { name } };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/shell', data });
    const messageId = `deployment-changed.${registry.position()}`;
    channel
      .append(subjects.pushToEverybody(), [event], { expect: 'any', messageId })
      .catch((err: unknown) => log.error({ err, mfe: name }, 'open pages were not told that something else is live'));
  });
