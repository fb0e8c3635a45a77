import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { cloudEvent, createLogger } from '@souk/service-kit';
import type { RequestHandler } from '@souk/service-kit';
import { createRegistry } from '@souk/shell-registry';
import type { Artifacts, Registry } from '@souk/shell-registry';
import { createGateway } from '../gateway.ts';
import type { Gateway, GatewayOptions } from '../gateway.ts';
import { writeTinyMfe, writeTinyPage } from './tiny-build.ts';
import type { TinyMfe } from './tiny-build.ts';

/** A gateway on a free port, with tiny micro frontends and backends. */
export interface GatewayFixture {
  readonly url: string;
  readonly gateway: Gateway;
  readonly channel: EventChannel;
  readonly registry: Registry;
  /** Put handlers in and take them out at will. */
  readonly backends: Record<string, RequestHandler | undefined>;
  /** Lines that the gateway logged. */
  readonly logged: Record<string, unknown>[];
  /** Folder for more builds. */
  readonly dir: string;
  /** `fetch` without following redirects. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A browser event for `shopper.<id>`, `staff` or another audience; resolves with its position. */
  push(audience: string, detail: Record<string, unknown>): Promise<number>;
  close(): Promise<void>;
}

export const testSecret = 'a secret that is only for tests, really';
export const testPassword = 'open sesame, please';

/** What a fixture is made of beside the gateway. */
export interface FixtureOptions {
  /** Opens a store of builds, closed at the end; `dir` is its cache. @default a folder */
  readonly openArtifacts?: (dir: string) => Promise<Artifacts>;
}

/** Starts it; call `close()` at the end. */
export const gatewayFixture = async (
  mfes: readonly TinyMfe[] = [{ name: 'tiny' }],
  options: Partial<GatewayOptions> & FixtureOptions = {},
): Promise<GatewayFixture> => {
  const dir = mkdtempSync(join(tmpdir(), 'souk-gateway-'));
  const channel = options.channel ?? memoryChannel();
  const artifacts = await options.openArtifacts?.(join(dir, 'registry'));
  const registry = await createRegistry({ channel, artifacts, dir: join(dir, 'registry') });
  for (const mfe of mfes) await registry.publish(writeTinyMfe(dir, mfe));
  const backends: Record<string, RequestHandler | undefined> = Object.fromEntries(
    mfes.filter(({ pagesOnly }) => !pagesOnly).map(({ name }) => [name, undefined]),
  );
  const logged: Record<string, unknown>[] = [];
  const log = createLogger({
    name: 'test',
    destination: { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const gateway = await createGateway({
    ...{ channel, registry, backends, log, dataDir: dir, pageDir: writeTinyPage(dir) },
    ...{ sessionSecret: testSecret, staffPassword: testPassword, host: '127.0.0.1', port: 0 },
    // A second one on the same channel.
    erasesCustomers: options.channel === undefined,
    ...options,
  });
  const listening = await gateway.listen();
  // Behind a proxy the shop has another origin than the socket; tests talk to the socket.
  const url = options.origin === undefined ? listening : `http://127.0.0.1:${options.port}`;
  return {
    ...{ url, gateway, channel, registry, backends, logged, dir },
    fetch: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    async push(audience, detail) {
      const data = { type: 'tiny:happened', detail };
      const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/tiny', data });
      return (await channel.append(`push.${audience}`, [event], { expect: 'any' })).position;
    },
    async close() {
      await gateway.close();
      await registry.close();
      await artifacts?.close();
      await channel.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
