import { Invalid } from '@souk/service-kit';
import type { DeploymentCommand } from '../domain/rollout.ts';

type Act = 'canary' | 'promote' | 'rollback' | 'block';

/**
 * The command that a body means.
 * @throws {Invalid}
 */
export const commandIn = (
  act: Act,
  body: unknown,
  by: string,
): Exclude<DeploymentCommand, { readonly kind: 'publish' }> => {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string, most = 100): string | undefined => {
    const value = given[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '' && value.length <= most) return value;
    throw new Invalid('invalid', `${name}: a text of up to ${most} characters`);
  };
  const version = text('version');
  const reason = text('reason', 1000) ?? 'no reason given';
  switch (act) {
    case 'canary': {
      const { percent } = given;
      if (!Number.isInteger(percent)) throw new Invalid('invalid', 'percent: a whole number from 0 to 100');
      return { kind: 'canary', percent: inRange(percent as number), by, ...(version !== undefined && { version }) };
    }
    case 'promote':
      return { kind: 'promote', by, ...(version !== undefined && { version }) };
    case 'rollback': {
      const to = text('to');
      return { kind: 'roll-back', by, reason, force: given['force'] === true, ...(to !== undefined && { to }) };
    }
    case 'block':
      if (version === undefined) throw new Invalid('invalid', 'version: the version to block');
      return { kind: 'block', version, by, reason };
    default:
      return act satisfies never;
  }
};

/**
 * The share of the sessions in `?canary=`; 100 when there is none.
 * @throws {Invalid}
 */
export const percentIn = (text: string | undefined): number => {
  if (text === undefined) return 100;
  if (!/^\d{1,3}$/.test(text)) throw new Invalid('invalid', 'canary: a whole number of percent, from 0 to 100');
  return inRange(Number(text));
};

const inRange = (percent: number): number => {
  if (percent >= 0 && percent <= 100) return percent;
  throw new Invalid('invalid', 'percent: a whole number from 0 to 100');
};
