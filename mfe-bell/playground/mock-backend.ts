/** The bell's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Notification, Unread } from '@souk/bell-api';
import { http, HttpResponse } from 'msw/http';

/** How the backend behaves. */
export type Mood = 'well' | 'slow' | 'failing' | 'unreachable';

/** The backend, and what a test or the playground may do to it. */
export interface MockBell {
  readonly handlers: ReturnType<typeof http.get>[];
  /** `METHOD path` of what was asked, in order. */
  readonly calls: string[];
  mood: Mood;
  /** Something new; the answer is what the push stream would say. */
  notify(more?: Partial<Notification>): { readonly notification: Notification; readonly unread: number };
  count(): Unread;
  reset(): void;
}

interface Kept extends Notification {
  readonly dismissed: boolean;
}

/** Opens it, without a notification. */
export function mockBell(): MockBell {
  let kept: Kept[] = [];
  let position = 0;
  const calls: string[] = [];
  const visible = () => kept.filter(({ dismissed }) => !dismissed);
  const count = (): Unread => ({ unread: visible().filter(({ read }) => !read).length, position });
  const change = (fits: (each: Kept) => boolean, to: Partial<Kept>) => {
    position++;
    kept = kept.map((each) => (fits(each) ? { ...each, ...to } : each));
  };

  const answered = async (request: Request, answer: () => object | undefined | Promise<object | undefined>) => {
    const { pathname, search } = new URL(request.url);
    calls.push(`${request.method} ${pathname}${search}`);
    if (bell.mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 2000));
    if (bell.mood === 'unreachable') return HttpResponse.error();
    if (bell.mood === 'failing') return HttpResponse.json({ code: 'unavailable' }, { status: 503 });
    const found = await answer();
    return found ? HttpResponse.json(found) : HttpResponse.json({ code: 'not-found' }, { status: 404 });
  };

  const bell: MockBell = {
    calls,
    mood: 'well',
    count,
    notify(more = {}) {
      position++;
      const notification: Kept = {
        // Never the same again, as with the real one: tabs agree by it on who shows it.
        notificationId: `n_${crypto.randomUUID()}`,
        kind: 'order',
        at: new Date().toISOString(),
        read: false,
        position,
        dismissed: false,
        ...(more.kind === undefined && { order: { orderId: `o_${position}`, status: 'confirmed' } }),
        ...more,
      };
      kept = [notification, ...kept];
      return { notification, unread: count().unread };
    },
    reset() {
      kept = [];
      position = 0;
      calls.length = 0;
      bell.mood = 'well';
    },
    handlers: [
      http.get('*/api/bell/unread', ({ request }) => answered(request, count)),
      http.get('*/api/bell/notifications', ({ request }) =>
        answered(request, () => {
          const query = new URL(request.url).searchParams;
          const [limit, before] = [Number(query.get('limit') ?? 20), Number(query.get('before') ?? Infinity)];
          const rest = visible().filter((each) => each.position < before);
          return { ...count(), notifications: rest.slice(0, limit), hasMore: rest.length > limit };
        }),
      ),
      http.get('*/api/bell/notifications/:id', ({ request, params }) =>
        answered(request, () => kept.find(({ notificationId }) => notificationId === params['id'])),
      ),
      http.post('*/api/bell/read', ({ request }) =>
        answered(request, async () => {
          const body = (await request.json()) as { notificationIds?: string[]; upTo?: number; about?: string };
          change(
            ({ notificationId, position: at, order }) =>
              body.notificationIds?.includes(notificationId) ||
              (body.upTo !== undefined && at <= body.upTo) ||
              (body.about !== undefined && body.about === order?.orderId),
            { read: true },
          );
          return count();
        }),
      ),
      http.post('*/api/bell/notifications/:id/:act', ({ request, params }) =>
        answered(request, () => {
          change(({ notificationId }) => notificationId === params['id'], { dismissed: params['act'] === 'dismiss' });
          return count();
        }),
      ),
      http.post('*/api/bell/watches', ({ request }) => answered(request, () => ({ watching: true }))),
    ],
  };
  return bell;
}
