import { CommandFailed } from '../errors.ts';
import type { StaffRequest } from '../shop/as-staff.ts';

/** What the registry says of one micro frontend. */
export interface Deployment {
  readonly name: string;
  readonly stable?: string;
  readonly canary?: { readonly version: string; readonly percent: number };
}

/**
 * Has the registry do something to one micro frontend.
 * @throws {CommandFailed} it says no
 */
export async function change(
  request: StaffRequest,
  name: string,
  act: 'canary' | 'promote' | 'rollback' | 'block',
  json: Readonly<Record<string, unknown>>,
): Promise<Deployment> {
  needName(name);
  return (await (await request(`/registry/mfe/${name}/${act}`, { json })).json()) as Deployment;
}

/** Where a micro frontend stands, in a line. */
export function describe({ name, stable, canary }: Deployment): string {
  const trial = canary ? `, ${canary.version} for ${canary.percent} % of the sessions` : '';
  return `${name}  ${stable ?? 'nothing'} is live${trial}`;
}

/** @throws {CommandFailed} it is no name of a micro frontend */
export function needName(name: string): void {
  if (/^[a-z][a-z0-9]{0,31}$/.test(name)) return;
  throw new CommandFailed(`"${name}" is no name of a micro frontend; "souk status" lists them`);
}
