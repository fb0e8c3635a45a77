import { ApiError } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import type { Registry } from '../registry.ts';

/** Who was refused at which micro frontend. */
export interface Refused {
  readonly name: string;
  readonly version?: string | undefined;
  readonly by: string;
}

/** Refusals of people whom nobody knows that are kept in the log, per minute: the rest would only fill it. */
const maxUnknownPerMinute = 60;

/** Keeps refusals as events. Never fails: a refusal that cannot be kept is still a refusal. */
export const createAudit = (registry: Pick<Registry, 'refuse'>, log: Logger) => {
  let minute = 0;
  let count = 0;

  return async (error: unknown, { name, version, by }: Refused): Promise<void> => {
    if (!(error instanceof ApiError) || !/^[a-z][a-z0-9]{0,31}$/.test(name)) return;
    log.warn({ mfe: name, version, by, code: error.code }, 'refused at the registry');
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, count] = [now, 0];
    if (by === 'unknown' && ++count > maxUnknownPerMinute) return;
    const problems = problemsOf(error);
    const told = version !== undefined && version.length <= 100 ? { version } : {};
    await registry
      .refuse({ name, by, code: error.code, problems, ...told })
      .catch((err: unknown) => log.error({ err, mfe: name }, 'a refusal could not be kept'));
  };
};

const problemsOf = ({ message, details }: ApiError): readonly string[] => {
  const problems = details?.['problems'];
  const told = Array.isArray(problems)
    ? problems.map((problem: string | { message?: string }) =>
        typeof problem === 'string' ? problem : problem.message,
      )
    : [];
  const texts = told.filter((text) => text !== undefined);
  return (texts.length > 0 ? texts : [message]).slice(0, 20).map((text) => text.slice(0, 500));
};
