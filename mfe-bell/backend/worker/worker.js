// The service worker of the bell: shows messages when no page of the shop is in view, and opens the page that a message
// is about. It listens to no fetch and its scope has no pages, so that it can never stand between a page and the shop.

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path));
});

// The browser has renewed what it subscribed with; the endpoint before answers 410 from now on.
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

async function show(data) {
  const message = read(data);
  // A page in view shows it by itself.
  const pages = await pagesOfShop();
  if (pages.some(({ focused, visibilityState }) => focused && visibilityState === 'visible')) return;
  await self.registration.showNotification(message.title, {
    body: message.body,
    tag: message.tag,
    icon: '/favicon.svg',
    data: { path: message.path },
  });
}

// A browser that was sent something must show something.
function read(data) {
  const nothing = { title: 'Souk', body: 'There is news for you.', tag: 'souk', path: '/' };
  try {
    const { title, body, tag, path } = data.json();
    const isOurs = typeof path === 'string' && /^\/(?![/\\])/.test(path);
    return { title: String(title), body: String(body), tag: String(tag), path: isOurs ? path : '/' };
  } catch {
    return nothing;
  }
}

// To a page that is there already, else to a new one: what somebody has begun in another page stays.
async function open(path = '/') {
  const url = new URL(path, self.location.origin);
  const pages = await pagesOfShop();
  const there = pages.find((page) => page.url === url.href);
  if (there) return there.focus();
  return self.clients.openWindow(url.href);
}

async function renew({ oldSubscription, newSubscription }) {
  const options = oldSubscription?.options;
  const fresh = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!fresh) return;
  await fetch('/api/bell/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fresh),
  });
}

function pagesOfShop() {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}
