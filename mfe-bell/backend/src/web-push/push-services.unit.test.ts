import { expect, it } from 'vitest';
import { isKnownPushService } from './push-services.ts';

it.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://wns2-par02p.notify.windows.com/w/?token=abc',
  'https://web.push.apple.com/QABC',
])('%s is called', (endpoint) => expect(isKnownPushService(new URL(endpoint))).toBe(true));

it.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/fcm/send/abc',
  'https://fcm.googleapis.com.evil.example/',
  'https://evilfcm.googleapis.com/',
  'https://fcm.googleapis.com@evil.example/',
  'https://user@fcm.googleapis.com/',
  'https://localhost/',
  'https://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
])('%s is not', (endpoint) => expect(isKnownPushService(new URL(endpoint))).toBe(false));
