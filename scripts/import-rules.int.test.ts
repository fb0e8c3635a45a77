import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sources } from './check.ts';

const root = join(import.meta.dirname, '..');
const configFile = '.dependency-cruiser.cjs';
const config = createRequire(import.meta.url)(join(root, configFile)) as { forbidden: { name: string }[] };

interface Cruise {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string; to: string }[] };
  readonly modules: readonly { source: string; dependencies: readonly { module: string; resolved: string }[] }[];
}

/** Each rule with imports that break it: file, and what the file imports. */
const violations: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  'mfe-never-imports-mfe': [
    ['mfe-cart/element/src/cart.ts', 'mfe-catalog/element/src/home.ts'],
    ['mfe-cart/backend/src/cart.ts', 'mfe-catalog/api/src/index.ts'],
    ['mfe-chat/playground/main.ts', 'mfe-cart/manifest.ts'],
  ],
  'shell-knows-mfes-only-by-manifest': [
    ['shell/gateway/src/gateway.ts', 'mfe-cart/manifest.ts'],
    ['shell/cli/src/main.ts', 'mfe-catalog/api/src/index.ts'],
    ['shell/page/src/main.ts', 'mfe-catalog/element/src/home.ts'],
    ['shell/ops/src/events.ts', 'mfe-cart/api/src/index.ts'],
  ],
  'page-never-reaches-server': [
    ['shell/page/src/main.ts', 'service-kit/src/index.ts'],
    ['shell/page/src/main.ts', 'shell/gateway/src/gateway.ts'],
    ['shell/page/src/main.ts', 'shared-events/src/integration/index.ts'],
  ],
  'element-never-reaches-server': [
    ['mfe-cart/element/src/cart.ts', 'mfe-cart/backend/src/cart.ts'],
    ['mfe-cart/element/src/cart.ts', 'event-channel/src/index.ts'],
    ['mfe-cart/element/src/cart.ts', 'shared-events/src/integration/index.ts'],
    ['mfe-cart/playground/main.ts', 'service-kit/src/index.ts'],
    ['mfe-cart/element/src/cart.ts', 'shell/page/src/main.ts'],
  ],
  'ops-reaches-nobody-of-the-shell': [
    ['shell/ops/src/events.ts', 'shell/query/src/index.ts'],
    ['shell/ops/src/events.ts', 'shell/page/src/main.ts'],
    ['shell/ops/playground/main.ts', 'service-kit/src/index.ts'],
    ['shell/ops/src/events.ts', 'shared-events/src/integration/index.ts'],
  ],
  'nobody-reaches-ops': [
    ['shell/gateway/src/gateway.ts', 'shell/ops/manifest.ts'],
    ['shell/page/src/main.ts', 'shell/ops/src/events.ts'],
    ['local/src/shop.ts', 'shell/ops/manifest.ts'],
  ],
  'backend-never-reaches-browser': [
    ['mfe-cart/backend/src/cart.ts', 'shared-events/src/browser/index.ts'],
    ['mfe-cart/backend/src/cart.ts', 'mfe-cart/element/src/cart.ts'],
    ['shell/gateway/src/gateway.ts', 'shell/page/src/main.ts'],
  ],
  'api-is-a-leaf': [
    ['mfe-cart/api/src/index.ts', 'shared-events/src/integration/index.ts'],
    ['mfe-cart/api/src/index.ts', 'node:fs'],
  ],
  'contracts-are-leaves': [
    ['shared-events/src/browser/index.ts', 'service-kit/src/index.ts'],
    ['event-channel/src/index.ts', 'shared-events/src/integration/index.ts'],
  ],
  'kit-has-no-shop-word': [
    ['service-kit/src/index.ts', 'shared-events/src/integration/index.ts'],
    ['service-kit/src/index.ts', 'mfe-cart/backend/src/cart.ts'],
  ],
  'domain-is-pure': [
    ['mfe-cart/backend/src/domain/order.ts', 'mfe-cart/backend/src/cart.ts'],
    ['mfe-cart/backend/src/domain/order.ts', 'service-kit/src/index.ts'],
    ['mfe-cart/backend/src/domain/order.ts', 'node:crypto'],
  ],
  'adapters-only-in-main': [
    ['mfe-cart/backend/src/cart.ts', 'event-channel/src/sqlite/index.ts'],
    ['service-kit/src/index.ts', 'event-channel/src/memory/index.ts'],
    ['shell/gateway/src/gateway.ts', 'event-channel/src/sqlite/index.ts'],
  ],
  'adapter-never-imports-adapter': [['event-channel/src/sqlite/index.ts', 'event-channel/src/memory/index.ts']],
  'cli-knows-the-files-not-the-shop': [
    ['shell/cli/src/commands/status.ts', 'local/src/shop.ts'],
    ['shell/cli/src/commands/status.ts', 'event-channel/src/index.ts'],
  ],
  'proof-of-the-channel-knows-no-shop': [['e2e/prove/channel/kills.ts', 'local/src/shop.ts']],
  'e2e-is-black-box': [
    ['e2e/browse.spec.ts', 'mfe-cart/element/src/cart.ts'],
    ['e2e/browse.spec.ts', 'local/src/main.ts'],
    ['e2e/prove/walls.ts', 'event-channel/src/index.ts'],
  ],
  'proof-of-the-checkout-sees-domains-and-the-whole-shop': [
    ['e2e/prove/checkout.ts', 'mfe-cart/backend/src/cart-backend.ts'],
    ['e2e/prove/checkout.ts', 'event-channel/src/sqlite/index.ts'],
  ],
  'nobody-imports-tests': [
    ['shell/gateway/src/gateway.ts', 'e2e/support/steps.ts'],
    ['mfe-cart/backend/src/cart.ts', 'bench/main.ts'],
  ],
  'no-circular': [
    ['local/src/one.ts', 'local/src/two.ts'],
    ['local/src/two.ts', 'local/src/one.ts'],
  ],
  'not-to-unresolvable': [
    ['mfe-cart/backend/src/cart.ts', '@souk/nowhere'],
    ['mfe-cart/element/src/cart.ts', '@souk/mfe-catalog/pages'],
  ],
  'element-tests-load-their-own-build': [
    ['mfe-cart/element/test/cart.browser.test.ts', '@souk/mfe-catalog/pages'],
    ['mfe-cart/element/test/cart.browser.test.ts', '@souk/nowhere'],
  ],
  'element-takes-only-types-of-its-api': [['mfe-cart/element/src/cart.ts', 'mfe-cart/api/src/index.ts']],
};

