import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDeployment, evolveDeployment, liveVersions, noDeployment } from './rollout.ts';
import type { DeploymentCommand, DeploymentFact, MfeDeployment } from './rollout.ts';

const time = '2026-11-23T12:00:00.000Z';
const by = 'team-cart';
const artifact = (version: string) => version.replaceAll('.', '').padEnd(64, '0');
const evolve = (state: MfeDeployment, facts: readonly DeploymentFact[]) =>
  facts.reduce((before, fact) => evolveDeployment(before, { ...fact, time }), state);
const act = (state: MfeDeployment, ...commands: readonly DeploymentCommand[]) =>
  commands.reduce((before, command) => evolve(before, decideDeployment(command, before)), state);
const publish = (version: string): DeploymentCommand => ({ kind: 'publish', version, artifact: artifact(version), by });
const promote = (version?: string): DeploymentCommand => ({ kind: 'promote', by, ...(version && { version }) });
const canary = (version: string, percent: number): DeploymentCommand => ({ kind: 'canary', version, percent, by });
const rollBack: DeploymentCommand = { kind: 'roll-back', by, reason: 'test' };
const block = (version: string): DeploymentCommand => ({ kind: 'block', version, by, reason: 'test' });

const none = noDeployment('cart');
const two = act(none, publish('1.0.0'), promote('1.0.0'), publish('2.0.0'), promote('2.0.0'), publish('3.0.0'));

it('a published version is nobody’s until it is promoted or in a canary', () => {
  expect(liveVersions(act(none, publish('1.0.0')))).toEqual([]);
  expect(two).toMatchObject({ stable: '2.0.0', previous: ['1.0.0'] });
  expect(liveVersions(act(two, canary('3.0.0', 10)))).toEqual(['2.0.0', '3.0.0']);
});

it('a promotion ends the canary', () => {
  expect(act(two, canary('3.0.0', 10), promote())).toMatchObject({ stable: '3.0.0', previous: ['2.0.0', '1.0.0'] });
  expect(act(two, canary('3.0.0', 10), promote())).not.toHaveProperty('canary');
});

it('a rollback leads away from the canary, then from the stable version to the one before it', () => {
  const rolled = act(two, canary('3.0.0', 10), rollBack);
  expect(rolled).toEqual(two);
  expect(act(rolled, rollBack)).toMatchObject({ stable: '1.0.0', previous: [] });
});

it('a blocked version leaves every session and never comes back', () => {
  const blocked = act(two, block('2.0.0'));
  expect(blocked).toMatchObject({ stable: '1.0.0', blocked: ['2.0.0'] });
  for (const command of [promote('2.0.0'), canary('2.0.0', 1), publish('2.0.0')]) {
    expect(() => decideDeployment(command, blocked)).toThrow('is blocked');
  }
  expect(act(none, publish('1.0.0'), promote('1.0.0'), block('1.0.0')).stable).toBeUndefined();
});

it('what is so already is not said twice', () => {
  const running = act(two, canary('3.0.0', 10), block('1.0.0'));
  for (const command of [publish('3.0.0'), canary('3.0.0', 10), block('1.0.0')]) {
    expect(decideDeployment(command, running)).toEqual([]);
  }
  expect(decideDeployment(promote('2.0.0'), two)).toEqual([]);
});

it.each([
  [
    'other content under a version',
    { ...publish('1.0.0'), artifact: artifact('9') } as DeploymentCommand,
    'version-taken',
  ],
  ['a canary that nobody published', canary('9.0.0', 10), 'no-such-version'],
  ['a canary of what is stable', canary('2.0.0', 10), 'already-stable'],
  ['a promotion without a canary', promote(), 'no-canary'],
  ['a block of what nobody published', block('9.0.0'), 'no-such-version'],
  ['a rollback to what nobody published', { ...rollBack, to: '9.0.0' } as DeploymentCommand, 'no-such-version'],
])('%s is refused', (_what, command, code) => {
  expect(() => decideDeployment(command, two)).toThrow(expect.objectContaining({ code }) as Error);
});

it('there is no way back from the first version', () => {
  const first = act(none, publish('1.0.0'), promote('1.0.0'));
  expect(() => decideDeployment(rollBack, first)).toThrow('has no version before it');
});

it('an event from before there were promotions makes its version the stable one', () => {
  const data = { name: 'cart', version: '0.1.0' };
  const old = evolve(none, [{ type: 'shell.mfe-published.v1', data }]);
  expect(old).toMatchObject({ stable: '0.1.0', versions: { '0.1.0': { by: 'local' } } });
});

describe('whatever is commanded', () => {
  const version = fc.constantFrom('1.0.0', '2.0.0', '3.0.0');
  const command = fc.oneof(
    version.map(publish),
    version.map(promote),
    fc.tuple(version, fc.integer({ min: 0, max: 100 })).map(([name, percent]) => canary(name, percent)),
    fc.constant(rollBack),
    version.map(block),
    fc.constant(promote()),
  );

  it('only published versions that are not blocked are live, and stable and canary differ', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let state = none;
        for (const next of commands) {
          try {
            state = act(state, next);
          } catch {
            continue; // refused: nothing changes
          }
          for (const live of liveVersions(state)) {
            expect(state.versions).toHaveProperty([live]);
            expect(state.blocked).not.toContain(live);
          }
          expect(liveVersions(state)).toHaveLength([state.stable, state.canary].filter(Boolean).length);
          expect(state.previous).not.toContain(state.stable);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
