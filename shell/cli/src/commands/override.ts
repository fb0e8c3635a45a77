import { shopOptions, type Command } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import { needName } from '../rollout/deployment.ts';
import { findShop } from '../shop/find-shop.ts';

/** What a dev server says of the micro frontend it serves. */
interface DevManifest {
  readonly name: string;
  /** Module name → path on the dev server. */
  readonly entries: Readonly<Record<string, string>>;
}

/** `souk override NAME ADDRESS` */
export const overrideCommand: Command = {
  name: 'override',
  summary: 'Points one micro frontend at your own dev server, in your own browser: prints the link to open',
  positionals: ['NAME', 'ADDRESS'],
  options: {
    ...shopOptions,
    path: { type: 'string', value: 'PATH', summary: 'the page to open (default: /)' },
  },
  notes: [
    'Start the dev server in the folder of the micro frontend, "npx vite --port 5174", and name it: http://localhost:5174.',
    'The link asks before it does anything. A badge in the page says what is overridden, and switches it off.',
    'It works for staff, or in a browser on the machine that the shop runs on, and for servers on your own machine only.',
  ],
  async run({ options, positionals, env, output }) {
    const [name = '', address = ''] = positionals;
    needName(name);
    const dev = URL.parse(address);
    if (!dev || !/^https?:$/.test(dev.protocol)) {
      throw new WrongUse(`souk override: "${address}" is no address; use one such as http://localhost:5174`);
    }
    const url = await findShop(options['url'], env);
    const { entries } = await devManifest(dev.origin, name);
    const overrides = Object.fromEntries(
      Object.entries(entries).map(([entry, path]) => [`@souk/mfe-${name}/${entry}`, new URL(path, dev.origin).href]),
    );
    const page = new URL(typeof options['path'] === 'string' ? options['path'] : '/', url);
    page.hash = `souk-override=${encodeURIComponent(JSON.stringify(overrides))}`;
    output.result(
      () => `open this in your browser, and say yes:\n\n  ${page.href}`,
      () => ({ url: page.href, overrides }),
    );
    return 0;
  },
};

async function devManifest(origin: string, name: string): Promise<DevManifest> {
  let answer: DevManifest | undefined;
  try {
    const response = await fetch(`${origin}/@souk/manifest.json`, { signal: AbortSignal.timeout(5_000) });
    answer = (await response.json().catch(() => undefined)) as DevManifest | undefined;
  } catch (cause) {
    throw new CommandFailed(`no dev server answers at ${origin}; start it in the folder of ${name}: npx vite`, {
      cause,
    });
  }
  if (typeof answer?.name !== 'string' || typeof answer.entries !== 'object') {
    throw new CommandFailed(
      `${origin} answers, but it serves no micro frontend; start "npx vite" in the folder of ${name}`,
    );
  }
  if (answer.name !== name) throw new CommandFailed(`${origin} serves ${answer.name}, not ${name}`);
  return answer;
}
