import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Command } from './command.ts';

/** How a command ended for its caller. */
export type Outcome = 'succeeded' | 'failed' | 'accepted' | 'gone' | 'repeated' | 'no-handler' | 'too-many' | 'refused';

/** What is counted about commands. */
export interface CommandMetrics {
  observe(command: string, outcome: Outcome, seconds: number): void;
  late(command: string): void;
}

export function commandMetrics(
  registry: Registry,
  commands: readonly Command[],
  waiting: (command: string) => number,
): CommandMetrics {
  const registers = [registry];
  const duration = new Histogram({
    name: 'souk_command_duration_seconds',
    help: 'Time from a command to what its caller was told',
    labelNames: ['command', 'outcome'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const lateAnswers = new Counter({
    name: 'souk_command_late_answers_total',
    help: 'Answers that nobody waited for any more',
    labelNames: ['command'] as const,
    registers,
  });
  const waitingNow = new Gauge({
    name: 'souk_commands_waiting',
    help: 'Callers that wait for the answer to a command',
    labelNames: ['command'] as const,
    registers,
    collect() {
      for (const { name } of commands) waitingNow.set({ command: name }, waiting(name));
    },
  });
  return {
    observe: (command, outcome, seconds) => duration.observe({ command, outcome }, seconds),
    late: (command) => lateAnswers.inc({ command }),
  };
}
