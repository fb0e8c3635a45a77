/**
 * A shop in a process made to be killed: it ends itself by SIGKILL right before or right after the append of the n-th event of
 * a type by the cart's or the catalogue's backend. `DIE_AT` is `type:before` or `type:after`, or empty for a shop that lives.
 */
import { createLogger } from '../../../service-kit/src/index.ts';
import { shopBackends } from '../../../local/src/backends.ts';
import type { BackendPlan } from '../../../local/src/backends.ts';
import { startShop } from '../../../local/src/index.ts';

const [type = '', when = ''] = (process.env.DIE_AT ?? '').split(':');
const port = Number(process.env.PORT);
const dataDir = process.env.DATA_DIR ?? '';
type Channel = Parameters<BackendPlan['create']>[0]['channel'];

const dying = (channel: Channel): Channel => ({
  ...channel,
  capabilities: channel.capabilities,
  async append(subject, events, options) {
    const isHere = events.some((event) => event.type === type);
    if (isHere && when === 'before') process.kill(process.pid, 'SIGKILL');
    const appended = await channel.append(subject, events, options);
    if (isHere && when === 'after') process.kill(process.pid, 'SIGKILL');
    return appended;
  },
});

const plans = shopBackends.map((plan): BackendPlan => ({
  name: plan.name,
  create: (options) => plan.create({ ...options, channel: dying(options.channel) }),
}));
process.once('disconnect', () => process.exit(0));
const log = createLogger({ name: 'dying', level: 'silent' });
const shop = await startShop({
  ...{ port, host: 'localhost', dataDir, channel: 'sqlite', log, backends: plans },
  ...{ giveUpPaymentAfterMs: 1500, staffPassword: 'open-sesame' },
});
process.on('SIGTERM', () => void shop.close().then(() => process.exit(0)));
process.send?.('ready');
