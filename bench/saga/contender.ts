import type { Round } from './round.ts';

/** What the bench tells a contender's process, and what it hears. */
export type Ask = { readonly sagas: 'for'; readonly callers: number; readonly ms: number } | { readonly sagas: 'end' };
export type Told = { readonly ready: true } | { readonly round: Round };

/**
 * The process of one contender: as many callers as asked for begin a saga and wait for its end, again and again.
 * @param run begins the saga of this id, and resolves when its end is durable
 */
export function contend(run: (id: string) => Promise<unknown>, close: () => Promise<unknown>): void {
  const prefix = `${Date.now().toString(36)}-${process.pid}`;
  let number = 0;
  process.on('message', (ask: Ask) => {
    if (ask.sagas === 'end') void close().then(() => process.exit(0));
    else void load(ask.callers, ask.ms).then((round) => tell({ round }));
  });
  tell({ ready: true });

  async function load(callers: number, ms: number): Promise<Round> {
    const times: number[] = [];
    const begun = performance.now();
    const cpu = process.cpuUsage();
    const caller = async () => {
      while (performance.now() - begun < ms) {
        const before = performance.now();
        await run(`${prefix}-${++number}`);
        times.push(performance.now() - before);
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    const lasted = performance.now() - begun;
    const { user, system } = process.cpuUsage(cpu);
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
    return {
      perSecond: (times.length * 1000) / lasted,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      cpuMs: (user + system) / 1000 / times.length,
    };
  }
}

function tell(told: Told): void {
  process.send?.(told);
}
