/** The three steps that each contender runs, one after the other. */
export const steps = ['flight', 'room', 'payment'] as const;

/** The work of a step, the same everywhere: what it answers, and nothing else. */
export function work(step: string, id: string): Readonly<Record<string, string>> {
  return { [step]: `${step} of ${id}` };
}
