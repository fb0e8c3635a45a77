import { emit, relay, ShellPushReset } from '@souk/shared-events/browser';
import { createArrival } from './arrival.ts';
import { createFaults } from './faults.ts';
import { startLocale } from './locale.ts';
import { createMainView } from './main-view.ts';
import { createModules } from './modules.ts';
import { startOverrides } from './overrides.ts';
import { readPageData } from './page-data.ts';
import { startPush } from './push.ts';
import { watchDeployment } from './renewal.ts';
import { startReports } from './reports.ts';
import { loadHandlers } from './requests.ts';
import { startRouter } from './router.ts';
import { fillSlots } from './slots.ts';

const { deployment, frontends, push, overrides, session, locale } = readPageData();
if (locale) startLocale(locale);
const main = document.querySelector<HTMLElement>('main')!;
const reports = deployment === undefined ? undefined : startReports({ deployment, frontends });
const renewal = deployment === undefined ? undefined : watchDeployment({ deployment });
const tools = {
  modules: createModules(),
  faults: createFaults(frontends.map(({ name }) => name)),
  ...(reports && { loaded: reports.loaded }),
};

// Main content first. Nothing here waits: each micro frontend arrives, or fails, alone.
startRouter({
  ...{ frontends, view: createMainView(main, tools), arrival: createArrival(main) },
  ...(renewal && { renewal }),
});
fillSlots(frontends, tools);
loadHandlers(frontends, tools);
if (push) {
  startPush({
    ...push,
    deliver: relay,
    reset: () => emit(window, new ShellPushReset({})),
    // Signed out or in elsewhere: what this page shows is not for who is there now.
    ended: () => location.reload(),
  });
}

if (overrides) void startOverrides(overrides);

if (document.querySelector('form[data-passkey]')) {
  void import('./passkeys.ts').then(({ startPasskeys }) => startPasskeys(document));
}

// For those who may look behind the page; nothing of it is loaded before it is asked for.
if (overrides) {
  const isStaff = session.roles.includes('staff');
  let inspector: Promise<{ toggle(): void }> | undefined;
  window.addEventListener('keydown', (event) => {
    if (!event.altKey || event.code !== 'KeyE') return;
    event.preventDefault();
    inspector ??= import('./inspector/inspector.ts').then(({ createInspector }) =>
      createInspector({ frontends, isStaff }),
    );
    void inspector.then((view) => view.toggle());
  });
}
