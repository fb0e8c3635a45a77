/** Hosts of the push services of browsers, with all below them. We call no other: an endpoint is what a stranger says. */
const hosts: readonly string[] = [
  'fcm.googleapis.com', // Chrome, Edge on Android, Opera, Samsung
  'push.services.mozilla.com', // Firefox
  'notify.windows.com', // Edge
  'push.apple.com', // Safari
];

/** Whether an endpoint is https, on the usual port, at a push service that we know. */
export function isKnownPushService({ protocol, hostname, port, username }: URL): boolean {
  const isKnown = hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return protocol === 'https:' && port === '' && username === '' && isKnown;
}
