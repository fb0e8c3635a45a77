import type { SoukApp } from '@souk/service-kit';
import type { Conversations } from '../conversations.ts';
import type { DeskPresence } from '../desk-presence.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import type { InboxView } from '../projections/inbox/inbox-view.ts';
import { isStaff } from './access.ts';
import { addDeskRoutes } from './desk-routes.ts';
import { addMessageRoutes } from './message-routes.ts';
import type { TakeToken } from './post-limit.ts';
import { addShopperRoutes } from './shopper-routes.ts';

/** What the routes stand on. */
export interface RoutesOptions {
  readonly conversations: Conversations;
  readonly view: ConversationView;
  readonly inbox: InboxView;
  readonly presence: DeskPresence;
  readonly takeToken: TakeToken;
  readonly newId: (prefix: string) => string;
  /** Resolves when the views hold this position, or after a moment; so that a sender sees what it has just sent. */
  readonly caughtUp: (position: number) => Promise<void>;
}

const DESK_ROUTES = /^\/api\/chat\/(conversations|messages)\b/;

/** The whole API under `/api/chat`. */
export function addRoutes(app: SoukApp, options: RoutesOptions): void {
  app.addHook('preHandler', async (request) => {
    // Upkeep asks as staff too, and nobody sits at the desk for it.
    const atDesk = DESK_ROUTES.test(request.routeOptions.url ?? '');
    if (atDesk && isStaff(request.session)) options.presence.seen();
  });
  addShopperRoutes(app, options);
  addMessageRoutes(app, options);
  addDeskRoutes(app, options);
}
