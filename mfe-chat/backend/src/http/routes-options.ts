import type { EventChannel } from '@souk/event-channel';
import type { AttachmentStore } from '../attachments/attachment-store.ts';
import type { ShopperOverview } from '@souk/chat-api';
import type { CannedReplies } from '../canned-replies.ts';
import type { Conversations } from '../conversations.ts';
import type { DeskPresence } from '../desk-presence.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import type { DeskView } from '../projections/desk/desk-view.ts';
import type { InboxView } from '../projections/inbox/inbox-view.ts';
import type { StaffNames } from '../staff-names.ts';
import type { TakeToken } from './post-limit.ts';

/** What the routes stand on. */
export interface RoutesOptions {
  readonly channel: EventChannel;
  readonly conversations: Conversations;
  readonly attachments: AttachmentStore;
  readonly view: ConversationView;
  readonly inbox: InboxView;
  readonly desk: DeskView;
  readonly staff: StaffNames;
  readonly replies: CannedReplies;
  /** What the cart's backend says of a shopper. */
  readonly overviewOf: (shopperId: string) => Promise<ShopperOverview>;
  readonly clock: () => Date;
  readonly presence: DeskPresence;
  /** `undefined` = nobody has said when people are there. */
  readonly hours: OpeningHours | undefined;
  readonly takeToken: TakeToken;
  readonly newId: (prefix: string) => string;
  /** Resolves when the views hold this position, or after a moment; so that a sender sees what it has just sent. */
  readonly caughtUp: (position: number) => Promise<void>;
}
