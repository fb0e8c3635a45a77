import { CommandFailed, WrongUse } from '../errors.ts';

/** Time that a shop may take to say that it is alive, in milliseconds. */
const patienceMs = 3_000;

/** Where a shop is looked for. */
export interface Address {
  readonly url: string;
  /** Whether somebody asked for just this shop, rather than for the one that is usually here. */
  readonly given: boolean;
}

/**
 * The address that the option or the environment names.
 * @throws {WrongUse} it is none
 */
export function addressOf(
  option: string | boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Address {
  const given = typeof option === 'string';
  const text = given ? option : `http://localhost:${env['PORT'] ?? 3000}`;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return { url: url.origin, given };
  const what = given ? `--url: "${text}" is no address` : `PORT: "${env['PORT']}" is no port`;
  throw new WrongUse(`${what}; use ${given ? 'one such as http://localhost:3000' : 'a number from 1 to 65535'}`);
}

/**
 * Whether a shop answers at an address; `false` when nothing listens there.
 * @throws {CommandFailed} something else answers
 */
export async function answers({ url }: Address): Promise<boolean> {
  let body: unknown;
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(patienceMs) });
    body = await response.json().catch(() => undefined);
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      throw new CommandFailed(`${url} takes connections, but has not answered within ${patienceMs / 1000} s`);
    }
    return false;
  }
  if ((body as { status?: unknown } | null | undefined)?.status === 'alive') return true;
  throw new CommandFailed(`${url} answers, but it is no souk; give the address of the shop with --url`);
}

/**
 * The address of a shop that answers.
 * @throws {WrongUse} {@link CommandFailed}
 */
export async function findShop(
  option: string | boolean | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const address = addressOf(option, env);
  if (await answers(address)) return address.url;
  throw new CommandFailed(
    `no shop answers at ${address.url}; start one with "npm start", or give its address with --url`,
  );
}
