import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cloudEvent } from '@souk/service-kit';
import type { Shop } from '../../support/shop.ts';

/** A token that was good until yesterday: written into the log, since nobody can make one. */
export async function expiredToken(shop: Shop, dataDir: string): Promise<string> {
  const id = 'E'.repeat(12);
  const token = `souk_${id}_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(token).digest('base64url');
  const expiresAt = new Date(Date.now() - 86_400_000).toISOString();
  const data = { id, team: 'team-cart', mfes: ['cart'], hash, expiresAt, by: 'somebody' };
  await shop.stop();
  const channel = sqliteChannel({ file: join(dataDir, 'events.db') });
  const event = cloudEvent({ type: 'shell.deploy-token-created.v1', source: '/shell', data });
  await channel.append(`shell.deploy-token.${id}`, [event], { expect: 'any' });
  await channel.close();
  await shop.start();
  return token;
}
