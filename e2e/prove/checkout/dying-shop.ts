/**
 * A shop in a process made to be killed: it ends itself by SIGKILL right before or right after the append of an event of
 * a type by the cart's or the catalogue's backend. `DIE_AT` is `type:before` or `type:after`, or empty for a shop that lives.
 * With `CONFIRM_WITHIN_MS` banks ask their card holders to confirm, within so many milliseconds.
 */
import { createLogger } from '../../../service-kit/src/index.ts';
import { shopBackends } from '../../../local/src/backends.ts';
import type { BackendPlan } from '../../../local/src/backends.ts';
import { startShop } from '../../../local/src/index.ts';
import { createCartBackend } from '../../../mfe-cart/backend/src/index.ts';
import { askingPayments } from './asking-bank.ts';

const [type = '', when = ''] = (process.env.DIE_AT ?? '').split(':');
const port = Number(process.env.PORT);
const dataDir = process.env.DATA_DIR ?? '';
const confirmWithinMs = Number(process.env.CONFIRM_WITHIN_MS);
type Channel = Parameters<BackendPlan['create']>[0]['channel'];

type FollowUpDecision = Parameters<NonNullable<Channel['followUp']>>[1];

const isHere = (events: readonly { readonly type: string }[] = []) => events.some((event) => event.type === type);
const die = () => process.kill(process.pid, 'SIGKILL');

const dying = (channel: Channel): Channel => ({
  ...channel,
  capabilities: channel.capabilities,
  async append(subject, events, options) {
    if (isHere(events) && when === 'before') die();
    const appended = await channel.append(subject, events, options);
    if (isHere(events) && when === 'after') die();
    return appended;
  },
  // What follows from an event is in the transaction of that event: this dies in the middle of it, or right behind it.
  ...(channel.followUp && {
    followUp: (filter: string, decide: FollowUpDecision) => channel.followUp!(filter, dyingWith(decide)),
  }),
});

function dyingWith(decide: FollowUpDecision): FollowUpDecision {
  return (recorded) => {
    const followUp = decide(recorded);
    if (!followUp || !isHere(followUp.events)) return followUp;
    if (when === 'before') die();
    const settled: typeof followUp.settled = (outcome) => {
      if (!(outcome instanceof Error)) die();
      followUp.settled(outcome);
    };
    return { ...followUp, settled };
  };
}

const plans = shopBackends.map(({ name, create }): BackendPlan => {
  const asks = name === 'cart' && confirmWithinMs > 0;
  const createIt: BackendPlan['create'] = asks
    ? (options) => createCartBackend({ ...options, provider: askingPayments(dataDir), confirmWithinMs })
    : create;
  return { name, create: (options) => createIt({ ...options, channel: dying(options.channel) }) };
});
process.once('disconnect', () => process.exit(0));
const log = createLogger({ name: 'dying', level: 'silent' });
const shop = await startShop({
  ...{ port, host: 'localhost', dataDir, channel: 'sqlite', log, backends: plans },
  ...{ giveUpPaymentAfterMs: 1500, staffPassword: 'open-sesame' },
});
process.on('SIGTERM', () => void shop.close().then(() => process.exit(0)));
process.send?.('ready');
