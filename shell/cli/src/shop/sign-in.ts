import { CommandFailed } from '../errors.ts';

/** A staff session. */
export interface StaffSession {
  /** Value of the `cookie` header. */
  readonly cookie: string;
  /** Ends the session; does not fail when the shop is gone. */
  signOut(): Promise<void>;
}

/**
 * Signs in as staff, by the form that people use.
 * @throws {CommandFailed} the password is wrong, or it was wrong too often
 */
export async function signIn(
  url: string,
  { password, source }: { readonly password: string; readonly source: string },
): Promise<StaffSession> {
  const post = (path: string, headers: Record<string, string>, body?: URLSearchParams) =>
    fetch(url + path, {
      method: 'POST',
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      ...(body && { body }),
    });
  const response = await post('/sign-in', {}, new URLSearchParams({ name: 'souk command line', password })).catch(
    (cause: unknown) => {
      throw new CommandFailed(`${url} stopped answering while signing in`, { cause });
    },
  );
  await response.body?.cancel();
  if (response.status === 429) {
    throw new CommandFailed(`too many wrong passwords; try again in ${response.headers.get('retry-after')} seconds`);
  }
  // The last one counts: a guest session may be set before it.
  const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0];
  if (response.status !== 303 || cookie === undefined) {
    throw new CommandFailed(`the shop at ${url} does not take the staff password from ${source}`);
  }
  return {
    cookie,
    async signOut() {
      await post('/sign-out', { cookie }).then(
        (answer) => answer.body?.cancel(),
        () => undefined,
      );
    },
  };
}
