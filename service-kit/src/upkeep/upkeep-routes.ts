import type { SoukApp } from '../souk-app.ts';
import type { Follower } from '../follower.ts';
import type { Projection } from '../projection.ts';
import { addProjectionRoutes } from './projection-routes.ts';

export interface UpkeepOptions {
  readonly name: string;
  readonly followers?: readonly Follower[];
}

/** Routes for the staff who keep a backend going, for as much as there is of what they look after. */
export function addUpkeepRoutes(app: SoukApp, { name, followers = [] }: UpkeepOptions): void {
  const parts = followers.flatMap((one) => one.parts ?? [one]);
  const projections = parts.filter((one): one is Projection => 'rebuild' in one);
  if (projections.length > 0) addProjectionRoutes(app, name, projections);
}