/** What looks alike and is allowed. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['local/src/shop.ts', 'event-channel/src/sqlite/index.ts'],
  ['e2e/prove/channel/kills.ts', 'event-channel/src/sqlite/index.ts'],
  ['shell/cli/src/data/data-folder.ts', 'local/src/backup/index.ts'],
  ['mfe-cart/backend/src/main.ts', 'event-channel/src/sqlite/index.ts'],
  ['mfe-cart/backend/src/cart.int.test.ts', 'event-channel/src/memory/index.ts'],
  ['mfe-cart/backend/src/domain/total.ts', 'shared-events/src/integration/index.ts'],
  ['mfe-cart/backend/src/http.ts', 'mfe-cart/api/src/index.ts'],
  ['mfe-cart/element/src/mini.ts', 'shared-events/src/browser/index.ts'],
  ['shell/page/src/router.ts', 'shared-events/src/browser/index.ts'],
  ['shell/ops/src/events.ts', 'shared-events/src/browser/index.ts'],
  ['shell/ops/manifest.ts', 'shell/vite-plugin/src/manifest.ts'],
  ['mfe-cart/element/test/page.browser.test.ts', '@souk/mfe-cart/pages'],
];

const plants = Object.entries(violations).flatMap(([rule, imports]) =>
  imports.map(([from, to], index) => ({ rule, from: from.replace(/(?=[.])/, `-${rule}-${index}`), to, plain: from })),
);

let planted: Cruise;
beforeAll(() => {
  planted = cruise(plantTree(), ['.']);
}, 60_000);

it('each rule has a planted violation', () => {
  expect(Object.keys(violations).toSorted()).toEqual(config.forbidden.map(({ name }) => name).toSorted());
});

describe('a planted import is caught', () => {
  it.each(plants.filter(({ rule }) => rule !== 'no-circular'))('by $rule: $plain → $to', ({ rule, from }) => {
    expect(rulesBrokenBy(planted, from)).toContain(rule);
  });

  it('by no-circular: a file that imports one that imports it', () => {
    expect(rulesBrokenBy(planted, 'local/src/one.ts')).toEqual(['no-circular']);
  });
});

it.each(allowed)('%s may import %s', (from) => {
  expect(rulesBrokenBy(planted, from)).toEqual([]);
});

describe('the real tree', () => {
  let real: Cruise;
  beforeAll(() => {
    real = cruise(root, sources());
  }, 60_000);

  it('breaks no rule', () => {
    const found = real.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(found).toEqual([]);
  });

  it('is seen by its folders, whichever name a package is imported by', () => {
    const places = new Map(
      real.modules.flatMap(({ dependencies }) => dependencies.map(({ module, resolved }) => [module, resolved])),
    );
    expect(places.get('@souk/service-kit')).toBe('service-kit/src/index.ts');
    expect(places.get('@souk/event-channel/sqlite')).toBe('event-channel/src/sqlite/index.ts');
    expect(places.get('@souk/cart-api')).toBe('mfe-cart/api/src/index.ts');
    expect(places.get('@souk/shared-events/browser')).toBe('shared-events/src/browser/index.ts');
  });
});

/** A tree of stubs with the folder names of this repository, in which only the plants import anything. */
function plantTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-rules-'));
  for (const file of [configFile, 'tsconfig.base.json']) cpSync(join(root, file), join(folder, file));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const isFile = (to: string) => !/^(@|node:)/.test(to);
  const nameOf = (from: string, to: string) => {
    if (!isFile(to)) return to;
    const path = relative(dirname(from), to);
    return path.startsWith('.') ? path : `./${path}`;
  };
  const pairs = [
    ...plants.filter(({ rule }) => rule !== 'no-circular').map(({ from, to }) => [from, to] as const),
    ...allowed,
  ];
  for (const [, to] of pairs) if (isFile(to)) write(to, 'export const stub = 1;\n');
  for (const [from, to] of [...pairs, ...violations['no-circular']!]) {
    write(from, `import { stub } from '${nameOf(from, to)}';\nexport const use = stub;\n`);
  }
  return folder;
}

function cruise(cwd: string, folders: readonly string[]): Cruise {
  const command = join(root, 'node_modules/.bin/depcruise');
  const args = ['--config', configFile, '--output-type', 'json', ...folders];
  const { stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (!stdout.startsWith('{')) throw new Error(stderr || stdout);
  return JSON.parse(stdout) as Cruise;
}

function rulesBrokenBy({ summary }: Cruise, file: string): string[] {
  return summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
}
