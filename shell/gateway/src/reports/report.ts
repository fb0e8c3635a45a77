import { Invalid } from '@souk/service-kit';

/** In which part of its life a micro frontend failed on a page. */
export type FailureCode = (typeof failureCodes)[number];
export const failureCodes = ['load', 'mount', 'handler', 'no-answer'] as const;

/** How one micro frontend did on one page since the page last told. */
export interface MfeReport {
  readonly name: string;
  readonly version: string;
  /** Time from asking for its first module until an element of it stood, in milliseconds. */
  readonly loadedMs?: number;
  readonly failed?: FailureCode;
  /** Browser events of its own that were seen. */
  readonly events?: number;
}

/** What a page tells: nothing of the person, nothing of what stands on it. */
export interface PageReport {
  /** Id of the set of versions that the page was made of. */
  readonly deployment: string;
  readonly mfes: readonly MfeReport[];
}

/** A report is never larger, in bytes. */
export const maxReportBytes = 8 * 1024;

/** Reads what a page sent; more than is known is left out. @throws {Invalid} */
export const readReport = (text: string): PageReport => {
  const { deployment, mfes } = (parse(text) ?? {}) as Partial<Record<keyof PageReport, unknown>>;
  if (typeof deployment !== 'string' || !/^[0-9a-f]{12}$/.test(deployment)) throw notAReport('deployment');
  if (!Array.isArray(mfes) || mfes.length > 64) throw notAReport('mfes');
  return { deployment, mfes: mfes.map(readOne) };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw notAReport('body');
  }
};

const readOne = (value: unknown): MfeReport => {
  const { name, version, loadedMs, failed, events } = (value ?? {}) as Partial<Record<keyof MfeReport, unknown>>;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9]{0,31}$/.test(name)) throw notAReport('mfes.name');
  if (typeof version !== 'string' || !/^[0-9][0-9A-Za-z.-]{0,99}$/.test(version)) throw notAReport('mfes.version');
  if (loadedMs !== undefined && !isWhole(loadedMs, 600_000)) throw notAReport('mfes.loadedMs');
  if (events !== undefined && !isWhole(events, 100_000)) throw notAReport('mfes.events');
  if (failed !== undefined && !isFailure(failed)) throw notAReport('mfes.failed');
  return {
    ...{ name, version },
    ...(loadedMs === undefined ? {} : { loadedMs }),
    ...(failed === undefined ? {} : { failed }),
    ...(events === undefined ? {} : { events }),
  };
};

const isWhole = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

const isFailure = (value: unknown): value is FailureCode => (failureCodes as readonly unknown[]).includes(value);

const notAReport = (part: string): Invalid => new Invalid('not-a-report', `this is no report of a page: see ${part}`);
