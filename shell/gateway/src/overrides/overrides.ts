import type { IncomingMessage } from 'node:http';
import { Invalid } from '@souk/service-kit';
import { isStaff } from '../session/visitors.ts';
import type { Visitor } from '../session/visitors.ts';

/** Modules that come from a developer's own server: `@souk/mfe-cart/mini` → its address there. */
export type Overrides = Readonly<Record<string, string>>;

const moduleName = /^@souk\/mfe-([a-z][a-z0-9]*)\/[a-z][a-z0-9-]*$/;
const mostModules = 32;
const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads what a browser wants to override. Only servers on the developer's own machine: whatever else somebody could be
 * led to, no code from elsewhere gets into a page of the shop.
 * @throws {Invalid}
 */
export const readOverrides = (value: unknown): Overrides => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('overrides must be an object');
  const entries = Object.entries(value);
  if (entries.length > mostModules) throw invalid(`no more than ${mostModules} modules can be overridden`);
  return Object.fromEntries(
    entries.map(([module, address]) => {
      if (!moduleName.test(module)) throw invalid(`"${module.slice(0, 80)}" is no module of a micro frontend`);
      const url = typeof address === 'string' && address.length <= 300 ? URL.parse(address) : null;
      if (!url || !/^https?:$/.test(url.protocol) || !ownMachine.has(url.hostname) || url.username || url.password) {
        throw invalid(`${module} can only come from a server on this very machine, http://localhost:<port>/…`);
      }
      return [module, url.href];
    }),
  );
};

/** Names of the micro frontends of which a module is overridden. */
export const overriddenIn = (overrides: Overrides): ReadonlySet<string> =>
  new Set(Object.keys(overrides).flatMap((module) => moduleName.exec(module)?.[1] ?? []));

/** Where overridden modules come from. */
export const originsOf = (overrides: Overrides): readonly string[] => [
  ...new Set(Object.values(overrides).map((url) => new URL(url).origin)),
];

/** Whether this visitor may override anything: staff, or whoever sits at the machine that the shop runs on. */
export const mayOverride = (req: IncomingMessage, visitor: Visitor): boolean => isStaff(visitor) || isOwnMachine(req);

/**
 * Asked for by a name of this machine, from this machine. The name counts too: a foreign name that leads here is how
 * other pages get at a server at home; and behind a proxy every connection comes from this machine.
 */
const isOwnMachine = ({ headers, socket }: IncomingMessage): boolean =>
  ownMachine.has(URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');

const invalid = (detail: string): Invalid => new Invalid('invalid-override', detail);
