/**
 * Runs something that many ask for at once, one at a time: who asks while it runs shares the run after it, so that
 * nobody gets an answer that was begun before the question.
 */
export const sharing = <Result>(run: () => Promise<Result>): (() => Promise<Result>) => {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Result> | undefined;
  return () => {
    next ??= running.then(() => {
      next = undefined;
      const result = run();
      running = result.catch(() => undefined);
      return result;
    });
    return next;
  };
};
