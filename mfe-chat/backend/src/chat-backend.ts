import { join } from 'node:path';
import type { ShopperOverview } from '@souk/chat-api';
import {
  createApp,
  newId as randomId,
  openDatabase,
  openKeyStore,
  projection,
  reactor,
  toBackend,
  upcasting,
  type Backend,
  type BackendOptions,
} from '@souk/service-kit';
import { upcast } from '@souk/shared-events/integration';
import { attachmentStore } from './attachments/attachment-store.ts';
import { sweepDaily } from './attachments/sweep-daily.ts';
import { askShopperOverview } from './ask-cart.ts';
import { cannedReplies } from './canned-replies.ts';
import { conversations } from './conversations.ts';
import { deskPresence } from './desk-presence.ts';
import { parseOpeningHours } from './domain/opening-hours.ts';
import { defaultPostLimit, postLimit, type PostLimit } from './http/post-limit.ts';
import { addRoutes } from './http/routes.ts';
import { erasePersons } from './persons/erase-person.ts';
import { addPersonRoutes } from './persons/find-persons.ts';
import { applyToConversation, conversationView } from './projections/conversation/conversation-view.ts';
import { applyToDesk, deskTables, deskView } from './projections/desk/desk-view.ts';
import { applyToInbox, inboxView } from './projections/inbox/inbox-view.ts';
import { answerAutomatically } from './reactors/answer-automatically.ts';
import { pushToBrowsers } from './reactors/push-to-browsers.ts';
import { pushToDesk } from './reactors/push-to-desk.ts';
import { tellTakenOver } from './reactors/tell-taken-over.ts';
import { migrations } from './schema.ts';
import { presenceOf, tellPresence } from './tell-presence.ts';
import { staffNames } from './staff-names.ts';

/** How the chat's backend is opened. */
export interface ChatBackendOptions extends BackendOptions {
  /** How fast one session may post. @default a burst of 60, then 60 a minute */
  readonly postLimit?: PostLimit;
  /** Milliseconds after the last staff request until the desk counts as empty. @default 180_000 */
  readonly deskAwayAfterMs?: number;
  /** When people are at the desk, as {@link parseOpeningHours} reads it. @default nothing is promised */
  readonly openingHours?: string | undefined;
}

/** How long an answer waits for the views before it is given anyway. */
const catchUpMs = 2000;

/**
 * Opens the chat: its database, views, reactors and API. `ready()` resolves when the views hold the whole log.
 * @throws {Error} when the opening hours cannot be read
 */
export async function createChatBackend(options: ChatBackendOptions): Promise<Backend> {
  const { dataDir, sharedDir = dataDir, log, sessionSecret, clock = () => new Date(), newId = randomId } = options;
  const channel = upcasting(options.channel, upcast);
  const db = openDatabase({ file: join(dataDir, 'chat.db'), migrations });
  const keys = openKeyStore({ file: join(sharedDir, 'keys-chat.db') });
  const attachments = attachmentStore({ dir: join(sharedDir, 'attachments'), keys });
  const shared = { channel, db, stream: 'chat', log };
  const conversation = projection({
    ...{ channel, db, log },
    name: 'chat-conversation',
    sources: [{ stream: 'chat' }, { stream: 'account', filter: 'account.customer.>' }],
    tables: ['conversation', 'message', 'message_attachment', 'customers'],
    apply: (recorded, into) => applyToConversation(recorded, into, keys),
  });
  const inbox = projection({
    ...shared,
    name: 'chat-inbox',
    tables: ['inbox', 'inbox_unread', 'inbox_topic'],
    apply: (recorded, into) => applyToInbox(recorded, into, keys),
  });
  const desk = projection({ ...shared, name: 'chat-desk', tables: deskTables, apply: applyToDesk });
  const view = conversationView(db, keys);
  const writing = conversations({ channel, db, keys, clock, newId });
  const hours = options.openingHours === undefined ? undefined : parseOpeningHours(options.openingHours);
  const presence = deskPresence({
    ...{ channel, clock, awayAfterMs: options.deskAwayAfterMs },
    changed: (staffed) => tellPresence(channel, presenceOf(staffed, hours, clock())),
  });
  const waitForViews = async (position: number): Promise<void> => {
    await Promise.all([conversation, inbox, desk].map((one) => one.waitFor(position, { timeoutMs: catchUpMs })));
  };
  const automatic = reactor({
    ...shared,
    name: 'chat-automatic-answer',
    handle: answerAutomatically({
      channel,
      keys,
      conversations: writing,
      view,
      caughtUp: waitForViews,
      presence,
      newId,
      clock,
      hours,
    }),
  });
  const push = reactor({
    ...shared,
    name: 'chat-push',
    handle: pushToBrowsers({ channel, view, caughtUp: waitForViews }),
  });

  const deskPush = reactor({
    ...shared,
    name: 'chat-push-desk',
    handle: pushToDesk({ channel, caughtUp: waitForViews }),
  });
  const takeOver = reactor({
    ...{ channel, db, log, name: 'chat-take-over', stream: 'account', filter: 'account.customer.>' },
    types: ['account.signed-in.v1'],
    handle: tellTakenOver({ channel, view, conversation }),
  });
  const replies = cannedReplies({ channel, clock, newId });
  await replies.begin();

  const erasures = erasePersons({ channel, db, keys, log, conversations: writing, attachments });

  const app = createApp({
    name: 'chat',
    version: '0.1.0',
    log,
    sessionSecret,
    channel,
    clock,
    followers: [conversation, inbox, desk, automatic, push, deskPush, takeOver, ...erasures.followers],
  });
  addPersonRoutes(app, db);
  addRoutes(app, {
    ...{ channel, clock, conversations: writing, attachments, view, presence, hours },
    inbox: inboxView(db, keys),
    desk: deskView(db, keys),
    staff: staffNames({ channel, keys, clock, awayAfterMs: options.deskAwayAfterMs }),
    replies,
    async overviewOf(shopperId) {
      const told = await askShopperOverview(channel, shopperId);
      if (told === 'unanswered') return { answered: false };
      // The contract's types are read-only; that is all the difference.
      return { answered: true, ...(told as object) } as ShopperOverview;
    },
    takeToken: postLimit(options.postLimit ?? defaultPostLimit, clock),
    newId,
    // The message is safe in the log; a view that lags only means that the sender sees it a little later.
    caughtUp: (position) => waitForViews(position).catch(() => {}),
  });
  return toBackend(app, {
    name: 'chat',
    projections: [conversation, inbox, desk, erasures.projection],
    reactors: [automatic, push, deskPush, takeOver, erasures.reactor],
    opened: [db, keys, presence, sweepDaily({ attachments, view, log, clock })],
  });
}
