/**
 * One server of the loss test: `loss-server.ts souk|socket.io PORT FOLDER`. Does as it is told over IPC; it may be
 * killed at any time, and started again on the same port and folder.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Server as SocketIo } from 'socket.io';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cloudEvent, verifySession } from '@souk/service-kit';
import { gatewayFixture, testSecret } from '@souk/shell-gateway/testing';

/** A message for one client. Answered with its number when it is accepted. */
export interface PublishOrder {
  readonly publish: number;
  /** Whom it is for: a shopper, or a room. */
  readonly to: string;
}

type Publish = (order: PublishOrder) => Promise<unknown> | void;

const [kind, port = '0', folder = ''] = process.argv.slice(2);

const start: Readonly<Record<string, () => Promise<Publish>>> = {
  async souk() {
    const channel = sqliteChannel({ file: join(folder, 'events.db') });
    const shop = await gatewayFixture([{ name: 'tiny' }], { channel, port: Number(port) });
    shop.backends['who'] = (req, res) => res.end(verifySession(req.headers['souk-session'], testSecret).shopperId);
    return ({ publish, to }) => {
      const data = { type: 'tiny:happened', detail: { n: publish } };
      const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/bench', id: `m${publish}`, data });
      return channel.append(`push.shopper.${to}`, [event], { expect: 'any' });
    };
  },
  async 'socket.io'() {
    const http = createServer();
    const io = new SocketIo(http, { connectionStateRecovery: { maxDisconnectionDuration: 120_000 } });
    io.on('connection', (socket) => {
      if (!socket.recovered) void socket.join(String(socket.handshake.auth['room']));
    });
    await new Promise<void>((resolve) => http.listen(Number(port), '127.0.0.1', resolve));
    return ({ publish, to }) => void io.to(to).emit('happened', { n: publish });
  },
};

const publish = await start[kind ?? '']?.();
process.on('disconnect', () => process.exit(0));
process.on('message', async (order: PublishOrder) => {
  await publish?.(order);
  process.send?.({ accepted: order.publish });
});
process.send?.({ ready: true });
