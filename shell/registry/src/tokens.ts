import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, Forbidden, Invalid, NotFound, Unauthenticated } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';

/** A deploy token as staff see it; the token itself is shown once, when it is made. */
export interface DeployToken {
  readonly id: string;
  readonly team: string;
  /** Names of the micro frontends that it may deploy. */
  readonly mfes: readonly string[];
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly by: string;
  /** ISO 8601 UTC; absent while it is good. */
  readonly revokedAt?: string;
}

/** What a new token is for. */
export interface NewToken {
  readonly team: string;
  readonly mfes: readonly string[];
  /** How long it is good, in days. */
  readonly days: number;
  readonly by: string;
}

/** Who may deploy what, as events on `shell.deploy-token.<id>`: the log holds a hash of each token, never the token. */
export interface DeployTokens {
  /** @throws {Invalid} */
  create(wanted: NewToken): Promise<{ readonly token: string; readonly entry: DeployToken }>;
  /** The newest first. */
  list(): Promise<readonly DeployToken[]>;
  /** @throws {NotFound} */
  revoke(id: string, by: string): Promise<void>;
  /**
   * The entry of a token that is good for a micro frontend; without a name, of one that is good at all.
   * @throws {Unauthenticated} it is none, is over, or was revoked
   * @throws {Forbidden} it is for other micro frontends
   */
  verify(token: string, mfe?: string): Promise<DeployToken>;
}

type Created = IntegrationData['shell.deploy-token-created.v1'];

const everything = 'shell.deploy-token.>';
const shape = /^souk_([A-Za-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const maxDays = 366;

/** Opens the tokens of a log. */
export const openTokens = (channel: EventChannel, clock: () => Date): DeployTokens => {
  const entries = new Map<string, DeployToken & { readonly hash: string }>();
  let position = 0;

  const apply = ({ event, position: at }: Recorded) => {
    if (at <= position) return;
    position = at;
    if (event.type === 'shell.deploy-token-created.v1') {
      entries.set((event.data as Created).id, { ...(event.data as Created), createdAt: event.time });
    } else if (event.type === 'shell.deploy-token-revoked.v1') {
      const { id } = event.data as IntegrationData['shell.deploy-token-revoked.v1'];
      const entry = entries.get(id);
      if (entry) entries.set(id, { ...entry, revokedAt: entry.revokedAt ?? event.time });
    }
  };
  /** Another process may have made or revoked one a moment ago. */
  const readOn = async () => {
    for await (const recorded of channel.read(everything, { from: position + 1 })) apply(recorded);
  };
  const append = (id: string, type: string, data: object) =>
    channel.append(subjects.deployToken(id), [cloudEvent({ type, source: '/shell', data, time: clock() })], {
      expect: 'any',
    });
  const publicEntry = (entry: DeployToken & { readonly hash: string }): DeployToken => {
    const { hash: _, ...rest } = entry;
    return rest;
  };

  return {
    async create({ team, mfes, days, by }) {
      if (!/^[a-z][a-z0-9-]{0,60}$/.test(team))
        throw new Invalid('no-team', 'team: lower-case letters, digits and dashes');
      const known = mfes.length > 0 && mfes.length <= 50 && mfes.every((mfe) => /^[a-z][a-z0-9]{0,31}$/.test(mfe));
      if (!known) throw new Invalid('no-mfe', 'mfes: the names of one or more micro frontends');
      if (!Number.isInteger(days) || days < 1 || days > maxDays) {
        throw new Invalid('no-days', `days: a whole number from 1 to ${maxDays}`);
      }
      const id = randomBytes(9).toString('base64').replaceAll(/[+/]/g, 'x');
      const token = `souk_${id}_${randomBytes(32).toString('base64url')}`;
      const expiresAt = new Date(clock().getTime() + days * 86_400_000).toISOString();
      await append(id, 'shell.deploy-token-created.v1', { id, team, mfes, hash: hashOf(token), expiresAt, by });
      await readOn();
      return { token, entry: { id, team, mfes, createdAt: clock().toISOString(), expiresAt, by } };
    },
    async list() {
      await readOn();
      return [...entries.values()].toReversed().map(publicEntry);
    },
    async revoke(id, by) {
      await readOn();
      if (!entries.has(id)) throw new NotFound('no-such-token', 'there is no deploy token with this id');
      if (entries.get(id)?.revokedAt === undefined) await append(id, 'shell.deploy-token-revoked.v1', { id, by });
      await readOn();
    },
    async verify(token, mfe) {
      await readOn();
      const entry = entries.get(shape.exec(token)?.[1] ?? '');
      if (!entry || !timingSafeEqual(Buffer.from(entry.hash), Buffer.from(hashOf(token)))) {
        throw new Unauthenticated('unknown-token', 'this deploy token is not known here; ask the staff for one');
      }
      if (entry.revokedAt !== undefined) throw new Unauthenticated('token-revoked', 'this deploy token was revoked');
      if (entry.expiresAt <= clock().toISOString()) {
        throw new Unauthenticated('token-expired', `this deploy token was good until ${entry.expiresAt}`);
      }
      if (mfe !== undefined && !entry.mfes.includes(mfe)) {
        const own = entry.mfes.join(', ');
        throw new Forbidden('not-your-mfe', `the token of ${entry.team} deploys ${own}, and not ${mfe}`);
      }
      return publicEntry(entry);
    },
  };
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
