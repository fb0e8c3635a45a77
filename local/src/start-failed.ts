/** The shop cannot start. The message is one line that says what is wrong and what to do. */
export class StartFailed extends Error {
  readonly code = 'start-failed';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartFailed';
  }
}

/** Where the start was tried. */
interface Place {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly channel: string;
}

/** Says in one line what a person can do about an error at the start. */
export const explainStart = (error: unknown, { port, host, dataDir, channel }: Place): StartFailed => {
  const code = (error as { code?: unknown } | null)?.code;
  const options = { cause: error };
  switch (code) {
    case 'EADDRINUSE':
      return new StartFailed(
        `PORT: ${port} is taken on ${host}; stop the program that listens there, or choose another port: PORT=${port + 1} npm start`,
        options,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartFailed(
        `no permission to use port ${port} or to write into "${dataDir}"; choose a port above 1023 (PORT) or a folder of yours (DATA_DIR)`,
        options,
      );
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new StartFailed(`HOST: "${host}" is not an address of this machine; use localhost or 0.0.0.0`, options);
    case 'log-in-use':
      return new StartFailed(
        `DATA_DIR: "${dataDir}" is in use by another running shop; stop that one, or choose another folder: DATA_DIR=.data2 npm start`,
        options,
      );
    case 'log-damaged':
      return new StartFailed(`DATA_DIR: ${(error as Error).message}: npm run souk -- restore FOLDER`, options);
    case 'log-unavailable':
    case 'artifacts-unavailable':
    case 'unsuitable-server': {
      const { message } = error as Error;
      const hint = 'start or change that server, or leave CHANNEL out for a log in DATA_DIR';
      if (channel.startsWith('nats:')) return new StartFailed(`CHANNEL: ${message}; ${hint}`, options);
      return new StartFailed(message, options);
    }
    default:
      return new StartFailed(error instanceof Error ? error.message : String(error), options);
  }
};
