/** The version of the cart that a new session gets at its page, and its cookie. */
export async function newSession(url: string): Promise<{ readonly cookie: string; readonly version: string }> {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { cookie, version: versionIn(await answer.text()) };
}

/** The version that a session gets at its next page. */
export async function versionFor(url: string, cookie: string): Promise<string> {
  const answer = await fetch(url, { headers: { accept: 'text/html', cookie } });
  return versionIn(await answer.text());
}

/** Waits until a new session gets this version. @returns milliseconds that took */
export async function untilLive(url: string, version: string, patienceMs = 30_000): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < patienceMs) {
    if ((await newSession(url)).version === version) return performance.now() - begun;
  }
  throw new Error(`no session has got ${version} within ${patienceMs} ms`);
}

const versionIn = (html: string): string => /"\/assets\/cart\/([^/]+)\//.exec(html)?.[1] ?? 'none';
