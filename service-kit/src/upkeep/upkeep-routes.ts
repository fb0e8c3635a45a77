import type { EventChannel } from '@souk/event-channel';
import type { Follower } from '../follower.ts';
import type { Logger } from '../logger.ts';
import { answerForPast } from '../past/ask-for-past.ts';
import type { Projection } from '../projection.ts';
import type { Reactor } from '../reactor.ts';
import type { SoukApp } from '../souk-app.ts';
import { openDeadLetterLog } from './dead-letter-log.ts';
import { addDeadLetterRoutes } from './dead-letter-routes.ts';
import { addProjectionRoutes } from './projection-routes.ts';

export interface UpkeepOptions {
  readonly name: string;
  readonly log: Logger;
  readonly followers?: readonly Follower[];
  readonly projections: readonly Projection[];
  /** Without it nothing can be noted, and dead letters have no routes; and nobody can ask for the past. */
  readonly channel?: EventChannel;
  readonly clock?: () => Date;
}

/** Routes for the staff who keep a backend going, for as much as there is of what they look after. */
export function addUpkeepRoutes(app: SoukApp, options: UpkeepOptions): void {
  const { name, log, followers = [], projections, channel, clock = () => new Date() } = options;
  const reactors = partsOf(followers).filter((one): one is Reactor => 'deadLetters' in one);
  if (projections.length > 0) addProjectionRoutes(app, name, projections);
  if (channel === undefined) return;
  const pasts = projections.flatMap(({ past }) => (past?.tables.some(isOwn) ? [past] : []));
  if (pasts.length > 0) {
    const answering = answerForPast(name, pasts, channel);
    app.addHook('onClose', () => answering.close());
  }
  if (reactors.length === 0) return;
  const letters = openDeadLetterLog({ name, channel, reactors, log, clock });
  app.addHook('onClose', () => letters.close());
  addDeadLetterRoutes(app, name, letters);
}

/** The projections among followers and what these are made of. */
export function projectionsOf(followers: readonly Follower[]): Projection[] {
  return partsOf(followers).filter((one): one is Projection => 'rebuild' in one);
}

/** Not the kit's own: bookkeeping is nobody's read model. */
function isOwn(table: string): boolean {
  return !table.startsWith('souk_');
}

function partsOf(followers: readonly Follower[]): Follower[] {
  return followers.flatMap((one) => one.parts ?? [one]);
}
