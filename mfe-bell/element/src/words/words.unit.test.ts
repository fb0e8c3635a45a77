import { expect, it } from 'vitest';
import { words as ar } from './ar.ts';
import { words as de } from './de.ts';
import { words as en } from './en.ts';

it('counts what is unread as each language does', () => {
  expect([1, 2].map(en.unreadCount)).toEqual(['Notifications, 1 unread', 'Notifications, 2 unread']);
  expect(de.unreadCount(3)).toBe('Mitteilungen, 3 ungelesene');
  expect([1, 2, 3, 11, 100].map(ar.unreadCount)).toEqual([
    'الإشعارات، إشعار واحد غير مقروء',
    'الإشعارات، إشعاران غير مقروءين',
    'الإشعارات، 3 إشعارات غير مقروءة',
    'الإشعارات، 11 إشعارًا غير مقروء',
    'الإشعارات، 100 إشعار غير مقروء',
  ]);
});
