/** The allowed imports of docs/architecture.md; each rule is proven by a planted violation in scripts/import-rules.int.test.ts. */
const test = '[.](unit|int|browser)[.]test[.]ts$|/test/|/testing/';
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'mfe-never-imports-mfe',
      'Micro frontends meet only in events.',
      { path: '^mfe-([^/]+)/' },
      { path: '^mfe-([^/]+)/', pathNot: '^mfe-$1/' },
    ),
    forbid(
      'shell-knows-mfes-only-by-manifest',
      'The shell must not know its micro frontends.',
      { path: '^shell/' },
      { path: '^mfe-' },
    ),
    forbid(
      'cli-knows-the-files-not-the-shop',
      'A shop that runs is reached by HTTP; its files are looked at where they lie.',
      { path: '^shell/cli/', pathNot: test },
      { path: '^(local|event-channel|service-kit)/', pathNot: '^local/src/backup/' },
    ),
    forbid(
      'page-never-reaches-server',
      'The page runs in a browser.',
      { path: '^shell/page/' },
      {
        path: '^(event-channel|service-kit|local|shell/(gateway|registry|query|cli))/|^shared-events/src/integration/',
      },
    ),
    forbid(
      'element-never-reaches-server',
      'Elements run in a browser.',
      { path: '^mfe-[^/]+/(element|playground)/' },
      {
        path: '^mfe-[^/]+/backend/|^(event-channel|service-kit|shell/(page|gateway|registry|query|cli)|local)/|^shared-events/src/integration/',
      },
    ),
    forbid(
      'ops-reaches-nobody-of-the-shell',
      'The pages of the staff run in a browser, and are a micro frontend like any other.',
      { path: '^shell/ops/' },
      {
        path: '^(event-channel|service-kit|shell/(page|gateway|registry|query|cli)|local)/|^shared-events/src/integration/',
      },
    ),
    forbid(
      'nobody-reaches-ops',
      'The shell knows its own pages only by their manifest, too.',
      { pathNot: '^shell/ops/' },
      { path: '^shell/ops/' },
    ),
    forbid(
      'backend-never-reaches-browser',
      'Backends run on a server.',
      { path: '^(mfe-[^/]+/backend|shell/(gateway|registry|query|cli)|service-kit|local|split)/', pathNot: test },
      { path: '^mfe-[^/]+/element/|^shell/page/|^shared-events/src/browser/' },
    ),
    forbid(
      'api-is-a-leaf',
      'A wire contract depends on nothing of ours.',
      { path: '^mfe-[^/]+/api/' },
      { pathNot: '^mfe-[^/]+/api/|node_modules' },
    ),
    forbid(
      'contracts-are-leaves',
      'The contract and the pipe know nobody.',
      { path: '^(shared-events|event-channel)/src/' },
      { path: '^(shared-events|event-channel|service-kit|shell|mfe-|local|split|e2e|bench)', pathNot: '^$1/' },
    ),
    forbid(
      'kit-has-no-shop-word',
      'What every backend shares knows no shop.',
      { path: '^service-kit/' },
      { path: '^(shared-events|shell|mfe-|local|split|e2e|bench)' },
    ),
    forbid(
      'domain-is-pure',
      'Decisions are functions of their arguments.',
      { path: '^mfe-[^/]+/backend/src/domain/', pathNot: test },
      { pathNot: '^mfe-[^/]+/backend/src/domain/|^shared-events/src/integration/' },
    ),
    forbid(
      'adapters-only-in-main',
      'Everybody else knows the port alone.',
      { path: '^(mfe-[^/]+/backend|service-kit|shell)/', pathNot: `(/main[.]ts$|${test})` },
      { path: '^event-channel/src/(memory|sqlite|nats)/' },
    ),
    forbid(
      'adapter-never-imports-adapter',
      'Adapters share only the log beneath them.',
      { path: '^event-channel/src/(memory|sqlite|nats)/', pathNot: test },
      { path: '^event-channel/src/(memory|sqlite|nats)/', pathNot: '^event-channel/src/$1/' },
    ),
    forbid(
      'e2e-is-black-box',
      'Journeys see the shop as a browser does.',
      { path: '^e2e/', pathNot: '^e2e/prove/(channel/|checkout|deploy/expired-token)' },
      { path: '^(mfe-|event-channel|service-kit|shell|local|split)' },
    ),
    forbid(
      'proof-of-the-channel-knows-no-shop',
      'It works on the channel and a projection, with no shop around them.',
      { path: '^e2e/prove/channel/' },
      { path: '^(mfe-|shell|local)' },
    ),
    forbid(
      'proof-of-the-checkout-sees-domains-and-the-whole-shop',
      'A simulation runs the decisions themselves, and a kill needs a shop to kill; nothing in between.',
      { path: '^e2e/prove/checkout' },
      {
        path: '^(mfe-|event-channel|service-kit|shell|local)',
        pathNot:
          '^mfe-[^/]+/backend/src/(domain/|index[.]ts$)|^service-kit/src/(testing/)?index[.]ts$|^local/src/(index|backends)[.]ts$',
      },
    ),
    forbid(
      'nobody-imports-tests',
      'Tests look at the product, not the other way round.',
      { path: '^(shared-events|event-channel|service-kit|mfe-|shell|local)', pathNot: test },
      { path: '^(e2e|bench)/' },
    ),
    forbid('no-circular', 'A circle has no order to read in.', {}, { circular: true }),
    forbid(
      'not-to-unresolvable',
      'An import that nobody declared.',
      { pathNot: '^mfe-[^/]+/element/test/' },
      { couldNotResolve: true },
    ),
    forbid(
      'element-tests-load-their-own-build',
      'The import map gives a built module its name; a test may load the one that it tests.',
      { path: '^mfe-([^/]+)/element/test/' },
      { couldNotResolve: true, pathNot: '^@souk/mfe-$1/' },
    ),
    forbid(
      'element-takes-only-types-of-its-api',
      'A schema in a bundle is weight that no browser needs.',
      { path: '^mfe-[^/]+/element/src/', pathNot: test },
      { path: '^mfe-[^/]+/api/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|generated|test/fixture|test-results|new-mfe/template)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.svelte', '.vue', '.d.ts'],
    },
  },
};
