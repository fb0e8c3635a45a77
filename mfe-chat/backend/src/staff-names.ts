import type { EventChannel, Position } from '@souk/event-channel';
import { cloudEvent, type KeyStore, type Personal, type Session, type StaffMember } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';

/** Who is at the desk by name, and who of them just now. */
export interface StaffNames {
  /**
   * Somebody of the staff is active. Their name is put on record the first time, and when it has changed.
   * @returns where that is recorded, when it is new
   */
  seen(member: StaffMember): Promise<Position | undefined>;
  /** Was active within the last `awayAfterMs`, as far as this process knows. */
  isPresent(staffId: string): boolean;
}

/** Milliseconds of silence after which a member counts as away. */
const defaultAwayAfterMs = 180_000;

type Named = IntegrationData['chat.staff-named.v1'];

/** Keeps the names of the staff: sealed with a key of each, so that who leaves can be erased like anybody else. */
export function staffNames({ channel, keys, clock, awayAfterMs = defaultAwayAfterMs }: StaffNamesOptions): StaffNames {
  const recorded = new Map<string, string>();
  const lastSeenMs = new Map<string, number>();

  async function record({ staffId, name }: StaffMember): Promise<Position | undefined> {
    const subject = subjects.staffMember(staffId);
    let known: string | undefined;
    for await (const { event } of channel.read(subject)) {
      known = keys.open((event.data as Named).name as Personal<string>);
    }
    if (known === name) return undefined;
    const data: Named = { staffId, name: keys.seal(staffId, name) };
    const named = cloudEvent({ type: 'chat.staff-named.v1', source: '/chat', data, time: clock().toISOString() });
    return (await channel.append(subject, [named], { expect: 'any' })).position;
  }

  return {
    async seen(member) {
      lastSeenMs.set(member.staffId, clock().getTime());
      if (recorded.get(member.staffId) === member.name) return undefined;
      const position = await record(member);
      recorded.set(member.staffId, member.name);
      return position;
    },
    isPresent: (staffId) => clock().getTime() - (lastSeenMs.get(staffId) ?? Number.NEGATIVE_INFINITY) < awayAfterMs,
  };
}

/** Who of the staff a session is. One from before there were names is a member without a name of their own. */
export function memberOfStaff({ member, shopperId }: Session): StaffMember {
  return member ?? { staffId: `st_${shopperId}`, name: 'Staff' };
}

/** What the names stand on. */
export interface StaffNamesOptions {
  readonly channel: EventChannel;
  readonly keys: KeyStore;
  readonly clock: () => Date;
  /** @default 180_000 */
  readonly awayAfterMs?: number | undefined;
}
