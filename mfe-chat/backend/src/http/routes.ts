import type { SoukApp } from '@souk/service-kit';
import { memberOfStaff } from '../staff-names.ts';
import { isStaff } from './access.ts';
import { addAttachmentRoutes } from './attachment-routes.ts';
import { addDeskRoutes } from './desk-routes.ts';
import { addMessageRoutes } from './message-routes.ts';
import { addPresenceRoutes } from './presence-routes.ts';
import type { RoutesOptions } from './routes-options.ts';
import { addShopperRoutes } from './shopper-routes.ts';

const DESK_ROUTES = /^\/api\/chat\/(conversations|messages|typing|staff|canned-replies)\b/;

/** The whole API under `/api/chat`. */
export function addRoutes(app: SoukApp, options: RoutesOptions): void {
  app.addHook('preHandler', async (request) => {
    // Upkeep asks as staff too, and nobody sits at the desk for it.
    const atDesk = DESK_ROUTES.test(request.routeOptions.url ?? '');
    if (!atDesk || !isStaff(request.session)) return;
    options.presence.seen();
    const named = await options.staff.seen(memberOfStaff(request.session));
    if (named !== undefined) await options.caughtUp(named);
  });
  addShopperRoutes(app, options);
  addMessageRoutes(app, options);
  addAttachmentRoutes(app, options);
  addPresenceRoutes(app, options);
  addDeskRoutes(app, options);
}
