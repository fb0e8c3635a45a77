/** Where a command speaks: its result on standard output, everything on the way on standard error. */
export interface Output {
  /** The result: for people, or as JSON when that was asked for. */
  result(text: () => string, json: () => unknown): void;
  /** A line on the way. */
  note(text: string): void;
  /** The line that says how far it is: rewritten in place on a terminal, a line now and then elsewhere. */
  progress(text: () => string): void;
  /** Ends the line of `progress`. */
  endProgress(): void;
}

/** Time between two lines of progress, in milliseconds. */
const intervalMs = { terminal: 100, elsewhere: 1000 };

/** @param options.json whether the result is JSON */
export function createOutput({ json }: { readonly json: boolean }): Output {
  const { stdout, stderr } = process;
  let shownAt: number | undefined;
  let pending = false;
  const output: Output = {
    result(text, toJson) {
      output.endProgress();
      stdout.write(`${json ? JSON.stringify(toJson(), null, 2) : text()}\n`);
    },
    note(text) {
      output.endProgress();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      const now = performance.now();
      shownAt ??= now;
      if (now - shownAt < (stderr.isTTY ? intervalMs.terminal : intervalMs.elsewhere)) return;
      shownAt = now;
      pending = stderr.isTTY;
      stderr.write(stderr.isTTY ? `\r\u001b[K${text()}` : `${text()}\n`);
    },
    endProgress() {
      if (pending) stderr.write('\r\u001b[K');
      pending = false;
    },
  };
  return output;
}
